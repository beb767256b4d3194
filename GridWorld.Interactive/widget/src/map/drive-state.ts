import { direction } from "../kit/layout";

/** One step of a drive, with what the agent held of the state it was taken in. */
export interface DriveStep {
  state: number;
  action: number;
  reward: number;
  next: number;
  terminated: boolean;
}

export interface Drive {
  /** Where the person stands; null before the start is known. */
  state: number | null;
  /** What was executed last: sticky actions repeat it. */
  lastAction: number;
  /** The last of the steps, and how many there were. */
  steps: readonly DriveStep[];
  count: number;
  /** Undiscounted sum of the rewards. */
  return: number;
  over: boolean;
}

export const noDrive: Drive = { state: null, lastAction: -1, steps: [], count: 0, return: 0, over: false };

/** The steps that are kept to be drawn; all count. */
const keptSteps = 1000;

export function stepped(drive: Drive, step: DriveStep, lastAction: number): Drive {
  return { state: step.next, lastAction, steps: [...drive.steps, step].slice(-keptSteps), count: drive.count + 1,
    return: drive.return + step.reward, over: step.terminated };
}

export function trailOf(drive: Drive): number[] {
  return drive.state === null ? [] : [...drive.steps.map(s => s.state), drive.state];
}

const ways: Record<string, readonly [number, number] | undefined> = {
  ArrowUp: [0, -1],
  ArrowRight: [1, 0],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  KeyW: [0, -1],
  KeyD: [1, 0],
  KeyS: [0, 1],
  KeyA: [-1, 0],
  KeyE: [1, -1],
  KeyC: [1, 1],
  KeyZ: [-1, 1],
  KeyQ: [-1, -1],
  KeyX: [0, 0],
  Period: [0, 0],
  Numpad8: [0, -1],
  Numpad9: [1, -1],
  Numpad6: [1, 0],
  Numpad3: [1, 1],
  Numpad2: [0, 1],
  Numpad1: [-1, 1],
  Numpad4: [-1, 0],
  Numpad7: [-1, -1],
  Numpad5: [0, 0],
};

/**
 * The action that a key means in a world with these actions; null for none. Keys count by their place, so that WASD lies alike on all
 * keyboards.
 */
export function actionOf(code: string, actions: readonly string[]): number | null {
  const way = ways[code];
  if (!way) return null;
  const found = actions.findIndex(a => {
    const d = direction(a);
    return d !== null && d[0] === way[0] && d[1] === way[1];
  });
  return found < 0 ? null : found;
}

/** The actions with exactly the greatest value, from which the agent chooses. */
export function bestActions(q: readonly (number | null)[]): number[] {
  const top = q.reduce<number>((m, v) => (v !== null && v > m ? v : m), -Infinity);
  return q.flatMap((v, a) => (v === top ? [a] : []));
}
