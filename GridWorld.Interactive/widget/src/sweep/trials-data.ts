import type { WireNumber, WireSweepPlot } from "../wire/protocol";
import { brushOf, isInside, type Brush } from "./filter-text";
import { columnOf, scaleOf, type Scale } from "./scale";

/** What the charts of a sweep are drawn from. */
export interface Trials {
  /** Number of trials with an objective; there may be fewer here. */
  total: number;
  numbers: readonly number[];
  /** The axes, the objective last. */
  scales: readonly Scale[];
  columns: readonly (readonly (number | null)[])[];
  objective: readonly (number | null)[];
  /** Per trial whether the filter lets it through. */
  isIn: readonly boolean[];
  /** The places of the trials, the best ones last. Trials of different worlds are ranked within their own. */
  order: readonly number[];
  /** The places of the best trials of each world and learner. */
  best: readonly number[];
}

export const noTrials: Trials = { total: 0, numbers: [], scales: [], columns: [], objective: [], isIn: [], order: [], best: [] };

export function readPlot(plot: WireSweepPlot, higherIsBetter: boolean, best: readonly number[] = []): Trials {
  // The generated type does not know that a trial may lack a setting.
  const columns = (plot.columns as (WireNumber | null)[][]).map(columnOf), objective = columns.at(-1) ?? [];
  const scales = plot.axes.map((axis, i) => scaleOf(axis, columns[i] ?? [], i === plot.axes.length - 1));
  const isIn = plot.trials.map(() => true);
  for (const i of plot.out) isIn[i] = false;
  const worth = (i: number): number => (objective[i] ?? -Infinity) * (higherIsBetter ? 1 : -1);
  const worlds = columns[plot.axes.findIndex(a => a.name === "world" && a.words !== null)], rank = new Map<number, number>();
  for (const world of new Set(worlds ?? [0])) {
    const own = plot.trials.flatMap((_, i) => (!worlds || worlds[i] === world ? [i] : [])).sort((a, b) => worth(a) - worth(b) || 0);
    own.forEach((i, place) => rank.set(i, (place + 1) / own.length));
  }
  const order = plot.trials.map((_, i) => i).sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
  const shown = new Map(plot.trials.map((trial, i) => [trial, i]));
  return { total: plot.total, numbers: plot.trials, scales, columns, objective, isIn, order,
    best: best.flatMap(trial => shown.get(trial) ?? []) };
}

/** Trials as a brush under the hand lets them through, before the server has told it. */
export function brushed(trials: Trials, filter: string): readonly boolean[] {
  const brushes = trials.scales.flatMap((scale, a): [Scale, number, Brush][] => {
    const brush = brushOf(filter, scale.name);
    return brush ? [[scale, a, brush]] : [];
  });
  return trials.numbers.map((_, i) => brushes.every(([scale, a, brush]) => isInside(scale, brush, trials.columns[a]?.[i] ?? null)));
}
