import type { Api } from "./api";
import { createNewer } from "./latest";
import { toNumber, type RunState, type WireRun, type WireRuns, type WireRunSettings } from "./protocol";

const refresh = 5000;

/** A run of the server's list. One whose file cannot be read has an error in place of its numbers. */
export interface ListedRun {
  run_id: string;
  name: string;
  state: RunState;
  episodes: number;
  target_episodes: number | null;
  steps: number;
  mean_return_last_100: number | null;
  greedy_value: number | null;
  optimal_value: number | null;
  /** In ms since 1970, with decimals. */
  created: number;
  settings: WireRunSettings | null;
  /** As text, because it can exceed JavaScript's integers. */
  seed: string | null;
  starred: boolean;
  note: string | null;
  error: string | null;
  can_resume: boolean;
  can_continue: boolean;
  can_delete: boolean;
  /** Whether a recording of it is played. */
  replay: boolean;
  /** The newest run with this name, if that is another run. */
  newer_run_id: string | null;
}

/** Everything that the server's answers have told so far. */
export interface RunBook {
  version: number | null;
  canControl: boolean;
  settings: ReadonlyMap<number, WireRunSettings>;
  byId: ReadonlyMap<string, ListedRun>;
  /** Newest first. */
  runs: readonly ListedRun[];
}

export const emptyBook: RunBook = { version: null, canControl: false, settings: new Map(), byId: new Map(), runs: [] };

/** The book after an answer; the same book if the answer changes nothing or is not an answer. */
export function readRuns(book: RunBook, answer: unknown): RunBook {
  const told = answer as Partial<WireRuns> | null;
  if (!told || typeof told.version !== "number" || !Array.isArray(told.runs)) return book;
  const { version, is_whole: isWhole = true, can_control: canControl = false, settings: fresh = [], runs: rows, gone = [] } = told;
  if (!isWhole && rows.length === 0 && gone.length === 0) return book.version === version ? book : { ...book, version };
  const settings = new Map(isWhole ? [] : book.settings);
  for (const s of fresh) settings.set(s.place, s);
  const byId = new Map(isWhole ? [] : book.byId);
  for (const id of gone) byId.delete(id);
  for (const row of rows) byId.set(row[0], toRun(row, settings));
  const runs = [...byId.values()].sort((a, b) => b.created - a.created || (a.run_id < b.run_id ? 1 : -1)),
    newest = new Map<string, string>();
  for (const run of runs) {
    if (run.error !== null) continue;
    const first = newest.get(run.name);
    if (first === undefined) newest.set(run.name, run.run_id);
    run.newer_run_id = first ?? null;
  }
  return { version, canControl, settings, byId, runs };
}

function toRun(row: WireRun, settings: ReadonlyMap<number, WireRunSettings>): ListedRun {
  const [id, name, state, episodes, target, steps, mean, greedy, optimal, created, place, can, starred, seed, note, error] = row;
  return {
    run_id: id,
    name: name === "" ? id : name,
    state,
    episodes,
    target_episodes: target,
    steps,
    mean_return_last_100: toNumber(mean),
    greedy_value: toNumber(greedy),
    optimal_value: toNumber(optimal),
    created: toNumber(created) ?? 0,
    settings: settings.get(place) ?? null,
    seed,
    starred,
    note,
    error,
    can_resume: (can & 1) > 0,
    can_continue: (can & 2) > 0,
    can_delete: (can & 4) > 0,
    replay: (can & 8) > 0,
    newer_run_id: null,
  };
}

/** All runs of the server, asked for now and then while someone looks; after the first answer only what has changed. */
export interface Sessions {
  /** Those that can be read, newest first. The same list as before unless something has changed. */
  runs: () => readonly ListedRun[];
  /** Those whose files cannot. */
  damaged: () => readonly ListedRun[];
  /** Whether the server has answered at all. */
  known: () => boolean;
  /** Whether this link may star, note and delete runs. */
  canControl: () => boolean;
  /** To be called while drawing: asks again when `wait` ms have passed. */
  look: (now: number, wait?: number) => void;
  /** Asks again at once. */
  refresh: () => void;
}

export function createSessions(api: Api, redraw: () => void): Sessions {
  let book = emptyBook;
  let good: readonly ListedRun[] = [], damaged: readonly ListedRun[] = [];
  let asked = 0;
  const newer = createNewer();
  const look = (now: number, wait = refresh): void => {
    if (now - asked < wait) return;
    asked = now;
    const isNewer = newer();
    api.get("api/runs", { after: book.version }).then(answer => {
      if (!isNewer()) return;
      const next = readRuns(book, answer), changed = next.runs !== book.runs, isFirst = book.version === null;
      book = next;
      if (!changed && !isFirst) return;
      good = book.runs.filter(r => r.error === null);
      damaged = book.runs.filter(r => r.error !== null);
      redraw();
    }, () => undefined);
  };
  return { runs: () => good, damaged: () => damaged, known: () => book.version !== null, canControl: () => book.canControl, look,
    refresh: () => look(Date.now(), 0) };
}
