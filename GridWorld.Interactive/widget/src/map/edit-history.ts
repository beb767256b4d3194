/** What one cell becomes: a character of the world, or a reward of its own. */
export interface Edit {
  tile: string;
  reward?: number;
}

/** The edited cells by state, and where the start was put. */
export interface Edits {
  cells: ReadonlyMap<number, Edit>;
  start: number | null;
}

/** Everything before and after the present; a stroke of many cells is one step. */
export interface EditHistory {
  past: readonly Edits[];
  now: Edits;
  future: readonly Edits[];
  /** Whether the next change belongs to the stroke that made the last one. */
  inStroke: boolean;
}

export const noEdits: Edits = { cells: new Map(), start: null };
export const noHistory: EditHistory = { past: [], now: noEdits, future: [], inStroke: false };

const longestPast = 500;

/** The history with one more change; of a stroke that continues it makes no step of its own. */
export function changed(history: EditHistory, change: (now: Edits) => Edits): EditHistory {
  const now = change(history.now);
  if (now === history.now) return history;
  return { past: history.inStroke ? history.past : [...history.past, history.now].slice(-longestPast), now, future: [], inStroke: true };
}

export const strokeEnded = (history: EditHistory): EditHistory => (history.inStroke ? { ...history, inStroke: false } : history);

export function undone(history: EditHistory): EditHistory {
  const last = history.past.at(-1);
  return last === undefined ? history
    : { past: history.past.slice(0, -1), now: last, future: [history.now, ...history.future], inStroke: false };
}

export function redone(history: EditHistory): EditHistory {
  const next = history.future[0];
  return next === undefined ? history
    : { past: [...history.past, history.now], now: next, future: history.future.slice(1), inStroke: false };
}

/** A cell painted; back to what it was in the world is not an edit. */
export function painted(state: number, edit: Edit, original: string | null): (now: Edits) => Edits {
  return now => {
    const last = now.cells.get(state), isOriginal = edit.reward === undefined && edit.tile === original;
    if (isOriginal ? last === undefined : last?.tile === edit.tile && last.reward === edit.reward) return now;
    const cells = new Map(now.cells);
    if (isOriginal) cells.delete(state);
    else cells.set(state, edit);
    // Another tile where the start was put takes the start away again.
    return { cells, start: now.start === state ? null : now.start };
  };
}

export const startMoved = (state: number) => (now: Edits): Edits => {
  if (now.start === state) return now;
  const cells = new Map(now.cells);
  cells.delete(state);
  return { cells, start: state };
};

export interface EditRequest {
  cells: [number, number, string][];
  rewards?: Record<string, number>;
  start?: [number, number];
}

/** What the server is sent: each different reward gets a character that the world doesn't use. */
export function toRequest({ cells, start }: Edits, width: number, free: readonly string[]): EditRequest {
  const letters = new Map<number, string>();
  for (const { reward } of cells.values())
    if (reward !== undefined && !letters.has(reward)) {
      const letter = free[letters.size];
      if (letter === undefined) throw new RangeError(`At most ${free.length} different rewards can be painted here. Use fewer.`);
      letters.set(reward, letter);
    }
  const result: EditRequest = {
    cells: [...cells].map((
      [state, edit],
    ) => [state % width, Math.floor(state / width), edit.reward === undefined ? edit.tile : letters.get(edit.reward) ?? "."]),
  };
  if (letters.size > 0) result.rewards = Object.fromEntries([...letters].map(([reward, letter]) => [letter, reward]));
  if (start !== null) result.start = [start % width, Math.floor(start / width)];
  return result;
}

/** The states on the straight way between two, the first left out: a fast pointer skips cells. */
export function between(from: number, to: number, width: number): number[] {
  const [x0, y0, x1, y1] = [from % width, Math.floor(from / width), to % width, Math.floor(to / width)];
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0));
  return Array.from({ length: steps }, (_, i) => {
    const t = (i + 1) / steps;
    return Math.round(y0 + (y1 - y0) * t) * width + Math.round(x0 + (x1 - x0) * t);
  });
}
