import { segments, setHidden } from "../kit/dom";
import { createMenu, option } from "../kit/menu";
import { capital, many, type RunWords } from "../kit/words";
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
): { element: HTMLElement; options: CurveOptions; offerGap: (known: boolean) => void; name: (words: RunWords) => void } {
  const options: CurveOptions = { axis: "episodes", logarithmic: false, smoothing: 100, measure: "return" };
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
  const gap = option("Show", measure.element);
  return {
    element: createMenu("curve-options", "Options of the curve", gap, option("X axis", axis.element), option("Scale", scale.element),
      option("Moving average, episodes", smoothing.element)),
    options,
    name: words => {
      axis.name("episodes", capital(many(words.episode)));
      axis.name("steps", capital(many(words.step)));
      measure.name("return", capital(words.value));
    },
    offerGap: known => {
      setHidden(gap, !known);
      if (known || options.measure === "return") return;
      options.measure = "return";
      measure.press("return");
    },
  };
}
