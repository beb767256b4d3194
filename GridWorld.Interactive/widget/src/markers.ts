import { tone, type Tone } from "./event-words";
import type { RunEvent } from "./protocol";

/** Events that stand at one place of the curve; near ones share a mark. */
export interface Mark {
  /** Pixels from the left of the plot. */
  left: number;
  tone: Tone;
  events: readonly RunEvent[];
}

const order: readonly Tone[] = ["quiet", "pause", "checkpoint", "change", "error"];

/** More marks than this hide the curve, so they are joined more coarsely. */
const mostMarks = 100;

/**
 * Marks for the events between `from` and `to`, by the pixel place `at` gives. What happens to every run
 * (it starts, it ends) is no mark.
 */
export function marks(events: readonly RunEvent[], from: number, to: number, at: (episode: number) => number, apart = 7): Mark[] {
  const result: { left: number; tone: Tone; events: RunEvent[] }[] = [];
  const shown = events.filter(e => tone(e) !== "quiet" && e.episode >= from && e.episode <= to).sort((a, b) => a.episode - b.episode || a.seq - b.seq);
  for (const e of shown) {
    const left = Math.round(at(e.episode));
    const last = result[result.length - 1];
    if (last && left - last.left < apart) {
      last.events.push(e);
      if (order.indexOf(tone(e)) > order.indexOf(last.tone)) last.tone = tone(e);
    } else result.push({ left, tone: tone(e), events: [e] });
  }
  return result.length > mostMarks ? marks(events, from, to, at, apart * 2) : result;
}
