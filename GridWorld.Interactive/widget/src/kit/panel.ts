import type { Api } from "../wire/api";
import type { Pending } from "../wire/commands";
import type { Feed } from "../wire/feed";
import type { RunData } from "../wire/view-state";

/** What a panel is drawn from, at one moment. */
export interface Moment {
  run: RunData;
  feed: Feed;
  now: number;
}

/** Why commands that change the run are off while an earlier moment is shown. */
export const inPast = "This is an earlier moment. Go back to now to change the run.";

/**
 * One part of the page. `draw` is called inside an animation frame only; true says that it has more to do, in this frame or the next.
 */
export interface Panel {
  element: HTMLElement;
  draw: (moment: Moment) => unknown;
  dispose?: () => void;
}

/** Whether an element is in a panel that was hidden, or on a tab that is not selected. */
export const isPutAway = (element: Element): boolean => element.closest(".put-away, [role=tabpanel][hidden]") !== null;

/** What panels may do. */
export interface Actions {
  api: Api;
  feed: Feed;
  /** Asks for an animation frame. */
  redraw: () => void;
  /** The commands without an answer yet. */
  pending: () => readonly Pending[];
  /** Sends a command for the shown run. The banner shows a refusal, and the refusal is rethrown. */
  command: (verb: string, body?: unknown) => Promise<unknown>;
  /** Shows a text in the banner until the next command; null removes it. */
  say: (text: string | null) => void;
  /** Shows another run. */
  showRun: (id: string) => void;
  /** Shows a sweep or an ensemble instead of the run. */
  showSweep: (id: string) => void;
  /** Shows an episode in the Agent tab, by notifying the listeners. */
  openEpisode: (episode: number) => void;
  onOpenEpisode: (listener: (episode: number) => void) => void;
  /** Shows the run after an episode; null returns to the present. */
  travel: (episode: number | null) => void;
  /** Opens the form for a fork that starts after an episode. */
  forkAt: (episode: number) => void;
}
