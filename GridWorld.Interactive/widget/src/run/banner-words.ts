import { patience, type Pending } from "../wire/commands";
import type { Connection } from "../wire/feed";
import { count, plural } from "../kit/format";
import type { WireStatus } from "../wire/protocol";

export interface BannerWords {
  kind:
    | "connected"
    | "connecting"
    | "reconnecting"
    | "restarted"
    | "refused"
    | "broken"
    | "unanswered"
    | "failed"
    | "fault"
    | "ended"
    | "said"
    | "past";
  text: string;
  detail: string;
  severe?: boolean;
  /** Whether trying at once makes sense; whether the log has more; whether loading the page again may help. */
  retry?: boolean;
  events?: boolean;
  reload?: boolean;
  /** Whether it can be dismissed. */
  close?: boolean;
  /** Whether it is about work that is being done. */
  busy?: boolean;
}

export interface BannerInput {
  connection: Connection;
  status: WireStatus | null;
  fault: string | null;
  said: string | null;
  /** What cannot be drawn, in words. */
  broken: { text: string; detail: string } | null;
  pending: readonly Pending[];
  /** Texts that were dismissed. */
  dismissed: ReadonlySet<string>;
  /** Whether anything was ever shown. */
  seen: boolean;
  /** The moment that is shown, null for the present, and the episodes there are. */
  at: number | null;
  total: number;
  /** The moment that the server computes; null for the present, undefined for none. */
  going: number | null | undefined;
  now: number;
}

/** The banner's text: the most severe message that was not dismissed. */
export function bannerWords(input: BannerInput): BannerWords {
  return candidates(input).find(w => w.close !== true || !input.dismissed.has(w.text))
    ?? { kind: "connected", text: "Connected", detail: "" };
}

function candidates({ connection, status, fault, said, broken, pending, seen, at, total, going, now }: BannerInput): BannerWords[] {
  const lost = disconnected(connection, seen, now);
  if (lost) return [lost];
  const list: BannerWords[] = [], late = pending.find(p => now - p.since >= patience);
  if (broken) list.push({ kind: "broken", severe: true, reload: true, events: true, close: true, ...broken });
  if (late)
    list.push({ kind: "unanswered",
      text: `The server has not answered yet: ${verbs[late.verb] ?? "a command"} was sent ${
        plural(Math.floor((now - late.since) / 1000), "second")
      } ago.`, detail: "" });
  // Before anything is shown, the first screen says it.
  if (fault !== null && seen) list.push({ kind: "fault", severe: true, close: true, text: fault, detail: "" });
  if (said !== null) list.push({ kind: "said", severe: true, close: true, text: said, detail: "" });
  if (going !== undefined)
    list.push({ kind: "past", busy: true, detail: "",
      text: going === null ? "Going back to now…" : `Going to episode ${count(going)} of ${count(total)}…` });
  else if (at !== null)
    list.push({ kind: "past", text: `Episode ${count(at)} of ${count(total)}`,
      detail: "as it was then. Commands that change the run are off; Esc leads back." });
  else if (status) list.push(...ended(status));
  return list;
}

const verbs: Readonly<Record<string, string>> = {
  pause: "Pause",
  resume: "Resume",
  stop: "Stop",
  continue: "Continue",
  pace: "the pace",
  hyperparameters: "the change",
  checkpoints: "the checkpoint",
  fork: "the fork",
  replay: "the recording",
};

function disconnected(connection: Connection, seen: boolean, now: number): BannerWords | null {
  const cached = "You're viewing cached data; waiting to reconnect to the server";
  switch (connection.kind) {
    case "refused":
      return connection.restarted
        ? { kind: "restarted", severe: true, retry: true, text: "The server was restarted: open the new link.",
          detail: "Each start of the server has a new secret link; this page still shows the last view of the old one." }
        : { kind: "refused", severe: true, retry: true, text: "The server does not accept this link.",
          detail: "Open the link that the notebook or the command line printed last; a server that was restarted has a new one." };
    case "waiting": {
      const seconds = Math.max(1, Math.ceil((connection.until - now) / 1000));
      return { kind: "reconnecting", severe: true, retry: true, detail: `Reconnecting in ${seconds} s.`,
        text: seen ? cached : "The server cannot be reached; waiting to connect" };
    }
    case "connecting":
      return seen ? { kind: "reconnecting", severe: true, text: cached, detail: "Reconnecting now." }
        : { kind: "connecting", text: "Connecting…", detail: "" };
    default:
      return null;
  }
}

function ended({ state, episodes, message }: WireStatus): BannerWords[] {
  const detail = message ?? "", after = plural(episodes, "episode");
  switch (state) {
    case "failed":
      return [{ kind: "failed", severe: true, events: true, close: true, text: `Training stopped: ${message ?? "an error"}`, detail: "" }];
    case "interrupted":
      return [{ kind: "ended", events: true, close: true, text: `Run interrupted after ${after}: its process ended.`, detail }];
    case "completed":
    case "stopped":
      return [{ kind: "ended", close: true, text: `Run ended: ${state} after ${after}.`, detail }];
    default:
      return [];
  }
}
