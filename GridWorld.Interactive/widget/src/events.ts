import { card, setAttribute } from "./dom";
import { words } from "./event-words";
import { clock, count } from "./format";
import type { Actions, Moment, Panel } from "./panel";
import type { RunEvent } from "./protocol";
import { createRows } from "./rows";

/** Everything that was done to the run, the newest on top. */
export function createEvents(actions: Actions): Panel & { focus: () => void } {
  const element = card("Events", "events-card");
  const rows = createRows("Events of the run", "events", [
    { title: "Episode", kind: "first" }, { title: "Event", kind: "words" }, { title: "Time", kind: "number last" },
  ], "Nothing has happened yet.", actions.redraw);
  element.append(rows.element);

  function draw({ run }: Moment): void {
    const list = run.events;
    setAttribute(rows.element, "data-newest", String(list[list.length - 1]?.seq ?? 0));
    rows.draw(list, list.length, list.length, i => {
      const e = list[list.length - 1 - i] as RunEvent;
      return { key: String(e.seq), texts: [count(e.episode), words(e), clock(e.timestamp)] };
    });
  }
  return {
    element, draw,
    focus: () => {
      rows.element.scrollIntoView({ block: "nearest" });
      rows.element.focus();
    },
    dispose: rows.dispose,
  };
}
