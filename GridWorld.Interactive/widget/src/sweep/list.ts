import { addChildren, card, el, setHidden, setText } from "../kit/dom";
import { count, none, plural } from "../kit/format";
import type { Moment, Panel } from "../kit/panel";
import { createRows } from "../kit/rows";
import { day } from "../table/fields";
import type { Sweeps } from "../wire/sweeps";
import type { WireSweep } from "../wire/protocol";
import { sized } from "../kit/size";

/** How far it has come, in words. */
const progress = (s: WireSweep): string => (s.kind === "ensemble" ? none : `${count(s.ended)} of ${count(s.trials)}`);

/** The sweeps and ensembles of the server. A click shows one. */
export function createSweepList(sweeps: Sweeps, redraw: () => void, show: (id: string) => void): Panel {
  const note = el("small"), element = card("Sweeps and ensembles", "sweeps-card", note);
  const rows = createRows("Sweeps and ensembles", "sweep-list", [
    { title: "Name", kind: "words" },
    { title: "Kind", kind: "number roomy" },
    { title: "State", kind: "number" },
    { title: "Trials ended", kind: "number" },
    { title: "Learner", kind: "number roomy wide" },
    { title: "World", kind: "number roomy wide" },
    { title: "Began", kind: "number roomy wide" },
  ], "There are no sweeps.", redraw, id => {
    if (sweeps.list().some(s => s.sweep_id === id && s.error === null)) show(id);
  });
  addChildren(element, rows.element);
  element.hidden = true;
  return {
    element,
    draw: ({ feed, now }: Moment) => {
      if (feed.connection.kind === "live") sweeps.look(now);
      const list = sweeps.list();
      setHidden(element, list.length === 0);
      if (list.length === 0) return;
      setText(note, plural(list.length, "file"));
      // No taller than it has rows.
      rows.element.style.height = `${Math.min(sized(246), sized(34) + sized(24) * list.length)}px`;
      rows.draw(list, list.length, 0, at => {
        const s = list[at] as WireSweep;
        return { key: s.sweep_id,
          texts: [s.error === null ? s.name || s.sweep_id : `${s.sweep_id}: ${s.error}`, s.kind, s.error === null ? s.state : "damaged",
            progress(s), s.learner, s.world, s.created > 0 ? day(s.created) : none] };
      });
    },
    dispose: rows.dispose,
  };
}
