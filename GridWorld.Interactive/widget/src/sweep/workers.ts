import { addChildren, card, el, setChildren, setHidden } from "../kit/dom";
import { count, duration, glance, none } from "../kit/format";
import { visible } from "../kit/names";
import { toNumber, type WireSweepPart, type WorkerStatus } from "../wire/protocol";

/** Seconds after which a worker that has said nothing is called silent. */
const quietAfter = 3;

function standing({ is_gone: isGone, silent }: WorkerStatus): string {
  const seconds = toNumber(silent) ?? 0;
  return isGone ? "gone" : seconds > quietAfter ? `silent for ${duration(seconds)}` : "training";
}

/** The other machines that train for a sweep; hidden where there are none. */
export function createWorkers(): { element: HTMLElement; draw: (part: WireSweepPart) => void } {
  const body = el("tbody"), element = card("Workers", "workers-card");
  addChildren(element,
    el("div", { class: "scroll" },
      el("table", { class: "list", testid: "workers" },
        el("thead", {},
          el("tr", {}, ...["Worker", "Threads", "Trials a second", "State", "Lost to restarts"].map(t => el("th", { scope: "col" }, t)))),
        body)));
  return {
    element,
    draw: ({ workers }) => {
      setHidden(element, workers.length === 0);
      setChildren(body,
        ...workers.map(w =>
          el("tr", {}, el("td", {}, visible(w.name)), el("td", {}, count(w.threads)), el("td", {}, glance(toNumber(w.trials_per_second))),
            el("td", {}, standing(w)), el("td", {}, w.restarts === 0 ? none : `${duration(toNumber(w.lost) ?? 0)} in ${count(w.restarts)}`))
        ));
    },
  };
}
