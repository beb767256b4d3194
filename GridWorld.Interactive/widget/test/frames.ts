import type { Frame, RunEvent, WireBucket, WireEpisode } from "../src/wire/protocol";

export const run = "run-a";

export function whole(seq: number, more: Partial<Frame> = {}): Frame {
  return { v: 1, instance: "server-1", session_id: run, seq, base: null, metrics: { from: 1, to: 0, bucket: 10, points: [], reset: true },
    ...more };
}

export function change(seq: number, more: Partial<Frame> = {}): Frame {
  return { v: 1, instance: "server-1", session_id: run, seq, base: seq - 1, ...more };
}

export const bucket = (start: number, end: number,
  mean: number): WireBucket => [start, end, mean - 1, mean + 1, mean, 0.5, end - start + 1];

export const episode = (n: number): WireEpisode => [n, -n, n + 1, 1, 0.1, 0.5, null];

export const event = (seq: number, at = seq, kind = "param_change"): RunEvent => ({ seq, session_id: run, episode: at, event: kind,
  param: "epsilon", old_value: 0.2, new_value: 0.05, timestamp: "2026-05-04T12:00:00Z" });

export function map(values: readonly number[], columns: number, more: Partial<NonNullable<Frame["map"]>> = {}): NonNullable<Frame["map"]> {
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
    ...more,
  };
}
