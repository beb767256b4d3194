import { niceStep } from "./ticks";
import type { Bucket } from "../wire/view-state";

/** The y axis: the settled part of the curve or all of it, and whether its scale is symmetric logarithmic. */
export interface YAxis {
  extent: "settled" | "all";
  symlog: boolean;
}

export interface Range {
  min: number;
  max: number;
  /** The least and the greatest value outside the picture, null if there is none: of points, or where all points are shown of episodes. */
  lowest: number | null;
  highest: number | null;
  /** Points whose mean lies outside. */
  outside: number;
}

const nothing: Range = { min: 0, max: 1, lowest: null, highest: null, outside: 0 };

/** How the settled part is chosen, for the reader of the page. */
export const settledWords = "The settled part is the later half of the points shown, without the 5% farthest out on either side, and the "
  + "optimum. The range adds as much again on either side, or a tenth of the spread of all points if that is more, as far as there "
  + "is something to show. It leaves out at most a tenth of all points on either side. Arrows at the rim mark the points outside.";

/** The y range. A symmetric logarithmic scale has room for all points. */
export function rangeOf(points: readonly Bucket[], optimum: number | null, { extent, symlog }: YAxis): Range {
  if (symlog) return symlogRange(points, optimum);
  return extent === "all" ? wholeRange(points, optimum) : settledRange(points, optimum);
}

const isDrawn = (b: Bucket): boolean => Number.isFinite(b.mean);
const std = (b: Bucket): number => (Number.isFinite(b.std) ? b.std : 0);
/** The ends of a point's ± std band: within what was seen. */
const below = (b: Bucket): number => Math.max(b.mean - std(b), Number.isFinite(b.min) ? b.min : b.mean);
const above = (b: Bucket): number => Math.min(b.mean + std(b), Number.isFinite(b.max) ? b.max : b.mean);
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
/** An axis to the greatest doubles has no height that is a number. */
const limited = (value: number): number => Math.max(-1e300, Math.min(1e300, value));

/** Fewer points than this are all settled: half of them would be too few to tell. */
const fewest = 8;

/**
 * The range of the settled part: of the later half of the points (all if there are fewer than eight), the means without the 5% farthest out
 * on either side, and the optimum. The first, untrained episodes lie far away in most runs and would press the rest into a flat line; those
 * of the later half show what the agent has learned. On either side the range adds its own height, or a tenth of the spread of all means if
 * that is more (a curve that settles on one value would have no height), but not beyond the means and their ± std. At most a tenth of all
 * means lies outside on either side: a slow climb is not an outlier. Its ends are rounded to steps of about a twentieth, so that the axis
 * stands still while the last points change.
 */
export function settledRange(points: readonly Bucket[], optimum: number | null): Range {
  const drawn = points.filter(isDrawn), means = drawn.map(b => b.mean);
  if (drawn.length === 0) return nothing;
  const settled = drawn.slice(drawn.length < fewest ? 0 : drawn.length >> 1), sorted = settled.map(b => b.mean).sort((a, b) => a - b);
  const all = [...means].sort((a, b) => a - b), tenth = Math.floor(all.length * 0.1);
  const few = Math.floor(sorted.length * 0.05), ends = [sorted[few] ?? 0, sorted[sorted.length - 1 - few] ?? 0];
  if (optimum !== null && Number.isFinite(optimum)) ends.push(optimum);
  const low = limited(least(ends)), high = limited(greatest(ends)), lowest = all[0] ?? 0, highest = all.at(-1) ?? 0;
  const room = Math.max(high - low, (highest - lowest) * 0.1);
  const min = Math.min(reach(low, least([low, lowest, ...settled.map(below)]), room), limited(all[tenth] ?? 0)),
    max = Math.max(reach(high, greatest([high, highest, ...settled.map(above)]), room), limited(all[all.length - 1 - tenth] ?? 0));
  const margin = heightOf(min, max) * 0.03, step = niceStep((max - min + 2 * margin) / 20);
  const from = Math.floor((min - margin) / step) * step, to = Math.ceil((max + margin) / step) * step;
  return { min: from, max: to, lowest: lowest < from ? lowest : null, highest: highest > to ? highest : null,
    outside: means.filter(v => v < from || v > to).length };
}

