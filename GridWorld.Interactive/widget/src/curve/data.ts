import type { XAxis } from "./axis";
import { count } from "../kit/format";
import { capital, many } from "../kit/words";
import type { Bucket, Curve, EpisodeRow } from "../wire/view-state";

type Column = (number | null)[];

/**
 * Columns for uPlot: x, then greatest and least, a standard deviation above and below, the mean, and the moving average; null leaves a
 * gap.
 */
export type Columns = [number[], Column, Column, Column, Column, Column, Column];

const finite = (v: number): number | null => (Number.isFinite(v) ? v : null);

/** A bucket is drawn at its middle, so that a coarse curve lies where its episodes are. */
export function columns(points: readonly Bucket[], axis: XAxis, average: Column): Columns {
  return [
    points.map(b => axis.at((b.start + b.end) / 2)),
    points.map(b => finite(b.max)),
    points.map(b => finite(b.min)),
    points.map(b => finite(Math.min(b.max, b.mean + b.std))),
    points.map(b => finite(Math.max(b.min, b.mean - b.std))),
    points.map(b => finite(b.mean)),
    average,
  ];
}

/** The gap between the curve and the optimum, bucket by bucket. */
export function gaps(points: readonly Bucket[], optimum: number): Bucket[] {
  return points.map(b => ({ ...b, min: optimum - b.max, max: optimum - b.min, mean: optimum - b.mean }));
}

export interface Average {
  values: Column;
  /** Episodes; null if there is no average to draw. */
  window: number | null;
  /** Why not, in words. */
  lacks: string;
}

/**
 * The mean of the last episodes at each point: of as many whole points as the window holds. It is not known before they fill the window,
 * neither at the run's beginning nor where the points begin later.
 */
export function movingAverage(points: readonly Bucket[], episodes: number): Average {
  const size = Math.max(1, ...points.map(b => b.count)), length = Math.floor(episodes / size);
  const none = (lacks: string): Average => ({ values: points.map(() => null), window: null, lacks });
  if (episodes === 0 || points.length < 2) return none("");
  if (length < 2) return none(", already an average");
  if (points.length < length) return none(`, too few for a mean of the last ${count(episodes)}`);
  let sum = 0, n = 0, odd = 0;
  const add = (b: Bucket | undefined, sign: 1 | -1): void => {
    if (!b) return;
    if (!Number.isFinite(b.mean)) odd += sign;
    else [sum, n] = [sum + sign * b.mean * b.count, n + sign * b.count];
  };
  const values = points.map((b, i) => {
    add(b, 1);
    if (i >= length) add(points[i - length], -1);
    return odd > 0 || n === 0 || i < length - 1 ? null : sum / n;
  });
  return { values, window: length * size, lacks: "" };
}

/** The residuals of a planner's passes as powers of ten; a pass without any change has none. */
export function residuals(rows: readonly EpisodeRow[], { start, end }: { start: number; end: number }): Bucket[] {
  return rows.filter(r => r.residual !== null && r.residual > 0 && r.episode >= start && r.episode <= end).map(r => {
    const log = Math.log10(r.residual ?? 1);
    return { start: r.episode, end: r.episode, min: log, max: log, mean: log, std: 0, count: 1 };
  });
}

export function nonFinite(points: readonly Bucket[]): number {
  return points.reduce((n, b) => n + (Number.isFinite(b.mean) && Number.isFinite(b.min) && Number.isFinite(b.max) ? 0 : 1), 0);
}

/** How a bucket's value that is not finite is shown: a sign above or below the curve, or NaN. */
export function oddity(b: Bucket): "NaN" | "∞" | "−∞" | null {
  if ([b.min, b.max, b.mean].some(Number.isNaN)) return "NaN";
  if (b.max === Infinity) return "∞";
  return b.min === -Infinity ? "−∞" : null;
}

/** What one point stands for, in words. */
export function resolution(curve: Curve, episode = "episode"): string {
  if (curve.points.length === 0) return "";
  const episodes = Math.max(curve.bucket, ...curve.points.map(b => b.end - b.start + 1));
  return episodes === 1 ? `each point is one ${episode}` : `each point is ${count(episodes)} ${many(episode)}`;
}

/** The bucket under the pointer, in words. */
export function describe(b: Bucket, episode = "episode"): string {
  return b.count === 1 && b.start === b.end ? `${capital(episode)} ${count(b.start)}`
    : `${capital(many(episode))} ${count(b.start)}–${count(b.end)}`;
}
