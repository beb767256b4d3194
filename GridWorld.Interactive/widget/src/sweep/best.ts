import { addChildren, button, card, el, setChildren, setHidden } from "../kit/dom";
import { glance, none } from "../kit/format";
import { toNumber, type WireSweepPart } from "../wire/protocol";
import { intervalWords } from "./facts";
import { settingsWords } from "./trials";

/** The best settings of each world and learner, and how they did on fresh seeds. */
export function createBest(select: (trial: number) => void): { element: HTMLElement; draw: (part: WireSweepPart) => void } {
  const body = el("tbody"), element = card("Best settings", "best-card");
  addChildren(element,
    el("div", { class: "scroll" },
      el("table", { class: "list", testid: "best" },
        el("thead", {},
          el("tr", {},
            ...["World", "Trial", "Learner", "Settings", "Objective", "On fresh seeds", "95 % interval"].map(t =>
              el("th", { scope: "col" }, t)
            ))), body)),
    el("p", { class: "quiet" },
      "The best trial is too good: it was chosen by the seeds that scored it. The fresh seeds were not used to choose it."));
  let drawn = "";
  return {
    element,
    draw: ({ best }) => {
      setHidden(element, best.length === 0);
      const key = JSON.stringify(best);
      if (key === drawn) return;
      drawn = key;
      setChildren(body,
        ...best.map(b =>
          el("tr", {}, el("td", {}, b.world),
            el("td", {}, button(String(b.trial), { "data-trial": b.trial, "aria-label": `Trial ${b.trial}` }, () => select(b.trial))),
            el("td", {}, b.learner), el("td", { title: settingsWords(b) }, settingsWords(b)), el("td", {}, glance(toNumber(b.objective))),
            el("td", {}, b.test_objective === null ? "not yet" : glance(toNumber(b.test_objective))),
            el("td", {}, intervalWords(toNumber(b.low), toNumber(b.high)) || none))
        ));
    },
  };
}
