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

/** Why what changes the run is off while an earlier moment is shown. */
export const inPast = "You are looking at the past: go back to now to change the run.";

/**
 * One part of the page. `draw` is called inside an animation frame only; true says that it used up the frame and has more to do in the
 * next.
 */
export interface Panel {
  element: HTMLElement;
  draw: (moment: Moment) => unknown;
  dispose?: () => void;
}

/** What panels may do. */
export interface Actions {
  api: Api;
  feed: Feed;
  /** Asks for an animation frame. */
  redraw: () => void;
  /** The commands that the server has not answered yet. */
  pending: () => readonly Pending[];
  /** Sends a command for the shown run; a refusal is said in the banner and thrown on. */
  command: (verb: string, body?: unknown) => Promise<unknown>;
  /** Says something in the banner until the next command; null takes it back. */
  say: (text: string | null) => void;
  /** Goes on to another run. */
  showRun: (id: string) => void;
  /** Shows an episode in the Agent tab: tells whoever listens which. */
  openEpisode: (episode: number) => void;
  onOpenEpisode: (listener: (episode: number) => void) => void;
  /** Shows the run as it was after an episode; null goes back to the present. */
  travel: (episode: number | null) => void;
  /** Opens the form of a fork that begins after an episode. */
  forkAt: (episode: number) => void;
}
