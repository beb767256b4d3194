/** What crosses the wire between the server and this page. Snake case, as the server writes it. */

/** Non-finite numbers travel as words: JSON has none. */
export type WireNumber = number | "NaN" | "Infinity" | "-Infinity";

export type RunState = "training" | "paused" | "stopped" | "completed" | "interrupted" | "failed";

export interface Status {
  run_id: string;
  name: string;
  /** The run it was forked from, and the episode after which; null where it is not a fork. */
  parent_run_id?: string | null;
  parent_episode?: number | null;
  state: RunState;
  episodes: number;
  target_episodes?: number | null;
  steps: number;
  steps_per_second: WireNumber;
  mean_return_last_100?: WireNumber | null;
  greedy_value?: WireNumber | null;
  optimal_value?: WireNumber | null;
  optimal_return?: WireNumber | null;
  optimal_action_share?: WireNumber | null;
  truth_episode?: number | null;
  /** Whether the greedy policy reaches an end with probability 1. */
  proper?: boolean | null;
  /** Why there is no optimum; absent if there is one, or if it is not computed yet. */
  truth_message?: string;
  epsilon: WireNumber;
  learning_rate: WireNumber;
  discount_factor: WireNumber;
  pace?: number | null;
  last_event_seq?: number;
  message?: string | null;
  can_control?: boolean;
  /** A stored run that was interrupted, which this server can resume. */
  can_resume?: boolean;
  /** An ended run, or a stored one that no one trains, to which this server can add episodes. */
  can_continue?: boolean;
  /** A recorded run that is shown over time; absent where the run is shown as it is. */
  replay?: ReplayProgress;
}

/** Seconds of training: so many a second, so many shown, so many in all. */
export interface ReplayProgress {
  speed: number;
  seconds: number;
  duration: number;
  paused: boolean;
  can_control: boolean;
}

export interface WorldFacts {
  name: string;
  width: number;
  height: number;
  actions: string[];
  moves?: string;
  learner?: string;
  seed?: string | number;
  starts?: number[];
  step_limit?: number;
  /** The tiles that a map may have; the number of each is its place here, from 1. */
  tiles?: WireTile[];
}

export interface WireTile {
  tile: string;
  kind: "wall" | "goal" | "hole" | "cliff" | "teleport" | "start" | "floor";
  reward: number | null;
}

export interface Flag {
  flag: string;
  text: string;
}

export interface Diagnostics {
  mean_td_error?: WireNumber | null;
  min_q?: WireNumber | null;
  mean_q?: WireNumber | null;
  max_q?: WireNumber | null;
  action_distribution?: WireNumber[] | null;
  visited_share?: WireNumber | null;
  visited_states?: number | null;
  reachable_states?: number | null;
  flags?: Flag[] | null;
}

/** start, end, min, max, mean, std, count: episodes start to end, both counted. */
export type WireBucket = [number, number, WireNumber, WireNumber, WireNumber, WireNumber, number];

export interface WireMetrics {
  from: number;
  to: number;
  bucket: number;
  points: WireBucket[];
  reset?: boolean;
}

/** episode, return, length, terminated, epsilon, learning rate, mean Q, counts of the actions. */
export type WireEpisode = [number, WireNumber, number, number | boolean, WireNumber, WireNumber, (WireNumber | null)?, (number[] | null)?];

/** episode, steps taken, seconds trained by its end. */
export type WireAxisMark = [number, number, number | null];

export interface RunEvent {
  seq: number;
  session_id: string;
  episode: number;
  event: string;
  param?: string | null;
  old_value?: unknown;
  new_value?: unknown;
  message?: string | null;
  timestamp: string;
}

export interface WireMap {
  episode: number;
  layer: string;
  x: number;
  y: number;
  width: number;
  height: number;
  step: number;
  columns: number;
  rows: number;
  /** Numbers a cell; one where it is left out. */
  channels?: number;
  data: string;
  bits: 8 | 16;
  scale: number;
  offset: number;
  nan: number;
  /** The least and the greatest value, where some lie beyond the scale: 0 stands for those below it, `nan` − 1 for those above. */
  beyond?: [number, number];
  policy?: string | null;
  cells?: string | null;
  agent?: number | null;
}

export interface Frame {
  v: number;
  instance: string;
  session_id: string;
  /** The run as it was after this episode; absent: as it is. */
  at?: number | null;
  seq: number;
  base: number | null;
  more?: boolean;
  status?: Status;
  world?: WorldFacts;
  diagnostics?: Diagnostics;
  metrics?: WireMetrics;
  lengths?: WireMetrics | WireBucket[];
  axis?: WireAxisMark[];
  episodes?: { rows: WireEpisode[] };
  events?: RunEvent[];
  map?: WireMap;
}

/** What GET api/agent/state?session=&state=&at=&last_visits= tells: why the agent does what it does in a state. */
export interface StateReport {
  session_id: string;
  episode: number;
  steps: number;
  state: number;
  x: number;
  y: number;
  cell: string;
  terminal: boolean;
  wall: boolean;
  actions: string[];
  q: WireNumber[];
  visits: number[];
  /** The actions of greatest value. */
  greedy: number[];
  value: WireNumber | null;
  q_optimal?: WireNumber[];
  optimal_value?: WireNumber | null;
  /** The optimal actions; null until known. */
  best: number[] | null;
  /** What the first greedy action loses; 0 where it is optimal. */
  gap: WireNumber | null;
  /** Newest first. */
  last_visits: StateVisit[];
  /** All of it in words. */
  text: string;
}

export interface StateVisit {
  episode: number;
  step: number;
  action: number;
  explored: boolean;
  reward: WireNumber;
  next_state: number;
  old_value: WireNumber;
  new_value: WireNumber;
}

/** What this page asks to be shown. */
export interface ViewRequest {
  run: string | null;
  start: number | null;
  end: number | null;
  last?: number | null;
  /** Show the run as it was after this episode, 0 to now; absent: live. */
  at?: number | null;
  points: number;
  interval_ms: number;
  log_rows: number;
  axis?: boolean;
  map: { layer: string; x: number; y: number; width: number; height: number } | null;
}

export const protocolVersion = 1;

export function toNumber(value: WireNumber | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  return typeof value === "number" ? value : Number(value);
}

/** Whether a message has the shape every frame must have; all else in it may be absent. */
export function isFrame(message: unknown): message is Frame {
  if (typeof message !== "object" || message === null) return false;
  const f = message as Record<string, unknown>;
  return f.v === protocolVersion && typeof f.session_id === "string" && Number.isSafeInteger(f.seq)
    && (f.base === null || f.base === undefined || Number.isSafeInteger(f.base));
}
