import { count, exact } from "./format";
import { isolated } from "./names";
import { capital } from "./words";
import type { WireEvent } from "../wire/protocol";

const kinds: Record<string, string> = {
  run_started: "Run started",
  checkpoint: "Checkpoint",
  paused: "Paused",
  resumed: "Resumed",
  stopped: "Stopped",
  completed: "Completed",
  training_error: "Training error",
  run_interrupted: "Interrupted",
  run_resumed: "Run resumed",
  store_error: "Store error",
  store_recovered: "Store recovered",
  continued: "Continued",
  forked: "Forked",
};

export type Tone = "change" | "checkpoint" | "pause" | "error" | "quiet";

export function tone(event: WireEvent): Tone {
  switch (event.event) {
    case "param_change":
    case "reward_change":
      return "change";
    case "checkpoint":
      return "checkpoint";
    case "paused":
    case "resumed":
    case "stopped":
    case "run_interrupted":
      return "pause";
    case "training_error":
    case "store_error":
      return "error";
    default:
      return "quiet";
  }
}

/** A hyperparameter's value; a schedule is described by its parameters. */
export function value(v: unknown): string {
  if (typeof v === "number") return exact(v);
  if (typeof v === "string") return v;
  if (v === null || v === undefined) return "none";
  if (typeof v === "object" && "schedule" in v) {
    const s = v as { schedule: unknown; from?: unknown; to?: unknown; start?: unknown; unit?: unknown };
    return `${String(s.schedule)} schedule${s.from === undefined ? "" : ` from ${value(s.from)}`}${
      s.to === undefined ? "" : ` to ${value(s.to)}`
    }${
      typeof s.start === "number" && s.start > 0 ? `, counted from ${String(s.unit) === "steps" ? "step" : "episode"} ${value(s.start)}`
        : ""
    }`;
  }
  return JSON.stringify(v);
}

/** What happened: "Epsilon 0.2 → 0.05". */
export function words(event: WireEvent): string {
  if (event.event === "param_change" || event.event === "reward_change") {
    const name = (event.param ?? "setting").replace(/^reward\((\d+),(\d+)\)$/, "reward of ($1, $2)").replaceAll("_", " ");
    return `${capital(name)} ${value(event.old_value)} → ${value(event.new_value)}`;
  }
  if (event.event === "continued" && typeof event.new_value === "number") return `Continued to ${count(event.new_value)} episodes`;
  // A change of an abandoned course tells by itself what it was and why it no longer counts.
  if (event.event === "dropped" && event.message) return capital(event.message);
  const kind = kinds[event.event] ?? event.event.replaceAll("_", " ");
  const name = event.event === "checkpoint" && typeof event.new_value === "string" ? event.new_value : null;
  const detail = event.message ?? (name === null ? null : isolated(name));
  return detail ? `${kind}: ${detail}` : kind;
}

/** When an event happened. Commands take effect after their event's episode. */
export function place(event: WireEvent): string {
  return event.episode === 0 ? "before the first episode" : `after episode ${count(event.episode)}`;
}
