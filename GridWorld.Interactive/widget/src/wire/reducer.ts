import type { Frame } from "./protocol";
import { mergeCurve, mergeEpisodes, mergeEvents } from "./series";
import { lay } from "./tiles";
import { emptyRun, type Dropped, type RunData, type ViewState } from "./view-state";

/** "awaiting": the frame belongs to an outdated view; the complete new view is on its way. */
export type Outcome = "applied" | "awaiting" | keyof Dropped;

export interface Reduced {
  state: ViewState;
  outcome: Outcome;
}

/**
 * The view after one more frame. Frames of another run, repeated ones and such as build on a frame that was
 * never seen change nothing but a counter; after a gap only a whole view is taken.
 * `run` is the run that was asked for; null takes the one the server shows.
 */
export function reduce(state: ViewState, frame: Frame, run: string | null): Reduced {
  const whole = (frame.base ?? null) === null;
  const holds = state.building ?? state.shown;
  const foreign = whole ? run !== null && frame.session_id !== run : !state.awaitsWhole && frame.session_id !== holds.sessionId;
  if (foreign) return drop(state, "foreign");
  if (frame.seq <= state.seq) return drop(state, "repeated");
  if (!whole && state.awaitsWhole) return { state, outcome: "awaiting" };
  if (!whole && frame.base !== state.seq) return drop(asked(state), "gaps");

  let next: RunData;
  try {
    next = apply(whole ? emptyRun(frame.session_id, frame.instance) : holds, frame);
  } catch {
    return drop(asked(state), "faulty");
  }
  const more = frame.more;
  return {
    outcome: "applied",
    state: { ...state, seq: frame.seq, awaitsWhole: false, shown: more ? state.shown : next, building: more ? next : null },
  };
}

/** A new connection counts its frames from the start; what is shown stays until the whole view is here. */
export function reconnected(state: ViewState): ViewState {
  return { ...state, seq: 0, awaitsWhole: true, building: null };
}

/** Another view was asked for: what still arrives of the last one is not wanted, its numbers continue. */
export function asked(state: ViewState): ViewState {
  return { ...state, awaitsWhole: true, building: null };
}

function drop(state: ViewState, reason: keyof Dropped): Reduced {
  return { outcome: reason, state: { ...state, dropped: { ...state.dropped, [reason]: state.dropped[reason] + 1 } } };
}

function apply(run: RunData, frame: Frame): RunData {
  const next = { ...run, instance: frame.instance, at: frame.at ?? null };
  if (frame.status) next.status = frame.status;
  if (frame.world) next.world = frame.world;
  if (frame.diagnostics) next.diagnostics = frame.diagnostics;
  if (frame.metrics) next.metrics = mergeCurve(run.metrics, frame.metrics);
  if (frame.lengths) next.lengths = mergeCurve(run.lengths, frame.lengths);
  if (frame.axis) next.axis = frame.axis.map(([episode, steps, seconds]) => ({ episode, steps, seconds }));
  if (frame.episodes) next.episodes = mergeEpisodes(run.episodes, frame.episodes.rows);
  if (frame.events) next.events = mergeEvents(run.events, frame.events, frame.session_id);
  if (frame.path) next.path = frame.path;
  if (frame.map) {
    next.tiles = lay(run.tiles, frame.map);
    next.agent = frame.map.agent;
  }
  return next;
}
