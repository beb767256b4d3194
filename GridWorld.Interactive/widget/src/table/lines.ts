import type { AxisKind } from "../curve/axis";
import { movingAverage } from "../curve/data";
import { toNumber, type WirePoint } from "../wire/protocol";

/** A run's curve on the chart's axis. */
export interface Line {
  x: readonly number[];
  /** NaN leaves a gap. */
  y: readonly number[];
}

export const noLine: Line = { x: [], y: [] };

/** The points of the server's answer. */
export function readPoints(answer: unknown): readonly WirePoint[] {
  const points = (answer as { points?: unknown } | null)?.points;
  return Array.isArray(points) ? points as WirePoint[] : [];
}

/** The curve on an axis, smoothed over a number of episodes; 0 does not smooth. */
export function lineOf(points: readonly WirePoint[], axis: AxisKind, smoothing: number): Line {
  const buckets = points.map(p => ({ start: p.start, end: p.end, min: 0, max: 0, std: 0, count: p.count, mean: toNumber(p.mean) ?? NaN }));
  const average = movingAverage(buckets, smoothing);
  const at = (
    p: WirePoint,
  ): number | null => (axis === "episodes" ? (p.start + p.end) / 2 : axis === "steps" ? p.steps ?? null : toNumber(p.seconds));
  const x: number[] = [], y: number[] = [];
  points.forEach((p, i) => {
    const place = at(p), value = average.window === null ? buckets[i]?.mean : average.values[i];
    if (place === null || !Number.isFinite(place) || (x.at(-1) ?? -Infinity) > place) return;
    x.push(place);
    y.push(typeof value === "number" && Number.isFinite(value) ? value : NaN);
  });
  return { x, y };
}

/** One x axis for all lines: what a line has no value for is left out (undefined), so that its own neighbours are joined. */
export function together(lines: readonly Line[]): { x: number[]; columns: (number | null | undefined)[][] } {
  const x = [...new Set(lines.flatMap(l => l.x))].sort((a, b) => a - b), at = new Map(x.map((v, i) => [v, i]));
  return {
    x,
    columns: lines.map(l => {
      const column = new Array<number | null | undefined>(x.length).fill(undefined);
      l.x.forEach((v, i) => {
        const y = l.y[i] ?? NaN;
        column[at.get(v) ?? 0] = Number.isNaN(y) ? null : y;
      });
      return column;
    }),
  };
}

/** A line's value between its points; null outside. */
export function valueAt({ x, y }: Line, at: number): number | null {
  let low = 0, high = x.length - 1;
  if (high < 0 || at < (x[0] ?? 0) || at > (x[high] ?? 0)) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  const [x0, x1, y0, y1] = [x[low] ?? 0, x[high] ?? 0, y[low] ?? NaN, y[high] ?? NaN];
  const value = x1 === x0 || at === x0 ? y0 : at === x1 ? y1 : y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
  return Number.isFinite(value) ? value : null;
}

export interface Across {
  n: number;
  least: number;
  middle: number;
  greatest: number;
}

/** The values of many lines at one place: the least, the median and the greatest. */
export function across(lines: readonly Line[], at: number): Across | null {
  const values = lines.flatMap(l => valueAt(l, at) ?? []).sort((a, b) => a - b), n = values.length;
  if (n === 0) return null;
  const half = n >> 1, middle = n % 2 === 1 ? values[half] ?? 0 : ((values[half - 1] ?? 0) + (values[half] ?? 0)) / 2;
  return { n, least: values[0] ?? 0, middle, greatest: values[n - 1] ?? 0 };
}

const bandPoints = 120;

/** Many lines as a band from the least to the greatest, with the median, on a grid of their whole range. */
export function bandOf(lines: readonly Line[]): { least: Line; middle: Line; greatest: Line } {
  const ends = lines.flatMap(l => (l.x.length === 0 ? [] : [l.x[0] ?? 0, l.x.at(-1) ?? 0]));
  if (ends.length === 0) return { least: noLine, middle: noLine, greatest: noLine };
  const from = ends.reduce((a, b) => Math.min(a, b)), to = ends.reduce((a, b) => Math.max(a, b));
  const x = Array.from({ length: bandPoints }, (_, i) => from + ((to - from) * i) / (bandPoints - 1));
  const all = x.map(at => across(lines, at)),
    of = (key: "least" | "middle" | "greatest"): Line => ({ x, y: all.map(a => a?.[key] ?? NaN) });
  return { least: of("least"), middle: of("middle"), greatest: of("greatest") };
}

export interface Limits {
  min: number;
  max: number;
  /** How many points lie outside, and the farthest of them. */
  clipped: number;
  lowest: number | null;
  highest: number | null;
}

/**
 * The y range. A robust one leaves out points that lie farther from the middle 90 % than that is wide, if they are few: the first
 * episodes of an untrained agent would press all others flat.
 */
export function limitsOf(columns: readonly (readonly (number | null | undefined)[])[], isRobust: boolean, isSymlog = false): Limits {
  const values = columns.flat().filter((v): v is number => typeof v === "number" && Number.isFinite(v)).sort((a, b) => a - b),
    n = values.length;
  if (n === 0) return { min: 0, max: 1, clipped: 0, lowest: null, highest: null };
  const least = values[0] ?? 0, greatest = values[n - 1] ?? 0, at = (share: number): number => values[Math.round(share * (n - 1))] ?? 0;
  const low = at(0.05), high = at(0.95), width = high - low;
  const inside = values.filter(v => v >= low - width && v <= high + width);
  const from = isRobust && width > 0 ? inside[0] ?? least : least, to = isRobust && width > 0 ? inside.at(-1) ?? greatest : greatest;
  // On a symmetric logarithmic axis the margin is as wide as it looks.
  const [place, back] = isSymlog ? [Math.asinh, Math.sinh] : [(v: number) => v, (v: number) => v];
  const margin = to > from ? (place(to) - place(from)) * 0.05 : Math.max(1, Math.abs(place(from))) * 0.05;
  return { min: back(place(from) - margin), max: back(place(to) + margin), clipped: values.filter(v => v < from || v > to).length,
    lowest: least < from ? least : null, highest: greatest > to ? greatest : null };
}
