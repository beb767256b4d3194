import { count, plural } from "../kit/format";
import type { Group } from "./groups";
import type { ListedRun } from "../wire/sessions";

/** The best of the shown runs or groups, or the sentence why none is. */
export interface Best {
  /** The run's id, or the group's key. */
  key: string | null;
  words: string;
}

const isNumber = (v: number | null): v is number => v !== null && Number.isFinite(v);
const isOver = (r: ListedRun): boolean => r.state === "completed" || r.state === "stopped";
const kinds = (values: readonly unknown[]): number => new Set(values).size;

/** Why these runs cannot be ranked; null if they can: same world, same step limit, same number of episodes, all ended. */
export function incomparable(runs: readonly ListedRun[]): string | null {
  if (runs.length < 2) return "there is only one run to compare";
  if (runs.some(r => r.settings === null)) return "the settings of some runs cannot be read";
  const worlds = kinds(runs.map(r => r.settings?.world_digest));
  if (worlds > 1) return `the shown runs train in ${count(worlds)} worlds. Filter by one world`;
  const limits = kinds(runs.map(r => r.settings?.step_limit));
  if (limits > 1) return `the shown runs have ${count(limits)} step limits. Filter by one step limit`;
  const going = runs.filter(r => !isOver(r)).length;
  if (going > 0) return `${plural(going, "shown run has", "shown runs have")} not ended. Filter by state = completed`;
  if (kinds(runs.map(r => r.episodes)) > 1) return "the shown runs have different numbers of episodes. Filter by episodes";
  if (runs.some(r => !isNumber(r.mean_return_last_100))) return "the return of some runs is not a number";
  return null;
}

/** The run with the greatest mean return of its last 100 episodes among all that are shown. */
export function bestRun(shown: readonly ListedRun[]): Best {
  const runs = shown.filter(r => r.error === null), why = incomparable(runs);
  if (why !== null) return { key: null, words: runs.length === 0 ? "" : `No best run: ${why}.` };
  const top = runs.reduce((m, r) => Math.max(m, r.mean_return_last_100 ?? -Infinity), -Infinity);
  const winners = runs.filter(r => r.mean_return_last_100 === top), winner = winners[0];
  if (winners.length > 1 || !winner) return { key: null, words: `No best run: ${plural(winners.length, "run")} share the highest return.` };
  return { key: winner.run_id, words: `Best of ${plural(runs.length, "run")}: the highest mean return of the last 100 episodes.` };
}

/** The group whose interval of the mean return lies above those of all others. */
export function bestGroup(groups: readonly Group[]): Best {
  const why = incomparable(groups.flatMap(g => g.runs).filter(r => r.error === null));
  if (why !== null) return { key: null, words: `No best group: ${why}.` };
  if (groups.length < 2) return { key: null, words: "No best group: there is only one." };
  const bounds = groups.flatMap(g => {
    const m = g.means.get("return");
    return m?.half === null || m === null || m === undefined ? []
      : [{ key: g.key, low: m.mean - m.half, high: m.mean + m.half, mean: m.mean }];
  });
  if (bounds.length < groups.length) return { key: null, words: "No best group: some groups have only one run, so they have no interval." };
  const first = bounds.reduce((a, b) => (b.mean > a.mean ? b : a));
  return bounds.some(b => b !== first && b.high >= first.low)
    ? { key: null, words: "No best group: the 95 % interval of the highest mean overlaps with another. Train more seeds." }
    : { key: first.key, words: `Best of ${plural(groups.length, "group")}: its 95 % interval of the mean return lies above all others.` };
}
