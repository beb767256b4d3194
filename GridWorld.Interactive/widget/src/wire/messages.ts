// Made from the records that the server writes (WireTypesTests.cs): do not edit.

/** A number. Non-finite numbers are strings, because JSON has none. */
export type WireNumber = number | "NaN" | "Infinity" | "-Infinity";

/** A diagnosis of a run. */
export interface DiagnosticFlag {
  /** Kind of the diagnosis. */
  flag: DiagnosticKind;
  /** The policy that was observed, the measurement and its episodes, and what to do. */
  text: string;
}

/** The kinds of diagnoses. */
export type DiagnosticKind =
  | "exploring"
  | "no_improvement"
  | "same_action"
  | "diverging"
  | "non_finite"
  | "greedy_optimal"
  | "step_limit"
  | "goal_never_reached"
  | "no_reward"
  | "unusual_world";

/** Diagnostics of a run, computed from a copy of the agent's tables. */
export interface Diagnostics {
  /** The episode after which the tables were copied. */
  episode: number;
  /** Mean over visited (state, action) pairs of |E[R + γ·max Q(S′, ·)] − Q(S, A)|, for the map in force at the agent's step */
  mean_td_error: WireNumber | null;
  /** Smallest greedy value of a visited state; null before the first step. */
  min_q: WireNumber | null;
  /** Mean greedy value of the visited states; null before the first step. */
  mean_q: WireNumber | null;
  /** Greatest greedy value of a visited state; null before the first step. */
  max_q: WireNumber | null;
  /** Share of every action among all steps, in action order. The shares add up to 1; before the first step they are 0. */
  action_distribution: WireNumber[];
  /** Number of visited states. */
  visited_states: number;
  /** Number of nonterminal states that can be reached from the start, for the map in force at the agent's step. */
  reachable_states: number;
  /** Warnings and remarks. They are always the same for the same episode of a run. */
  flags: DiagnosticFlag[];
  /** Visited states as a share of the reachable states, in [0, 1]. */
  visited_share: WireNumber;
}

/** How much a parameter of a search influences the score. */
export interface ParameterImportance {
  /** The parameter's share of the influence of all parameters, in [0, 1]. */
  share: WireNumber;
  /** The parameter. */
  name: string;
}

/** The end of a greedy path. */
export type PathEnd = "terminal" | "loop" | "restart" | "open";

/** The state of a run. */
export type RunState = "training" | "paused" | "stopped" | "completed" | "interrupted" | "failed";

/** A step that was taken in a state. */
export interface StateVisit {
  /** Number of the episode, from 1. */
  episode: number;
  /** Number of the step in the episode, from 1. */
  step: number;
  /** Chosen action. */
  action: number;
  /** Whether the action was chosen to explore, not for its value. */
  explored: boolean;
  /** Reward of the step. */
  reward: WireNumber;
  /** Next state. */
  next_state: number;
  /** Q(S, A) before the step was learned. */
  old_value: WireNumber;
  /** Q(S, A) after the step was learned. */
  new_value: WireNumber;
}

/** An axis of a chart of trials. */
export interface WireAxis {
  name: string;
  is_logarithmic: boolean;
  /** The words that the values stand for; null for numbers. */
  words: string[] | null;
}

/** Steps taken and seconds trained by the end of an episode; written as a row. */
export type WireAxisMark = [
  number, // episode
  number, // steps
  number | null, // seconds
];

/** A bar of a histogram: the values from to below ; the last bar holds its high, too. */
export interface WireBar {
  low: WireNumber;
  high: WireNumber;
  count: number;
}

/** The best settings of a world and a learner. */
export interface WireBest {
  world: string;
  learner: string;
  trial: number;
  /** The settings by name. */
  settings: unknown;
  objective: WireNumber;
  /** The objective on fresh seeds; null until they have ended. */
  test_objective: WireNumber | null;
  /** The lower end of the 95 % interval of the test objective. */
  low: WireNumber | null;
  high: WireNumber | null;
}

/** The intervals of a parameter on which the set of optimal policies is constant. */
export interface WireBreakpoints {
  session_id: string;
  parameter: string;
  from: WireNumber;
  to: WireNumber;
  /** The values between the intervals, ascending. */
  breakpoints: WireNumber[];
  width: number;
  height: number;
  actions: string[];
  tiles: WireTile[];
  cells: string;
  /** One more than there are breakpoints. */
  intervals: WireInterval[];
}

