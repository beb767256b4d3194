import { addChildren, card, el, setAttribute, setText } from "../kit/dom";
import { missing, type createEventList } from "../kit/event-list";
import { words } from "../kit/event-words";
import { clock, count } from "../kit/format";
import type { Actions, Moment, Panel } from "../kit/panel";
import type { WireEvent } from "../wire/protocol";
import { createRows } from "../kit/rows";

/** All events of the run, newest first. */
export function createEvents(actions: Actions, events: ReturnType<typeof createEventList>): Panel & { focus: () => void } {
  const note = el("small", { testid: "events-note" }), element = card("Events", "events-card", note);
  const rows = createRows("Events of the run", "events", [
    { title: "Episode", kind: "first" },
    { title: "Event", kind: "words" },
    { title: "Time", kind: "number last" },
  ], "No events yet.", actions.redraw);
  addChildren(element, rows.element);

  function draw({ run }: Moment): void {
    const list = events.of(run), lacking = missing(list);
    setText(note,
      list.length === 0 ? ""
        : lacking === 0 ? count(list.length) : `the newest ${count(list.length)} of ${count(list.length + lacking)}; the download has all`);
    setAttribute(rows.element, "data-newest", String(list[list.length - 1]?.seq ?? 0));
    rows.draw(list, list.length, list.length, i => {
      const e = list[list.length - 1 - i] as WireEvent;
      return { key: String(e.seq), texts: [count(e.episode), words(e), clock(e.timestamp)] };
    });
  }
  return {
    element,
    draw,
    focus: () => {
      rows.element.scrollIntoView({ block: "nearest" });
      rows.element.focus();
    },
    dispose: rows.dispose,
  };
}
