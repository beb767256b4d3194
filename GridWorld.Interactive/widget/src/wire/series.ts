import { toNumber, type WireEvent, type WireBucket, type WireEpisode, type WireCurve } from "./protocol";
import type { Bucket, Curve, EpisodeRow } from "./view-state";

export const mostPoints = 1000;
export const mostEpisodes = 1000;
export const mostEvents = 1000;

const finite = (v: WireBucket[2]): number => toNumber(v) ?? NaN;

function toBucket(w: WireBucket): Bucket {
  return { start: w[0], end: w[1], min: finite(w[2]), max: finite(w[3]), mean: finite(w[4]), std: finite(w[5]), count: w[6] };
}

/** Items in order of their key; of two with one key the later stands. Keeps the newest `most`. */
export function merge<T>(old: readonly T[], fresh: readonly T[], key: (item: T) => number, most: number): readonly T[] {
  if (fresh.length === 0) return old;
  const sorted = [...fresh].sort((a, b) => key(a) - key(b));
  const result: T[] = [];
  let i = 0;
  for (const item of sorted) {
    while (i < old.length && key(old[i] as T) < key(item)) result.push(old[i++] as T);
    if (i < old.length && key(old[i] as T) === key(item)) i++;
    if (result.length > 0 && key(result[result.length - 1] as T) === key(item)) result.pop();
    result.push(item);
  }
  while (i < old.length) result.push(old[i++] as T);
  return result.length > most ? result.slice(result.length - most) : result;
}

/** Changed buckets are laid over the old ones; what lies before the window, or after the run's end, falls out. */
export function mergeCurve(old: Curve, wire: WireCurve): Curve {
  const fresh = wire.points.map(toBucket);
  const kept = wire.reset || wire.bucket !== old.bucket ? [] : old.points;
  const merged = merge(kept, fresh, b => b.start, mostPoints);
  const points = merged.some(b => b.start < wire.from || b.start > wire.to) ? merged.filter(b => b.start >= wire.from && b.start <= wire.to)
    : merged;
  return { from: wire.from, to: wire.to, bucket: wire.bucket, points };
}

export function toEpisode(r: WireEpisode): EpisodeRow {
  return {
    episode: r[0],
    return: finite(r[1]),
    length: r[2],
    terminated: Boolean(r[3]),
    epsilon: finite(r[4]),
    learningRate: finite(r[5]),
    meanQ: toNumber(r[6]),
    actions: r[7] ?? null,
    residual: toNumber(r[8]),
    policyChanges: toNumber(r[9]),
  };
}

export function mergeEpisodes(old: readonly EpisodeRow[], rows: readonly WireEpisode[]): readonly EpisodeRow[] {
  return merge(old, rows.map(toEpisode), r => r.episode, mostEpisodes);
}

/**
 * The number of the event from which the run is on its present course: it was resumed, perhaps from an earlier checkpoint. 0 for its
 * first.
 */
export function courseOf(events: readonly WireEvent[]): number {
  return events.findLast(e => e.event === "run_resumed")?.seq ?? 0;
}

export function mergeEvents(old: readonly WireEvent[], fresh: readonly WireEvent[], sessionId: string): readonly WireEvent[] {
  return merge(old, fresh.filter(e => e.session_id === sessionId), e => e.seq, mostEvents);
}