/** The episodes from start to end, both counted, as one point; written as a row. */
export type WireBucket = [
  number, // start
  number, // end
  WireNumber, // min
  WireNumber, // max
  WireNumber, // mean
  WireNumber, // std
  number, // count
];

/** What a new run can be made of. */
export interface WireCatalog {
  worlds: WireCatalogWorld[];
  learners: WireLearner[];
}

/** A world of the catalog; the name of a family is that of one of its worlds. */
export interface WireCatalogWorld {
  name: string;
  description: string;
}

/** A checkpoint. Automatic checkpoints have no name, and only the newest of them can be resumed. */
export interface WireCheckpoint {
  episode: number;
  step: number;
  name: string | null;
  timestamp: string;
}

export interface WireCheckpoints {
  session_id: string;
  checkpoints: WireCheckpoint[];
}

/** Which of two sides of runs has the higher mean return, and whether that is more than noise. */
export interface WireComparison {
  /** The result in words. */
  sentence: string;
  /** What makes the comparison unfair or weak. */
  warnings: string[];
  /** The label of the better side; null if the difference is noise. */
  better: string | null;
}

/** A part of a curve in a frame: points that are new or have changed. */
export interface WireCurve {
  /** The first episode of the whole curve. */
  from: number;
  /** Its last episode. */
  to: number;
  /** Episodes per point. */
  bucket: number;
  /** Whether these points replace all known points. */
  reset: boolean;
  points: WireBucket[];
}

/** The learning curve of an ensemble. */
export interface WireEnsembleCurve {
  /** The last episode, or step, of each point. */
  ends: number[];
  /** The mean return over all seeds at each point. */
  mean: WireNumber[];
  /** The lower end of its 95 % bootstrap interval. */
  low: WireNumber[];
  high: WireNumber[];
  /** Some of the seeds, evenly spread. */
  lines: WireSeedLine[];
}

/** What only an ensemble has. */
export interface WireEnsemblePart {
  seeds: number;
  /** As text, because it can exceed JavaScript's integers. */
  first_seed: string;
  failed: number;
  /** Number of episodes that every seed has ended. */
  episodes: number;
  target_episodes: number | null;
  steps_per_second: WireNumber;
  /** The interquartile mean over seeds of the mean return of their last 100 episodes. */
  mean_return: WireNumber | null;
  /** The lower end of its 95 % interval. */
  low: WireNumber | null;
  high: WireNumber | null;
}

/** An episode as a row of the log. */
export type WireEpisode = [
  number, // episode
  WireNumber, // return
  number, // length
  number, // terminated
  WireNumber, // epsilon
  WireNumber, // learning_rate
  WireNumber | null, // mean_q
  number[]?, // action_counts
  WireNumber?, // residual
  WireNumber?, // policy_changes
];

/** One step of an episode. */
export interface WireEpisodeStep {
  step: number;
  state: number;
  action: number;
  explored: boolean;
  reward: WireNumber;
  next_state: number;
  terminated: boolean;
  truncated: boolean;
  /** The Q row that the action was chosen from. */
  q: WireNumber[];
  /** The value of the action after learning from the step. */
  q_after: WireNumber;
}

/** A part of an episode, step by step. */
export interface WireEpisodeSteps {
  session_id: string;
  episode: number;
  length: number;
  return: WireNumber;
  epsilon: WireNumber;
  steps: WireEpisodeStep[];
}

/** Rows of the log in a frame. */
export interface WireEpisodes {
  rows: WireEpisode[];
}

/** An event of a run. */
export interface WireEvent {
  seq: number;
  session_id: string;
  /** The episode after which it takes effect. */
  episode: number;
  event: string;
  /** For a change: the hyperparameter. */
  param?: string;
  /** For a change: a number or a schedule's object. */
  old_value?: unknown;
  new_value?: unknown;
  message?: string;
  timestamp: string;
}

export interface WireEvents {
  session_id: string;
  events: WireEvent[];
}

export interface WireExtreme {
  episode: number;
  return: WireNumber;
}

/** The first episode with the greatest return, and the first with the least; null if no return is finite. */
export interface WireExtremes {
  session_id: string;
  best: WireExtreme | null;
  worst: WireExtreme | null;
}

