import { segments } from "../kit/dom";
import type { AxisMark } from "../wire/view-state";

/** The quantity on the x axis. */
export type AxisKind = "episodes" | "steps" | "time";

/** Converts between episodes and positions on the x axis. */
export interface XAxis {
  at: (episode: number) => number;
  episodeAt: (x: number) => number;
}

const identity: XAxis = { at: e => e, episodeAt: x => x };

/** Steps or seconds by episode, interpolated linearly between the server's marks; episodes if there are no marks. */
export function xAxis(kind: AxisKind, marks: readonly AxisMark[]): XAxis {
  if (kind === "episodes") return identity;
  const known = marks.flatMap(m => {
    const value = kind === "steps" ? m.steps : m.seconds;
    return value === null ? [] : [[m.episode, value] as const];
  });
  if (known.length < 2) return identity;
  return { at: e => interpolate(known, 0, 1, e), episodeAt: x => interpolate(known, 1, 0, x) };
}

/** Up to where a symmetric logarithmic axis is linear: one episode, one step, a thousandth of a second. */
export const linearUpTo = (kind: AxisKind): number => (kind === "time" ? 0.001 : 1);

export type XScale = "linear" | "log";

/** Places on a symmetric logarithmic axis, as uPlot has them: linear up to a number, and logarithmic beyond. */
export const symlog = (linear: number): (value: number) => number => value => Math.asinh(value / linear);

/** The control of the scale of x. */
export function xScale(label: string, choose: (scale: XScale) => void): ReturnType<typeof segments<XScale>> {
  const control = segments<XScale>(label, [["linear", "Linear"], ["log", "Symlog"]], "linear", choose);
  control.element.title = "Symlog is linear up to the first episode, the first step or a millisecond, and logarithmic beyond.";
  return control;
}

function interpolate(points: readonly (readonly [number, number])[], from: 0 | 1, to: 0 | 1, value: number): number {
  let low = 0, high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((points[middle] as readonly [number, number])[from] <= value) low = middle;
    else high = middle;
  }
  const a = points[low] as readonly [number, number], b = points[high] as readonly [number, number];
  return b[from] === a[from] ? a[to] : a[to] + ((b[to] - a[to]) * (value - a[from])) / (b[from] - a[from]);
}
