import type { WireNumber, WireEpisodeSteps, WireEpisodeStep } from "../wire/protocol";

/** Steps that are fetched at once; the server gives no more. */
export const partSize = 2000;
/** Parts kept: some ten thousand steps, a few megabytes. */
const keptParts = 5;

export interface Replay {
  episode: number;
  length: number;
  return: WireNumber;
  epsilon: WireNumber;
  /** By number, each of `partSize` steps. */
  parts: ReadonlyMap<number, readonly WireEpisodeStep[]>;
  /** Steps that were taken: 0 stands at the start, `length` at the end. */
  at: number;
  playing: boolean;
  /** Steps per second. */
  speed: number;
}

export function opened(part: WireEpisodeSteps, speed: number): Replay {
  return { episode: part.episode, length: part.length, return: part.return, epsilon: part.epsilon, parts: new Map([[0, part.steps]]), at: 0,
    playing: false, speed };
}

export const partOf = (step: number): number => Math.floor((step - 1) / partSize);

/** The step of a number from 1, or null while it isn't here. */
export function stepAt(replay: Replay, step: number): WireEpisodeStep | null {
  return replay.parts.get(partOf(step))?.[(step - 1) % partSize] ?? null;
}

/** The number of the part that is needed next and isn't here; null for none. */
export function missing(replay: Replay): number | null {
  if (replay.length === 0) return null;
  const here = partOf(Math.max(1, replay.at)), ahead = partOf(Math.min(replay.length, replay.at + partSize / 4 + 1));
  return !replay.parts.has(here) ? here : !replay.parts.has(ahead) ? ahead : null;
}

export function received(replay: Replay, number: number, steps: readonly WireEpisodeStep[]): Replay {
  const parts = new Map(replay.parts).set(number, steps), here = partOf(Math.max(1, replay.at));
  for (const k of [...parts.keys()].sort((a, b) => Math.abs(b - here) - Math.abs(a - here))) {
    if (parts.size <= keptParts) break;
    parts.delete(k);
  }
  return { ...replay, parts };
}

/** Another place; beyond the end or the start is the end or the start, and the end ends playing. */
export function moved(replay: Replay, at: number): Replay {
  const to = Math.min(replay.length, Math.max(0, Math.round(at)));
  return { ...replay, at: to, playing: replay.playing && to < replay.length };
}

/** Plays from here, at the end from the start. */
export const played = (replay: Replay): Replay => ({ ...replay, playing: replay.length > 0,
  at: replay.at >= replay.length ? 0 : replay.at });

/** The step after a number of milliseconds of playback. Waits for parts that have not arrived. */
export function advanced(replay: Replay, from: number, milliseconds: number): Replay {
  let to = Math.min(replay.length, from + Math.floor((milliseconds * replay.speed) / 1000));
  while (to > replay.at && stepAt(replay, to) === null) to--;
  return to > replay.at ? moved(replay, to) : replay;
}

/** The agent's state and a limited number of previous states. */
export function trail(replay: Replay, longest = 400): number[] {
  const result: number[] = [];
  for (let k = Math.max(1, replay.at - longest); k <= replay.at; k++) {
    const step = stepAt(replay, k);
    if (step) result.push(step.state);
  }
  const last = replay.at === 0 ? stepAt(replay, 1)?.state : stepAt(replay, replay.at)?.next_state;
  return last === undefined ? result : [...result, last];
}
