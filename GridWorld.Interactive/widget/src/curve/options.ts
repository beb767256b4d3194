import { settledWords, type YAxis } from "./range";
import { el, segments, setAttribute, setHidden, setText } from "../kit/dom";
import { count } from "../kit/format";
import { createMenu, option } from "../kit/menu";
import { capital, many, type RunWords } from "../kit/words";
import { xScale, type AxisKind } from "./axis";

export interface CurveOptions {
  axis: AxisKind;
  /** Whether the x axis is symmetric logarithmic. */
  symlog: boolean;
  y: YAxis;
  /** Episodes of the moving average; 0 draws none. */
  smoothing: number;
  measure: "return" | "gap";
}

/** The windows of the moving average, in episodes. */
const windows = [0, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const, usual = windows.indexOf(100);

/** The less common options of the curve, behind a button. `changed` says whether the plots have other axes now. */
export function createCurveOptions(changed: (isAnother: boolean) => void): {
  element: HTMLElement;
  options: CurveOptions;
  offerGap: (known: boolean) => void;
  /** Shows the settled part of the curve or all of it. */
  extend: (to: YAxis["extent"]) => void;
  name: (words: RunWords) => void;
} {
  const options: CurveOptions = { axis: "episodes", symlog: false, y: { extent: "settled", symlog: false }, smoothing: 100,
    measure: "return" };
  const axis = segments("X axis", [["episodes", "Episodes"], ["steps", "Steps"], ["time", "Time"]] as const, "episodes", v => {
    options.axis = v;
    changed(true);
  });
  const scale = xScale("Scale of the x axis", v => {
    options.symlog = v === "log";
    changed(true);
  });
  const extent = segments("Range of the y axis", [["settled", "Settled part"], ["all", "All points"]] as const, "settled", v => extend(v));
  extent.element.title = settledWords;
  const yScale = segments("Scale of the y axis", [["level", "Linear"], ["symlog", "Symlog"]] as const, "level", v => {
    options.y = { ...options.y, symlog: v === "symlog" };
    for (const b of Object.values(extent.buttons)) b.disabled = options.y.symlog;
    changed(true);
  });
  yScale.element.title = "Symlog is linear up to ±1 and logarithmic beyond; it has room for all points.";
  const measure = segments("Measure", [["return", "Return"], ["gap", "Gap to optimal policy"]] as const, "return", v => {
    options.measure = v;
    changed(true);
  });
  const smoothing = el("input", { type: "range", min: 0, max: windows.length - 1, step: 1, value: usual, testid: "curve-smoothing",
      "aria-label": "Episodes of the moving average" }), smoothed = el("output");
  const smooth = (): void => {
    options.smoothing = windows[smoothing.valueAsNumber] ?? 0;
    setText(smoothed, options.smoothing === 0 ? "off" : count(options.smoothing));
    setAttribute(smoothing, "aria-valuetext", smoothed.textContent);
  };
  smooth();
  smoothing.addEventListener("input", () => {
    smooth();
    changed(false);
  });
  const extend = (to: YAxis["extent"]): void => {
    options.y = { ...options.y, extent: to };
    extent.press(to);
    changed(false);
  };
  const gap = option("Show", measure.element);
  return {
    element: createMenu("curve-options", "Options of the curve", gap, option("X axis", axis.element), option("Scale of x", scale.element),
      option("Y axis", extent.element), option("Scale of y", yScale.element),
      option("Moving average, episodes", el("span", { class: "slide" }, smoothing, smoothed))),
    options,
    extend,
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
