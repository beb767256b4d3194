import type { ListedRun } from "../wire/sessions";

/** The runs in the chart, in the order in which they were chosen. */
export interface Picks {
  ids: readonly string[];
  /** Runs of another world than the chart's, which wait for one more click. */
  asked: readonly string[];
}

export const nothingPicked: Picks = { ids: [], asked: [] };

const worldOf = (run: ListedRun | undefined): string | undefined => run?.settings?.world_digest;

/** The world of the chart: that of the first run in it. */
export const chartWorld = (picks: Picks, byId: ReadonlyMap<string, ListedRun>): ListedRun | undefined =>
  picks.ids.map(id => byId.get(id)).find(r => r !== undefined);

/** Adds runs. Those of another world than the chart's are asked about first. */
export function add(picks: Picks, runs: readonly ListedRun[], byId: ReadonlyMap<string, ListedRun>): Picks {
  const there = new Set(picks.ids), fresh = runs.filter(r => !there.has(r.run_id) && r.error === null && r.settings !== null);
  const world = worldOf(chartWorld(picks, byId) ?? fresh[0]);
  return { ids: [...picks.ids, ...fresh.filter(r => worldOf(r) === world).map(r => r.run_id)],
    asked: fresh.filter(r => worldOf(r) !== world).map(r => r.run_id) };
}

export function remove(picks: Picks, ids: ReadonlySet<string>): Picks {
  return { ids: picks.ids.filter(id => !ids.has(id)), asked: [] };
}

/** The answer to the question: the other world's runs join the chart, replace it, or stay away. */
export function answer(picks: Picks, choice: "mix" | "replace" | "leave", byId: ReadonlyMap<string, ListedRun>): Picks {
  if (choice === "leave") return { ids: picks.ids, asked: [] };
  if (choice === "mix") return { ids: [...picks.ids, ...picks.asked], asked: [] };
  return add(nothingPicked, picks.asked.flatMap(id => byId.get(id) ?? []), byId);
}

/** Without runs that are gone. */
export function present(picks: Picks, byId: ReadonlyMap<string, ListedRun>): Picks {
  const isThere = (id: string): boolean => byId.has(id);
  return picks.ids.every(isThere) && picks.asked.every(isThere) ? picks
    : { ids: picks.ids.filter(isThere), asked: picks.asked.filter(isThere) };
}

/** The run and the newest other run of its world, to begin with. */
export function first(shown: string, runs: readonly ListedRun[]): Picks {
  const run = runs.find(r => r.run_id === shown);
  if (!run) return nothingPicked;
  const other = runs.find(r => r !== run && worldOf(r) === worldOf(run));
  return { ids: [run, ...(other ? [other] : [])].map(r => r.run_id), asked: [] };
}
