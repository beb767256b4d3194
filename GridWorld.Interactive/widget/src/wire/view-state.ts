import type { Diagnostics, WireEvent, WirePath, WireStatus, WireWorld } from "./protocol";
import { noTiles, type Tiles } from "./tiles";

/** Episodes start to end, both counted, as one point of the curve. */
export interface Bucket {
  start: number;
  end: number;
  min: number;
  max: number;
  mean: number;
  std: number;
  count: number;
}

export interface Curve {
  from: number;
  to: number;
  bucket: number;
  points: readonly Bucket[];
}

/** Steps taken and seconds trained when an episode was over. */
export interface AxisMark {
  episode: number;
  steps: number;
  seconds: number | null;
}

export interface EpisodeRow {
  episode: number;
  return: number;
  length: number;
  terminated: boolean;
  epsilon: number;
  learningRate: number;
  meanQ: number | null;
  /** How often each action was taken; null where it was not sampled. */
  actions: readonly number[] | null;
  /** The largest change of a value in a planner's pass; null for an episode. */
  residual: number | null;
  /** States whose best actions changed in the pass; null if not counted. */
  policyChanges: number | null;
}

/** Everything the page shows of one run. Parts that a frame did not change keep their identity. */
export interface RunData {
  sessionId: string;
  instance: string;
  status: WireStatus | null;
  world: WireWorld | null;
  diagnostics: Diagnostics | null;
  metrics: Curve;
  lengths: Curve;
  axis: readonly AxisMark[];
  episodes: readonly EpisodeRow[];
  events: readonly WireEvent[];
  tiles: Tiles;
  agent: number | null;
  /** Where the greedy policy leads from the first start; null in a world too large for it. */
  path: WirePath | null;
  /** The episode after which all this was so; null for the present. */
  at: number | null;
}

/** Frames that were not applied, by reason; shown as a warning, never silently lost. */
export interface Dropped {
  foreign: number;
  repeated: number;
  gaps: number;
  faulty: number;
}

export interface ViewState {
  /** Of the last frame applied on this connection; 0 before the first. */
  seq: number;
  /** Only a whole view may be applied now: nothing was seen yet, or something was missed. */
  awaitsWhole: boolean;
  shown: RunData;
  /** The view that is arriving in several frames; shown once complete. */
  building: RunData | null;
  dropped: Dropped;
}

const emptyCurve: Curve = { from: 1, to: 0, bucket: 1, points: [] };

export function emptyRun(sessionId = "", instance = ""): RunData {
  return {
    sessionId,
    instance,
    status: null,
    world: null,
    diagnostics: null,
    metrics: emptyCurve,
    lengths: emptyCurve,
    axis: [],
    episodes: [],
    events: [],
    tiles: noTiles,
    agent: null,
    path: null,
    at: null,
  };
}

export function emptyView(): ViewState {
  return { seq: 0, awaitsWhole: true, shown: emptyRun(), building: null, dropped: { foreign: 0, repeated: 0, gaps: 0, faulty: 0 } };
}

export function droppedInAll(d: Dropped): number {
  return d.foreign + d.repeated + d.gaps + d.faulty;
}
