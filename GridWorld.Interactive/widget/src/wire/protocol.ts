import type { Diagnostics, WireAxisMark, WireCurve, WireEpisodes, WireEvent, WireFrame, WireMap, WireNumber, WirePath, WireStatus,
  WireWorld } from "./messages";

export type * from "./messages";

/** A frame: what has changed since the one before, or a whole view. */
export interface Frame extends WireFrame {
  status?: WireStatus;
  world?: WireWorld;
  diagnostics?: Diagnostics;
  metrics?: WireCurve;
  lengths?: WireCurve;
  axis?: WireAxisMark[];
  episodes?: WireEpisodes;
  events?: WireEvent[];
  map?: WireMap;
  path?: WirePath;
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
  /** Without a mode: the agent's. */
  map: { layer: string; x: number; y: number; width: number; height: number; mode?: number } | null;
}

export const protocolVersion = 1;

export function toNumber(value: WireNumber | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  return typeof value === "number" ? value : Number(value);
}

/** Whether a message has the members that every frame must have; all others are optional. */
export function isFrame(message: unknown): message is Frame {
  if (typeof message !== "object" || message === null) return false;
  const f = message as Record<string, unknown>;
  return f.v === protocolVersion && typeof f.session_id === "string" && Number.isSafeInteger(f.seq)
    && (f.base === null || f.base === undefined || Number.isSafeInteger(f.base));
}