/** The members of every frame. The sections with the content follow. */
export interface WireFrame {
  v: number;
  instance: string;
  session_id: string;
  /** The episode after which the run is shown; absent for the present. */
  at?: number;
  seq: number;
  /** The number of the frame that this frame continues; null if it starts a view. */
  base: number | null;
  /** Whether the view continues in the next frame. */
  more: boolean;
}

/** How often returns occur. */
export interface WireHistogram {
  /** The first episode that counts; 0 for the seeds of an ensemble. */
  first: number;
  last: number;
  bars: WireBar[];
}

/** How much each varied setting matters in one world for one learner. */
export interface WireImportances {
  world: string;
  learner: string;
  /** Number of trials that this is computed from. */
  trials: number;
  shares: ParameterImportance[];
}

/** The plan in the middle of an interval. */
export interface WireInterval {
  /** The optimal value at the start. */
  start_value: WireNumber;
  /** The optimal actions of each state, one bit each. */
  policy: string;
}

/** A learner or planner with all its settings. */
export interface WireLearner {
  name: string;
  title: string;
  settings: WireLearnerSetting[];
}

/** A setting of a learner. */
export interface WireLearnerSetting {
  name: string;
  title: string;
  doc: string;
  /** The allowed values in words. */
  range: string;
  /** Its value if none is given, as text. */
  default: string;
  /** The values of a choice; empty for a number. */
  choices: string[];
}

/** A part of the map: a number per square of cells, a number per action of Q. */
export interface WireMap {
  episode: number;
  layer: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Cells per number, in either direction. */
  step: number;
  columns: number;
  rows: number;
  /** Numbers per cell; 1 if absent. */
  channels?: number;
  bits: number;
  /** A value is offset + scale × its number. */
  scale: number;
  offset: number;
  /** The least and the greatest value, if some are outside the scale: 0 stands for lower values, nan − 1 for higher ones. */
  beyond?: number[];
  /** The number that stands for no value. */
  nan: number;
  /** The state that the agent is in. */
  agent: number;
  mode: number;
  /** The numbers, little-endian. */
  data: string;
  /** The best actions of each cell, one bit each. */
  policy?: string;
  /** The tile of each cell; absent if nothing changed. */
  cells?: string;
  /** The episode after which the last changes of the policy are known; absent if none are, and in other layers. */
  after?: number;
}

/** A curve by itself, for a caller without a connection. */
export interface WireMetrics {
  session_id: string;
  series: string;
  /** Episodes per point; 1: exact rows. */
  bucket: number;
  /** The ranges of episodes with a stored raw row. */
  kept: number[][];
  points: WirePoint[];
}

/** The states that the greedy policy leads through from the first start, if each action has its most probable outcome. */
export interface WirePath {
  states: number[];
  end: PathEnd;
}

/** The episodes from start to end, both counted. */
export interface WirePoint {
  start: number;
  end: number;
  min: WireNumber;
  max: WireNumber;
  mean: WireNumber;
  std: WireNumber;
  count: number;
  /** Steps taken by the end. */
  steps?: number;
  /** Seconds trained by the end; null if unknown. */
  seconds: WireNumber | null;
}

/** The greedy actions of all states, one bit each, and each cell's tile. */
export interface WirePolicy {
  session_id: string;
  episode: number;
  width: number;
  height: number;
  actions: string[];
  policy: string;
  tiles: WireTile[];
  cells: string;
}

/** The position of a playback. */
export interface WireReplay {
  /** Seconds of training per second. */
  speed: number;
  /** Seconds of training shown. */
  seconds: number;
  /** Seconds of training in all. */
  duration: number;
  paused: boolean;
  can_control: boolean;
}

/** Rows of the log by themselves. */
export interface WireRows {
  session_id: string;
  rows: WireEpisode[];
}

/** A run of the list; written as a row. */
export type WireRun = [
  string, // run_id
  string, // name
  RunState, // state
  number, // episodes
  number | null, // target_episodes
  number, // steps
  WireNumber | null, // mean_return
  WireNumber | null, // greedy_value
  WireNumber | null, // optimal_value
  WireNumber, // created
  number, // settings
  number, // can
  boolean, // starred
  string | null, // seed
  string | null, // note
  string | null, // error
];

