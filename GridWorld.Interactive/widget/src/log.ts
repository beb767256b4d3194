import { card, el, setAttribute, setText } from "./dom";
import { count, exact, glance } from "./format";
import type { Actions, Moment, Panel } from "./panel";
import { createRows } from "./rows";
import type { EpisodeRow } from "./view-state";

/** The last episodes, one a row, the newest on top: the numbers that the curve is made of. */
export function createLog(actions: Actions): Panel {
  const note = el("small");
  const element = card("Episodes", "log-card", note);
  const rows = createRows("Last episodes", "log", [
    { title: "Episode", kind: "first" }, { title: "Return", kind: "number" }, { title: "Steps", kind: "number" },
    { title: "Epsilon", kind: "number" }, { title: "Learning rate", kind: "number roomy" }, { title: "Mean Q", kind: "number" },
    { title: "End", kind: "number last" },
  ], "No episode has ended yet.", actions.redraw);
  element.append(rows.element);

  function draw({ run }: Moment): void {
    const list = run.episodes;
    const newest = list[list.length - 1]?.episode ?? 0;
    setText(note, list.length === 0 ? "" : list.length < newest ? `the last ${count(list.length)} of ${count(newest)}` : "all of them");
    setAttribute(rows.element, "data-newest", String(newest));
    rows.draw(list, list.length, newest, i => {
      const e = list[list.length - 1 - i] as EpisodeRow;
      return { key: String(e.episode), texts: [count(e.episode), glance(e.return), count(e.length), exact(e.epsilon), exact(e.learningRate), glance(e.meanQ), e.terminated ? "terminated" : "truncated"] };
    });
  }
  return { element, draw, dispose: rows.dispose };
}
