import { tone, type Tone } from "../kit/event-words";
import type { WireEvent } from "../wire/protocol";

/** Events that stand at one place of the curve; near ones share a mark. */
export interface Mark {
  /** Pixels from the left of the plot. */
  left: number;
  tone: Tone;
  events: readonly WireEvent[];
}

const order: readonly Tone[] = ["quiet", "pause", "checkpoint", "change", "error"];

/** More marks than this hide the curve. */
export const mostMarks = 100;

/**
 * Marks for the events between `from` and `to`, by the pixel place `at` gives. Events nearer than `apart` pixels share a mark, and so do
 * more where there would be too many marks. An event without a finite place (the plot has no scale before it is drawn) has no mark, nor has
 * what happens to every run: it starts, it ends.
 */
export function marks(events: readonly WireEvent[], from: number, to: number, at: (episode: number) => number, apart = 7): Mark[] {
  const placed = events.filter(e => tone(e) !== "quiet" && e.episode >= from && e.episode <= to).sort((a, b) =>
    a.episode - b.episode || a.seq - b.seq
  )
    .map(event => ({ event, left: Math.round(at(event.episode)) })).filter(p => Number.isFinite(p.left));
  const first = placed[0]?.left ?? 0, last = placed[placed.length - 1]?.left ?? 0,
    least = Math.max(apart, (last - first) / (mostMarks - 1));
  const result: { left: number; tone: Tone; events: WireEvent[] }[] = [];
  for (const { event, left } of placed) {
    const mark = result[result.length - 1];
    if (mark && left - mark.left < least) {
      mark.events.push(event);
      if (order.indexOf(tone(event)) > order.indexOf(mark.tone)) mark.tone = tone(event);
    } else result.push({ left, tone: tone(event), events: [event] });
  }
  return result;
}

/** The words next to a mark: what a single change was, or how many events several are; nothing for a single event of another kind. */
export function label(mark: Mark, words: (event: WireEvent) => string): string {
  const [event, ...more] = mark.events;
  if (more.length > 0) return `${mark.events.length} events`;
  return event && mark.tone === "change" ? words(event) : "";
}
