import type { Frame, WireBucket, WireEpisode, WireEvent, WireMap, WireStatus } from "../src/wire/protocol";

export const run = "run-a";

export function whole(seq: number, more: Partial<Frame> = {}): Frame {
  return { v: 1, instance: "server-1", session_id: run, seq, base: null, more: false,
    metrics: { from: 1, to: 0, bucket: 10, points: [], reset: true }, ...more };
}

export function change(seq: number, more: Partial<Frame> = {}): Frame {
  return { v: 1, instance: "server-1", session_id: run, seq, base: seq - 1, more: false, ...more };
}

export const bucket = (start: number, end: number,
  mean: number): WireBucket => [start, end, mean - 1, mean + 1, mean, 0.5, end - start + 1];

export const episode = (n: number): WireEpisode => [n, -n, n + 1, 1, 0.1, 0.5, null];

export const event = (seq: number, at = seq, kind = "param_change"): WireEvent => ({ seq, session_id: run, episode: at, event: kind,
  param: "epsilon", old_value: 0.2, new_value: 0.05, timestamp: "2026-05-04T12:00:00Z" });

export const status = (more: Partial<WireStatus> = {}): WireStatus => ({ run_id: run, session_id: run, name: "n", parent_run_id: null,
  parent_episode: null, state: "completed", episodes: 1200, target_episodes: null, steps: 1, steps_per_second: 1,
  mean_return_last_100: null, greedy_value: null, optimal_value: null, optimal_return: null, optimal_action_share: null,
  truth_episode: null, proper: null, q_checksum: null, epsilon: 0.1, learning_rate: 0.1, discount_factor: 1,
  settings: { learning_rate: 0.1, epsilon: 0.1, discount_factor: 1 }, pace: null, last_event_seq: 1, message: null, can_control: true,
  can_resume: false, can_continue: false, ...more });

export function map(values: readonly number[], columns: number, more: Partial<WireMap> = {}): WireMap {
  const rows = values.length / columns;
  return {
    episode: 1,
    layer: "value",
    x: 0,
    y: 0,
    width: columns,
    height: rows,
    step: 1,
    columns,
    rows,
    data: btoa(String.fromCharCode(...values)),
    bits: 8,
    scale: 0.5,
    offset: -10,
    nan: 255,
    agent: 0,
    mode: 0,
    ...more,
  };
}
