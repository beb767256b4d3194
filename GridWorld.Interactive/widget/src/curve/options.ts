import { el, segments, setHidden } from "../kit/dom";
import type { AxisKind } from "./axis";

export interface CurveOptions {
  axis: AxisKind;
  logarithmic: boolean;
  /** Episodes of the moving average; 0 draws none. */
  smoothing: number;
  measure: "return" | "gap";
}

/** The less common options of the curve, behind a button. */
export function createCurveOptions(
  changed: () => void,
): { element: HTMLElement; options: CurveOptions; offerGap: (known: boolean) => void } {
  const options: CurveOptions = { axis: "episodes", logarithmic: false, smoothing: 100, measure: "return" };
  const row = (label: string, choices: HTMLElement): HTMLElement => el("div", { class: "option" }, el("span", {}, label), choices);
  const axis = segments("X axis", [["episodes", "Episodes"], ["steps", "Steps"], ["time", "Time"]] as const, "episodes", v => {
    options.axis = v;
    changed();
  });
  const scale = segments("Scale of the x axis", [["linear", "Linear"], ["log", "Log"]] as const, "linear", v => {
    options.logarithmic = v === "log";
    changed();
  });
  const smoothing = segments("Moving average over", [["0", "Off"], ["10", "10"], ["100", "100"], ["1000", "1000"]] as const, "100", v => {
    options.smoothing = Number(v);
    changed();
  });
  const measure = segments("Measure", [["return", "Return"], ["gap", "Gap to optimal policy"]] as const, "return", v => {
    options.measure = v;
    changed();
  });
  const gap = row("Show", measure.element);
  const menu = el("div", { class: "menu options", id: "gw-curve-options", popover: "auto", testid: "curve-options", role: "group",
    "aria-label": "Options of the curve" }, gap, row("X axis", axis.element), row("Scale", scale.element),
    row("Moving average, episodes", smoothing.element));
  const open = el("button", { type: "button", class: "small", popovertarget: "gw-curve-options", testid: "curve-options-button",
    "aria-label": "Options of the curve", title: "Options of the curve" }, "⋯");
  menu.addEventListener("toggle", () => {
    const at = open.getBoundingClientRect();
    menu.style.top = `${at.bottom + 6}px`;
    menu.style.right = `${
      Math.max(8, Math.min(document.documentElement.clientWidth - at.right, document.documentElement.clientWidth - menu.offsetWidth - 8))
    }px`;
  });
  return {
    element: el("span", { class: "files" }, open, menu),
    options,
    offerGap: known => {
      setHidden(gap, !known);
      if (known || options.measure === "return") return;
      options.measure = "return";
      measure.press("return");
    },
  };
}
