import type { Api } from "../wire/api";
import type { ListedRun } from "../wire/sessions";
import type { WirePoint } from "../wire/protocol";
import { readPoints } from "./lines";

const points = 200, atOnce = 4;

/** The curves of runs, fetched a few at a time and again when a run has gone on. */
export interface Curves {
  /** What is known of a run's curve. */
  of: (id: string) => readonly WirePoint[];
  /** Fetches what is missing for these runs, and forgets the others. */
  want: (runs: readonly ListedRun[]) => void;
  /** Runs whose curve has not arrived yet. */
  missing: () => number;
}

export function createCurves(api: Api, changed: () => void): Curves {
  const known = new Map<string, { stamp: string; points: readonly WirePoint[] }>();
  let wanted = new Map<string, string>();
  const flying = new Set<string>();

  function next(): void {
    for (const [id, stamp] of wanted) {
      if (flying.size >= atOnce) return;
      if (flying.has(id) || known.get(id)?.stamp === stamp) continue;
      flying.add(id);
      void api.get("api/metrics", { session: id, points }).then(readPoints, () => known.get(id)?.points ?? []).then(found => {
        flying.delete(id);
        if (wanted.has(id)) known.set(id, { stamp, points: found });
        changed();
        next();
      });
    }
  }

  return {
    of: id => known.get(id)?.points ?? [],
    want: runs => {
      wanted = new Map(runs.map(r => [r.run_id, `${r.episodes} ${r.state}`]));
      for (const id of known.keys()) if (!wanted.has(id)) known.delete(id);
      next();
    },
    missing: () => [...wanted.keys()].filter(id => !known.has(id)).length,
  };
}