/** The height of a range; for one value, or a difference within its last digits, the value's own size. */
function heightOf(min: number, max: number): number {
  const size = Math.max(Math.abs(min), Math.abs(max));
  return max - min > 1e-9 * size && max - min > 1e-300 ? max - min : size > 1e-300 ? size : 1;
}

/** From `end` to `farthest`, or no farther than the room; a small remainder is not left out. */
const reach = (end: number, farthest: number, room: number): number =>
  limited(Math.abs(farthest - end) <= 1.25 * room ? farthest : end + Math.sign(farthest - end) * room);

/**
 * The range of all points: every mean, nearly every deviation, and the optimum, in full. Single extreme episodes (an untrained agent's
 * first ones; the worst of a million) would press all that flat, so the min–max band gets as much room again on either side,
 * and where it goes further, the page says how far.
 */
export function wholeRange(points: readonly Bucket[], optimum: number | null): Range {
  const drawn = points.filter(isDrawn), means = drawn.map(b => b.mean);
  if (drawn.length === 0) return nothing;
  const lows = drawn.map(below).sort((a, b) => a - b), highs = drawn.map(above).sort((a, b) => b - a);
  const few = Math.floor(drawn.length * 0.05);
  const lowest = least(drawn.map(b => (Number.isFinite(b.min) ? b.min : b.mean))),
    highest = greatest(drawn.map(b => (Number.isFinite(b.max) ? b.max : b.mean)));
  const ends = optimum !== null && Number.isFinite(optimum) ? [...means, optimum] : means;
  const low = least([lows[few] ?? 0, ...ends]), high = greatest([highs[few] ?? 0, ...ends]), room = high - low;
  const min = limited(Math.max(Math.min(low, lowest), low - room)), max = limited(Math.min(Math.max(high, highest), high + room));
  const margin = heightOf(min, max) * 0.04;
  return { min: min - margin, max: max + margin, lowest: lowest < min ? lowest : null, highest: highest > max ? highest : null,
    outside: 0 };
}

/** All means and the optimum, with a margin as wide as it looks on the scale. */
function symlogRange(points: readonly Bucket[], optimum: number | null): Range {
  const ends = points.filter(isDrawn).map(b => b.mean);
  if (ends.length === 0) return nothing;
  if (optimum !== null && Number.isFinite(optimum)) ends.push(optimum);
  const min = Math.asinh(limited(least(ends))), max = Math.asinh(limited(greatest(ends))), margin = (max - min || 1) * 0.04;
  return { ...nothing, min: Math.sinh(Math.max(min - margin, -700)), max: Math.sinh(Math.min(max + margin, 700)) };
}

/** The range up to whole numbers, which an axis of powers can name. */
export const wholePowers = ({ min, max }: Range): Range => ({ ...nothing, min: Math.floor(min),
  max: Math.max(Math.ceil(max), Math.floor(min) + 1) });

/** The shares of the picture's height that the ± std and the min–max bands take, as medians over the points. */
export function bandShares(points: readonly Bucket[], { min, max }: Range): { deviation: number; extremes: number } {
  const middle = (heights: number[]): number => heights.sort((a, b) => a - b)[heights.length >> 1] ?? 0;
  const drawn = points.filter(isDrawn),
    share = (low: number, high: number): number => Math.max(0, Math.min(high, max) - Math.max(low, min)) / (max - min);
  return { deviation: middle(drawn.map(b => share(below(b), above(b)))), extremes: middle(drawn.map(b => share(b.min, b.max))) };
}
