import type { Connection } from "./feed";
import { count, plural } from "./format";
import type { Status } from "./protocol";

export interface BannerWords {
  kind: "connected" | "connecting" | "reconnecting" | "restarted" | "refused" | "failed" | "fault" | "ended" | "said" | "past";
  text: string;
  detail: string;
  severe: boolean;
  /** Whether trying at once makes sense; whether the log has more. */
  retry: boolean;
  events: boolean;
  /** Whether an earlier moment is shown, which can be left. */
  past?: boolean;
}

export interface BannerInput {
  connection: Connection;
  status: Status | null;
  fault: string | null;
  said: string | null;
  /** Whether anything was ever shown. */
  seen: boolean;
  /** The moment that is shown, null for the present, and the episodes there are. */
  at: number | null;
  total: number;
  now: number;
}

/** What the banner says; the gravest thing first. */
export function bannerWords({ connection, status, fault, said, seen, at, total, now }: BannerInput): BannerWords {
  const plain = { detail: "", severe: false, retry: false, events: false };
  if (connection.kind === "refused")
    return connection.restarted
      ? { ...plain, kind: "restarted", severe: true, text: "The server was restarted: open the new link.", detail: "Each start of the server has a new secret link; this page still shows the last view of the old one.", retry: true }
      : { ...plain, kind: "refused", severe: true, text: "The server does not accept this link.", detail: "Open the link that the notebook or the command line printed last; a server that was restarted has a new one.", retry: true };
  if (connection.kind === "waiting") {
    const seconds = Math.max(1, Math.ceil((connection.until - now) / 1000));
    return {
      ...plain, kind: "reconnecting", severe: true, retry: true, detail: `Reconnecting in ${seconds} s.`,
      text: seen ? "You're viewing cached data; waiting to reconnect to the server" : "The server cannot be reached; waiting to connect",
    };
  }
  if (connection.kind === "connecting" && seen) return { ...plain, kind: "reconnecting", severe: true, text: "You're viewing cached data; waiting to reconnect to the server", detail: "Reconnecting now." };
  if (connection.kind === "connecting") return { ...plain, kind: "connecting", text: "Connecting…" };
  if (fault !== null) return { ...plain, kind: "fault", severe: true, text: fault };
  if (said !== null) return { ...plain, kind: "said", severe: true, text: said };
  if (at !== null) return { ...plain, kind: "past", past: true, text: `Episode ${count(at)} of ${count(total)}`, detail: "You are looking at the run as it was then." };
  if (status?.state === "failed") return { ...plain, kind: "failed", severe: true, text: `Training stopped: ${status.message ?? "an error"}`, events: true };
  if (status?.state === "interrupted") return { ...plain, kind: "ended", text: `Run interrupted after ${plural(status.episodes, "episode")}: its process ended.`, detail: status.message ?? "", events: true };
  if (status?.state === "completed" || status?.state === "stopped") return { ...plain, kind: "ended", text: `Run ended: ${status.state} after ${plural(status.episodes, "episode")}.`, detail: status.message ?? "" };
  return { ...plain, kind: "connected", text: "Connected" };
}