/** Runs that have a value in common, or that differ only in their seeds. */
export interface WireRunGroup {
  /** The value; null if the runs have none, and for groups of seeds. */
  value: string | null;
  /** The learner of all of them; null if they differ. */
  learner: string | null;
  world: string | null;
  runs: number;
  /** The mean over the runs of the mean return of their last 100 episodes. */
  mean_return: WireNumber | null;
  /** The lower end of its 95 % interval; null for fewer than two runs. */
  low: WireNumber | null;
  high: WireNumber | null;
  run_ids: string[];
}

/** Runs in groups. */
export interface WireRunGroups {
  /** Number of groups. */
  total: number;
  groups: WireRunGroup[];
}

/** Initial settings that several runs can share. */
export interface WireRunSettings {
  /** The number by which runs name them. */
  place: number;
  /** The world's name. */
  world: string;
  /** The same for the same world. */
  world_digest: string;
  step_limit: number;
  /** Its name and all its options. */
  learner: unknown;
}

/** The runs of the server: all of them, or the changes since a version. */
export interface WireRuns {
  /** The version of this list; a later request for the changes names it. */
  version: number;
  /** Whether the runs are all there are; otherwise they replace earlier rows with their ids. */
  is_whole: boolean;
  /** Whether the caller may star, note and delete runs. */
  can_control: boolean;
  /** The settings that runs name by their place. */
  settings: WireRunSettings[];
  /** The runs, newest first, or as they are sorted. */
  runs: WireRun[];
  /** The ids of runs that are no longer there. */
  gone: string[];
  /** Number of runs that there are, or that the filter lets through; null for changes. */
  total: number | null;
}

/** A seed of a trial or an ensemble. */
export interface WireSeed {
  /** The id by which it opens as a run. */
  run_id: string;
  /** As text, because it can exceed JavaScript's integers. */
  seed: string;
  state: string;
  episodes: number;
  steps: number;
  mean_return: WireNumber | null;
  /** What the objective of the sweep gives for it. */
  score: WireNumber | null;
  greedy_value: WireNumber | null;
  error: string | null;
}

/** The learning curve of a seed, at the points of the ensemble's. */
export interface WireSeedLine {
  seed: string;
  values: WireNumber[];
}

/** A part of the seeds of a trial or an ensemble. */
export interface WireSeeds {
  /** Number of seeds that the filter lets through. */
  total: number;
  seeds: WireSeed[];
}

/** The initial settings of a run. */
export interface WireSettings {
  session_id: string;
  world: string;
  /** As text, because it can exceed JavaScript's integers. */
  seed: string;
  step_limit: number;
  /** Its name and all its options. */
  learner: unknown;
}

/** Where an episode starts. */
export interface WireStart {
  session_id: string;
  next_state: number;
}

/** The agent's values of a state, and why it acts as it does there. */
export interface WireState {
  session_id: string;
  /** The number of ended episodes. */
  episode: number;
  steps: number;
  state: number;
  x: number;
  y: number;
  label: string;
  cell: string;
  terminal: boolean;
  wall: boolean;
  /** The reward of a step that enters the cell; null in an MDP and for a wall. */
  reward: WireNumber | null;
  actions: string[];
  q: WireNumber[];
  visits: number[];
  /** The actions of greatest value. */
  greedy: number[];
  value: WireNumber | null;
  q_optimal?: WireNumber[];
  optimal_value?: WireNumber;
  /** The optimal actions; null until known. */
  best: number[] | null;
  /** The loss of the first greedy action; 0 if it is optimal. */
  gap: WireNumber | null;
  /** Newest first. */
  last_visits: StateVisit[];
  /** The whole report as text. */
  text: string;
}

/** A part of the history of a state. */
export interface WireStateHistory {
  session_id: string;
  state: number;
  /** The number of episodes that the whole history covers. */
  episodes: number;
  /** The episode after which the history is complete: the next part ends there. */
  after: number;
  /** An episode with the values after it. */
  points: WireStatePoint[];
  /** An episode, the greedy actions before it and those after it, one bit each: the newest changes. */
  changes: number[][];
  /** The number of all changes in the part. */
  change_count: number;
}

/** The action values of a state after an episode. */
export interface WireStatePoint {
  episode: number;
  q: WireNumber[];
}

