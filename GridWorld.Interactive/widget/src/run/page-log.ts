import { el, setAttribute, setHidden } from "../kit/dom";
import { clock } from "../kit/format";
import type { Failures } from "../kit/painter";
import type { Panel } from "../kit/panel";

/** The errors of the page itself. */
export interface PageLog {
  element: HTMLElement;
  /** The panels that cannot be drawn, in words; null while all can. */
  said: () => { text: string; detail: string } | null;
  /** To be called after each pass over the panels. */
  failed: (failures: Failures) => void;
}

const mostKept = 20;

/** Keeps what panels threw: each error once, for the console, for the Events tab and for the banner. */
export function createPageLog(redraw: () => void): PageLog {
  const list = el("ol", { testid: "page-errors-list" });
  const element = el("details", { class: "card page-errors", testid: "page-errors", "data-rows": 0, hidden: true },
    el("summary", {}, "Errors on this page"), list);
  let known: ReadonlyMap<string, string> = new Map();

  function add(panel: string, error: unknown): void {
    console.error(`The ${panel} panel could not be drawn.`, error);
    const details = error instanceof Error ? error.stack ?? String(error) : String(error);
    list.insertBefore(el("li", {}, `${clock(new Date().toISOString())} `, el("b", {}, panel), el("pre", {}, details.slice(0, 1000))),
      list.firstChild);
    while (list.childElementCount > mostKept) list.lastElementChild?.remove();
    setAttribute(element, "data-rows", String(list.childElementCount));
    setHidden(element, false);
  }

  return {
    element,
    said: () => {
      if (known.size === 0) return null;
      const panels = [...known.keys()];
      return { text: `The ${panels.join(", ")} panel${panels.length > 1 ? "s" : ""} could not be drawn.`,
        detail: [...new Set(known.values()), "Training is not affected."].join(" ") };
    },
    failed: failures => {
      const before = known;
      known = new Map([...failures].map(([panel, error]) => [nameOf(panel), String(error)]));
      // A panel that throws in every pass is told once: its message may differ each time.
      for (const [panel, error] of failures) if (!before.has(nameOf(panel))) add(nameOf(panel), error);
      if ([...before.keys()].join() !== [...known.keys()].join()) redraw();
    },
  };
}

const nameOf = ({ element }: Panel): string => element.getAttribute("aria-label") ?? element.dataset.testid ?? element.className;
