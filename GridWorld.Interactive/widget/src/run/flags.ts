import { addChildren, el, setAttribute, setChildren, setText } from "../kit/dom";
import type { DiagnosticFlag } from "../wire/protocol";

const serious = ["diverging", "non_finite"], calm = ["exploring", "greedy_optimal"];

/** A flag's point, which is shown in bold, and what follows it. */
export function parts({ text }: DiagnosticFlag): [string, string] {
  const cut = text.search(/[—,;:.](?![^(]*\))/);
  return cut < 0 ? [text, ""] : [text.slice(0, cut), text.slice(cut)];
}

/** The flags; only their points are said aloud, and only when one is raised or lowered: the numbers change with every batch. */
export function createFlags(): {
  element: HTMLElement;
  draw: (flags: readonly DiagnosticFlag[]) => void;
  /** Keeps the room that the flags have now, whatever flags come, or gives it back. */
  hold: (isHeld: boolean) => void;
} {
  const list = el("div", { class: "flags", testid: "flags" }), aloud = el("p", { class: "aloud", role: "status" });
  let shown = "";
  return {
    element: el("div", {}, list, aloud),
    hold: isHeld => {
      list.style.height = isHeld ? `${list.getBoundingClientRect().height}px` : "";
      setAttribute(list, "tabindex", isHeld ? "0" : null);
    },
    draw: flags => {
      const names = flags.map(f => f.flag).join();
      if (names !== shown || !list.hasChildNodes()) {
        shown = names;
        setChildren(list, ...flags.map(f =>
          el("p", { class: serious.includes(f.flag) ? "flag bad" : calm.includes(f.flag) ? "flag calm" : "flag", "data-flag": f.flag },
            el("b"), el("span"))
        ));
        if (flags.length === 0)
          addChildren(list, el("p", { class: "flag none" }, "No warnings."));
        setText(aloud, flags.map(f =>
          parts(f)[0]
        ).join(". "));
      }
      flags.forEach((f, i) => {
        parts(f).forEach((text, k) => setText(list.children[i]?.children[k] as HTMLElement, text));
      });
    },
  };
}
