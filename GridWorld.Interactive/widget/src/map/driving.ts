import { noDrive, stepped, type Drive } from "./drive-state";
import { createLatest } from "../wire/latest";
import { toNumber, type WireStart, type WireState, type WireStep } from "../wire/protocol";

/** The agent's values of a state. */
export type Row = Pick<WireState, "q" | "best">;

/** The requests of a drive to the server. */
export interface DriveServer {
  start: (seed: number) => Promise<Pick<WireStart, "next_state">>;
  step: (state: number, action: number, lastAction: number, seed: number) => Promise<Omit<WireStep, "session_id" | "state" | "action">>;
  row: (state: number) => Promise<Row>;
}

/** The last action, with what the agent knew where it was chosen. */
export interface Choice {
  action: number;
  reward: number;
  state: number;
  row: Row | null;
}

export interface DrivingView {
  drive: Drive;
  /** What the agent knows of the state where the person stands; null until it is here. */
  row: Row | null;
  /** Null before the first step. */
  choice: Choice | null;
  /** The server's refusal. */
  error: unknown;
  /** Whether a start was asked for. */
  begun: boolean;
}

export interface Driving {
  view: () => DrivingView;
  /** Starts over, and ignores earlier keys and their answers. */
  begin: () => void;
  /** Takes an action once those before it are done; `isHeld`: a key repeats itself, and waits for nothing. */
  act: (action: number, isHeld?: boolean) => void;
  /** Ends the drive. */
  drop: () => void;
}

const nothing: DrivingView = { drive: noDrive, row: null, choice: null, error: null, begun: false };

/** A drive through a world: one request at a time, in the order in which keys were pressed. */
export function createDriving(server: DriveServer, changed: () => void, newSeed: () => number): Driving {
  let view = nothing;
  let queue: number[] = [];
  const latest = createLatest();
  let isNewest = latest();
  let isBusy = false;

  const show = (change: Partial<DrivingView>): void => {
    view = { ...view, ...change };
    changed();
  };

  /** One after the other as long as there are any; an answer that belongs to an earlier drive ends it. */
  async function carryOut(isMine: () => boolean, seed: number): Promise<void> {
    isBusy = true;
    try {
      if (view.drive.state === null) {
        const { next_state: state } = await server.start(seed);
        if (!isMine()) return;
        show({ drive: { ...noDrive, state }, error: null });
        await look(isMine, state);
      }
      while (isMine() && queue.length > 0) await step(isMine, queue.shift() ?? 0, seed);
    } catch (error) {
      if (!isMine()) return;
      queue = [];
      show({ error });
    } finally {
      if (isMine()) isBusy = false;
    }
  }

  async function step(isMine: () => boolean, action: number, seed: number): Promise<void> {
    const { drive, row } = view, { state } = drive;
    if (state === null) return;
    const answer = await server.step(state, action, drive.lastAction, seed + drive.count + 1);
    if (!isMine()) return;
    const reward = toNumber(answer.reward) ?? 0, terminated = answer.terminated;
    if (terminated) queue = [];
    show({ drive: stepped(drive, { state, action, reward, next: answer.next_state, terminated }, answer.last_action), row: null,
      choice: { action, reward, state, row }, error: null });
    await look(isMine, answer.next_state);
  }

  /** The row is optional: a drive continues without it. */
  async function look(isMine: () => boolean, state: number): Promise<void> {
    const row = await server.row(state).catch(() => null);
    if (isMine()) show({ row });
  }

  let seedOfDrive = 0;
  return {
    view: () => view,
    begin: () => {
      isNewest = latest();
      queue = [];
      seedOfDrive = newSeed();
      show({ ...nothing, begun: true });
      void carryOut(isNewest, seedOfDrive);
    },
    act: (action, isHeld = false) => {
      if (!view.begun || view.drive.over || (isHeld && isBusy)) return;
      if (view.drive.state === null && !isBusy) return;
      queue.push(action);
      if (!isBusy) void carryOut(isNewest, seedOfDrive);
    },
    drop: () => {
      isNewest = latest();
      [queue, isBusy, view] = [[], false, nothing];
    },
  };
}
