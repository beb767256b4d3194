import type { Actions } from "../kit/panel";
import type { WireRows } from "../wire/protocol";
import { toEpisode } from "../wire/series";
import type { EpisodeRow } from "../wire/view-state";

/** How long rows stand still before they are looked at closely, in ms: more than the time between two frames. */
const pause = 1200;
const most = 1000;

/**
 * Mean Q and the actions of the rows in sight: training at full speed does not write them down, so they are rerun for rows that someone
 * reads.
 */
export function createSamples(actions: Actions): {
  /** The row with what is known of it. */
  of: (row: EpisodeRow) => EpisodeRow;
  /** Stands for a list and what is known of its rows. */
  source: (list: readonly EpisodeRow[]) => unknown;
  /** To be called with the rows that were drawn. */
  look: (run: string, rows: readonly EpisodeRow[]) => void;
  dispose: () => void;
} {
  let owner = "";
  let known = new Map<number, EpisodeRow>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: { list: readonly EpisodeRow[]; known: Map<number, EpisodeRow> } | null = null;

  async function fetch(run: string, first: number, last: number): Promise<void> {
    try {
      const { rows } = await actions.api.get<WireRows>("api/episodes", { session: run, start: first, count: last - first + 1,
        sampled: "true" });
      if (owner !== run) return;
      known = new Map([...known, ...rows.map(r => [r[0], toEpisode(r)] as const)].slice(-most));
      actions.redraw();
    } catch {
      // The dashes stay: nothing is wrong with the rows.
    }
  }

  return {
    of: row => {
      // A run that was taken back to a checkpoint may have another row of that number since.
      const seen = row.actions === null ? known.get(row.episode) : undefined;
      return seen && Object.is(seen.return, row.return) && seen.length === row.length ? seen : row;
    },
    source: list => {
      if (source?.list !== list || source.known !== known) source = { list, known };
      return source;
    },
    look: (run, rows) => {
      if (run !== owner) {
        owner = run;
        known = new Map();
      }
      clearTimeout(timer);
      const lacking = rows.filter(r => r.actions === null).map(r => r.episode);
      if (lacking.length > 0) timer = setTimeout(() => void fetch(run, Math.min(...lacking), Math.max(...lacking)), pause);
    },
    dispose: () => clearTimeout(timer),
  };
}
