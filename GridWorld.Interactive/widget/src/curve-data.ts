import { count, plural } from "./format";
import type { Bucket, Curve } from "./view-state";

type Column = (number | null)[];

/** Columns for uPlot: x, then greatest and least, a standard deviation above and below, and the mean; null leaves a gap. */
export type Columns = [number[], Column, Column, Column, Column, Column];

const finite = (v: number): number | null => (Number.isFinite(v) ? v : null);

/** A bucket is drawn at its middle, so that a coarse curve lies where its episodes are. */
export function columns(points: readonly Bucket[]): Columns {
  return [
    points.map(b => (b.start + b.end) / 2),
    points.map(b => finite(b.max)),
    points.map(b => finite(b.min)),
    points.map(b => finite(Math.min(b.max, b.mean + b.std))),
    points.map(b => finite(Math.max(b.min, b.mean - b.std))),
    points.map(b => finite(b.mean)),
  ];
}

export function nonFinite(points: readonly Bucket[]): number {
  return points.reduce((n, b) => n + (Number.isFinite(b.mean) && Number.isFinite(b.min) && Number.isFinite(b.max) ? 0 : 1), 0);
}

/** What one point stands for, in words. */
export function resolution(curve: Curve): string {
  if (curve.points.length === 0) return "";
  const episodes = Math.max(curve.bucket, ...curve.points.map(b => b.end - b.start + 1));
  return episodes === 1 ? "each point is one episode" : `each point is ${plural(episodes, "episode")}`;
}

export interface Range {
  min: number;
  max: number;
  /** Buckets whose least return lies below the picture. */
  below: number;
}

/**
 * The y range: every mean and the optimum in full. A few extreme single episodes (an untrained agent's first ones)
 * would press everything else flat, so of the lowest minima 3 % may lie below the picture, and the page says so.
 */
export function yRange(points: readonly Bucket[], optimum: number | null): Range {
  const means = points.map(b => b.mean).filter(Number.isFinite);
  const minima = points.map(b => b.min).filter(Number.isFinite).sort((a, b) => a - b);
  const maxima = points.map(b => b.max).filter(Number.isFinite);
  const least = (values: number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
  const greatest = (values: number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
  const truth = optimum === null || !Number.isFinite(optimum) || means.length === 0 ? [] : [optimum];
  let max = greatest([...maxima, ...means, ...truth]);
  const floor = least([...means, ...truth]);
  if (!Number.isFinite(max) || !Number.isFinite(floor)) return { min: 0, max: 1, below: 0 };
  const lowest = minima[0] ?? floor;
  const common = minima[Math.floor(minima.length * 0.03)] ?? lowest;
  const inner = max - Math.min(floor, common);
  let min = max - lowest > 1.3 * inner ? Math.min(floor, common) : Math.min(floor, lowest);
  const below = minima.filter(v => v < min).length;
  const margin = (max - min || Math.abs(max) || 1) * 0.04;
  min -= margin;
  max += margin;
  return { min, max, below };
}

/** The bucket under the pointer, in words. */
export function describe(b: Bucket): string {
  return b.count === 1 && b.start === b.end ? `Episode ${count(b.start)}` : `Episodes ${count(b.start)}–${count(b.end)}`;
}
