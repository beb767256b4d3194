import { linearUpTo, symlog, type XScale } from "../curve/axis";
import { percent } from "../kit/format";
import { toNumber, type WireStateHistory } from "../wire/protocol";

/** The values of a state after an episode; null where they are not finite. */
export interface Point {
  episode: number;
  q: readonly (number | null)[];
}

/** A change of the greedy actions during an episode; actions are bits. */
export interface Change {
  episode: number;
  before: number;
  after: number;
}

/** The history of a state up to an episode, complete after another; before that one only the values at checkpoints are known. */
export interface History {
  episodes: number;
  after: number;
  points: readonly Point[];
  /** The newest changes, in order. */
  changes: readonly Change[];
  /** Number of all changes after `after`. */
  count: number;
}

const mostPoints = 1200, mostChanges = 1000;

export const historyOf = (wire: WireStateHistory): History => ({
  episodes: wire.episodes,
  after: wire.after,
  points: wire.points.map(({ episode, q }) => ({ episode, q: q.map(v => toNumber(v)).map(v => (Number.isFinite(v) ? v : null)) })),
  changes: wire.changes.map(([episode = 0, before = 0, after = 0]) => ({ episode, before, after })),
  count: wire.change_count,
});

/** Nothing is known yet of the episodes up to one. */
export const unknown = (episodes: number): History => ({ episodes, after: episodes, points: [], changes: [], count: 0 });

/** A history with the part that ends where it begins to be complete. */
export function withEarlier(history: History, part: History): History {
  const atCheckpoints = part.after > 0 ? history.points.filter(p => p.episode <= part.after) : [];
  return {
    episodes: history.episodes,
    after: part.after,
    points: thinned([...atCheckpoints, ...part.points, ...history.points.filter(p => p.episode > history.after)]),
    changes: [...part.changes, ...history.changes].slice(-mostChanges),
    count: part.count + history.count,
  };
}

/** A history with that of the episodes that have ended since, which reaches back at least to its end. */
export function withLater(history: History, later: History): History {
  return {
    episodes: later.episodes,
    after: Math.min(history.after, later.after),
    points: thinned([...history.points.filter(p => p.episode <= later.after), ...later.points]),
    changes: [...history.changes.filter(c => c.episode <= later.after), ...later.changes].slice(-mostChanges),
    count: history.count - history.changes.filter(c => c.episode > later.after).length + later.count,
  };
}

function thinned(points: readonly Point[]): readonly Point[] {
  return points.length <= mostPoints ? points : points.filter((_, i) => i % 2 === 0 || i === points.length - 1);
}

/** Changes that are drawn as one mark, since they are close to each other. */
export interface Mark {
  at: number;
  changes: readonly Change[];
}

/** Marks at least `gap` apart; each stands at its last change. */
export function marksOf(changes: readonly Change[], x: (episode: number) => number, gap: number): Mark[] {
  const result: { at: number; first: number; changes: Change[] }[] = [];
  for (const change of changes) {
    const at = x(change.episode), last = result.at(-1);
    if (last && at - last.first < gap) {
      last.changes.push(change);
      last.at = at;
    } else result.push({ at, first: at, changes: [change] });
  }
  return result;
}

/** Where an episode lies on an axis of length 1. */
export function placeOn(scale: XScale, episodes: number): (episode: number) => number {
  const place = scale === "linear" ? (episode: number) => episode : symlog(linearUpTo("episodes")), end = place(Math.max(1, episodes));
  return episode => place(episode) / end;
}

/** A run that changed early has its changes side by side on a symmetric logarithmic axis only. */
export function bestScale({ changes, count, episodes }: History): XScale {
  const middle = changes[changes.length >> 1];
  return middle !== undefined && count === changes.length && middle.episode < episodes / 10 ? "log" : "linear";
}

/**
 * The range that shows which action is best: it holds the two greatest values at every point. One that is far below both has no say in
 * that, and would press them into one line.
 */
export function rangeOf(points: readonly Point[]): [number, number] {
  let least = Infinity, most = -Infinity, all = Infinity;
  for (const { q } of points) {
    const [best, second] = q.filter(v => v !== null).sort((a, b) => b - a);
    if (best === undefined) continue;
    most = Math.max(most, best);
    least = Math.min(least, second ?? best);
    all = Math.min(all, ...q.filter(v => v !== null));
  }
  return most - all <= 2 * (most - least) ? [all, most] : [least, most];
}

/** How much of a history is known that is still being completed. */
export const progressWords = ({ after, episodes }: History): string => `replaying the run… ${percent(1 - after / episodes)} %`;

/** The newest change before an episode, or the oldest after it. */
export function neighbor(changes: readonly Change[], episode: number, step: -1 | 1): Change | null {
  return (step < 0 ? changes.findLast(c => c.episode < episode) : changes.find(c => c.episode > episode)) ?? null;
}

/** The values after the last known episode up to one. */
export function valuesAt(points: readonly Point[], episode: number): Point | null {
  return points.findLast(p => p.episode <= episode) ?? null;
}