/** A run's status, and the commands that the caller may use. */
export interface WireStatus {
  run_id: string;
  session_id: string;
  name: string;
  /** The newest run with this name, if that is another run. */
  newer_run_id?: string;
  /** The run it was forked from; null if it is not a fork. */
  parent_run_id: string | null;
  /** The episode after which it was forked. */
  parent_episode: number | null;
  state: RunState;
  episodes: number;
  target_episodes: number | null;
  steps: number;
  steps_per_second: WireNumber;
  mean_return_last_100: WireNumber | null;
  greedy_value: WireNumber | null;
  optimal_value: WireNumber | null;
  optimal_return: WireNumber | null;
  optimal_action_share: WireNumber | null;
  truth_episode: number | null;
  /** Whether the greedy policy ends with probability 1; null while unknown. */
  proper: boolean | null;
  /** Why there is no optimum; absent if there is one, or if it is not computed yet. */
  truth_message?: string;
  q_checksum: WireNumber | null;
  epsilon: WireNumber;
  learning_rate: WireNumber;
  discount_factor: WireNumber;
  /** The hyperparameters in force, by name. */
  settings: Record<string, WireNumber>;
  /** The limit in steps per second; null for unlimited. */
  pace: number | null;
  last_event_seq: number;
  message: string | null;
  can_control: boolean;
  /** Whether this server can resume the run, which is stored and was interrupted. */
  can_resume: boolean;
  /** Whether this server can add episodes: the run has ended, or is stored and not being trained. */
  can_continue: boolean;
  /** The playback of a recorded run; absent if the run itself is shown. */
  replay?: WireReplay;
}

/** The outcome of an action in the world. */
export interface WireStep {
  session_id: string;
  state: number;
  action: number;
  reward: WireNumber;
  next_state: number;
  terminated: boolean;
  last_action: number;
}

/** A stored run in a list. */
export interface WireStored {
  run_id: string;
  session_id: string;
  name: string;
  newer_run_id: string | null;
  parent_run_id: string | null;
  parent_episode: number | null;
  state: RunState;
  episodes: number;
  target_episodes: number | null;
  steps: number;
  world: string;
  learner: string;
  created: string;
  mean_return_last_100: WireNumber | null;
  message: string | null;
  /** Why its file cannot be read. */
  error?: string;
  can_control: boolean;
  can_resume: boolean;
  can_continue: boolean;
}

/** A sweep or an ensemble in the list. */
export interface WireSweep {
  sweep_id: string;
  name: string;
  /** "sweep" or "ensemble". */
  kind: string;
  state: RunState;
  /** The name of its world, or its worlds. */
  world: string;
  learner: string;
  /** When it began, in milliseconds since 1970. */
  created: number;
  trials: number;
  ended: number;
  steps: number;
  /** Why its file cannot be read. */
  error: string | null;
}

/** A world and a learner of a sweep. */
export interface WireSweepGroup {
  world: string;
  learner: string;
}

/** What only a sweep has. */
export interface WireSweepPart {
  objective: string;
  /** Whether a greater objective is better; null if the server does not know the objective. */
  higher_is_better: boolean | null;
  trials: number;
  ended: number;
  failed: number;
  /** Number of seeds of a trial. */
  seeds: number;
  test_seeds: number;
  sampler: string;
  pruner: string;
  /** The combinations of a world and a learner. */
  groups: WireSweepGroup[];
  /** The names of the varied settings. */
  settings: string[];
  best: WireBest[];
  /** The other machines that train for it. */
  workers: WorkerStatus[];
}

/** The trials of a sweep that have an objective, as columns of numbers, for charts. */
export interface WireSweepPlot {
  /** Number of such trials; if there are more than are sent, they are an even sample. */
  total: number;
  /** The axes: world and learner if there are several, the varied settings, and the objective. */
  axes: WireAxis[];
  /** The numbers of the trials. */
  trials: number[];
  /** A list for each axis: the value of each trial, or the place of its word; null where it has none. */
  columns: WireNumber[][];
  /** The places of the trials that the filter does not let through. */
  out: number[];
}

/** How a sweep or an ensemble stands. */
export interface WireSweepStatus {
  sweep_id: string;
  name: string;
  state: RunState;
  /** Whether the caller may pause and stop it. */
  can_control: boolean;
  /** Whether the caller may resume it in the server's process. */
  can_resume: boolean;
  world: string;
  learner: string;
  steps: number;
  /** Seconds of training so far. */
  seconds: WireNumber | null;
  /** Seconds until it ends; null if unknown. */
  seconds_left: WireNumber | null;
  /** What is wrong. */
  message: string | null;
  /** What only a sweep has. */
  sweep: WireSweepPart | null;
  /** What only an ensemble has. */
  ensemble: WireEnsemblePart | null;
}

/** The action values of some states, in order. */
export interface WireTable {
  session_id: string;
  episode: number;
  /** The state that the agent is in. */
  agent: number;
  rows: WireTableRow[];
  /** The steps that are possible, as pairs of states; null in a world that is too large to draw as a graph. */
  edges: number[][] | null;
}

/** A state with its action values. */
export interface WireTableRow {
  state: number;
  label: string;
  terminal: boolean;
  q: WireNumber[];
  visits: number;
  /** The optimal value; null while unknown. */
  optimal: WireNumber | null;
}

/** A tile of a world. */
export interface WireTile {
  /** The character. */
  tile: string;
  kind: WireTileKind;
  /** The reward for entering it; of an exit, for leaving it. */
  reward: number;
}

/** How a tile is drawn. */
export type WireTileKind = "wall" | "goal" | "hole" | "cliff" | "teleport" | "start" | "floor";

/** A map by itself. */
export interface WireTiles {
  session_id: string;
  tiles: WireMap[];
}

/** A trial of a sweep. */
export interface WireTrial {
  trial: number;
  world: string;
  learner: string;
  /** The fixed settings that apply and the varied ones, by name. */
  settings: unknown;
  /** Number of its seeds. */
  seeds: number;
  objective: WireNumber | null;
  /** "waiting", "running", "done", "pruned" or "failed". */
  state: string;
  episodes: number;
  /** "tune", or "test" for the best settings on fresh seeds. */
  purpose: string;
  /** The earlier trial with the same settings, whose results these are. */
  same_as: number | null;
  hash: string | null;
  error: string | null;
}

/** A part of the trials of a sweep. */
export interface WireTrials {
  /** Number of trials that have begun, tests included. */
  all: number;
  /** Number of those that test the best settings on fresh seeds. */
  tests: number;
  /** Number of those that the filter lets through. */
  total: number;
  trials: WireTrial[];
}

/** The warnings for a run that could be started. */
export interface WireWarnings {
  warnings: string[];
}

/** The constant data of a run: its world and its initial settings. */
export interface WireWorld {
  name: string;
  width: number;
  height: number;
  actions: string[];
  moves: string;
  learner: string;
  /** Whether the learner is a planner, whose episodes are passes and whose steps are updates of a state. */
  planner: boolean;
  /** Those that have an effect and can change during the run. */
  hyperparameters: WireLearnerSetting[];
  /** As text, because it can exceed JavaScript's integers. */
  seed: string;
  step_limit: number;
  starts: number[];
  /** The tiles that the map can have. A cell is the number of its tile in this list, from 1. */
  tiles: WireTile[];
  states: number;
  /** Number of maps, one per mode. In a grid, state = mode × cells + cell. */
  modes: number;
  /** The modes in words; empty if there is one, or too many to choose from. */
  mode_names: string[];
  /** Mode × cells + cell of each state, as little-endian 32-bit integers; null if it is the state's number. */
  places: string | null;
  /** Whether the states have labels of their own. */
  labels: boolean;
  /** Whether the states have no place on a map, so that their cells mean nothing. */
  table: boolean;
  /** Whether the map can be edited: an MDP has none. */
  editable: boolean;
  /** Each the column and row of a cell, and 0 if its right side is closed, 1 if its lower side is. */
  fences: number[][];
}

/** Another machine that trains for a sweep. */
export interface WorkerStatus {
  /** Its machine and process. */
  name: string;
  /** Number of threads that train. */
  threads: number;
  /** Pieces of work that it finishes in a second. */
  trials_per_second: WireNumber;
  /** Seconds since its last sign of life. */
  silent: WireNumber;
  /** How often it lost its connection. */
  restarts: number;
  /** Seconds that it was without one. */
  lost: WireNumber;
  /** Whether its work was given to others. */
  is_gone: boolean;
}
