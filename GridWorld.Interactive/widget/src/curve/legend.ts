import { settledWords, type Range } from "./range";
import { button, el, setAttribute, setHidden, setText } from "../kit/dom";
import { glance, none, plural, short } from "../kit/format";

export interface LegendWords {
  planner: boolean;
  /** Whether the curve shows the gap to the optimum instead of the return. */
  gap: boolean;
  /** Episodes of the moving average; null if none is drawn. */
  window: number | null;
  optimum: number | null;
  discount: number | null;
  /** The mean return of the last 100 episodes, null before there are 100; a planner's last value. */
  recent: number | null;
  limits: Range;
  extent: "settled" | "all";
  /** What each point stands for, and what else is to be said. */
  note: string;
  events: string;
}

/** What the curve's parts mean, for the reader of the page. */
export const curveHelp: readonly (readonly [string, string])[] = [
  ["Range of the curve", settledWords],
  ["Bands", "The dark one is the mean ± the standard deviation of single episodes, the light one their range. "
    + "The more of the picture a band takes, the fainter it is."],
  ["γ-optimal policy’s expected return",
    "The exact expected undiscounted return, under the step limit, of the policy that is optimal for the "
    + "discount factor γ. If γ < 1, that policy maximizes the discounted return, so another can return more: a learner can be above "
    + "the line. The optimum next to the greedy value is discounted."],
];

/** The keys of the curve, and a line each on its points and on what lies outside. */
export function createLegend(extend: (to: "settled" | "all") => void): { elements: HTMLElement[]; say: (words: LegendWords) => void } {
  const key = (kind: string, ...text: (Node | string)[]): HTMLElement => el("span", {}, el("i", { class: `key ${kind}` }), ...text);
  const steady = (): HTMLElement => el("span", { class: "steady" });
  const optimumWords = el("span"), optimumValue = steady(), gapWords = el("span"), gapValue = steady(), window = steady();
  const optimumKey = key("optimum", optimumWords, optimumValue), gapKey = el("span", { testid: "curve-gap" }, gapWords, gapValue),
    averageKey = key("average", "mean of the last ", window);
  const spreadKeys = [key("deviation", "± std"), key("band", "min–max")];
  for (const comes of [optimumKey, gapKey, averageKey]) comes.classList.add("keeps-room");
  optimumKey.title = curveHelp.at(-1)?.[1] ?? "";
  const note = el("span", { class: "reading", testid: "curve-resolution" }), cut = el("span", { testid: "curve-outside" });
  let target: "settled" | "all" = "all";
  const more = button("", { class: "link", testid: "curve-extent" }, () => extend(target));
  const line = el("div", { class: "cut" }, cut, more);

  function say({ planner, gap, window: length, optimum, discount, recent, limits, extent, note: text, events }: LegendWords): void {
    setText(note, text);
    for (const spread of spreadKeys) setHidden(spread, planner);
    setText(window, short(length ?? 0));
    setHidden(averageKey, length === null);
    setHidden(optimumKey, optimum === null);
    setText(optimumWords, planner ? "optimal value " : gap ? "return of the γ-optimal policy" : "γ-optimal policy’s expected return ");
    setText(optimumValue, gap ? "" : glance(optimum));
    setHidden(optimumValue, gap);
    setHidden(gapKey, optimum === null);
    setText(gapWords, planner ? "gap " : "gap, last 100: ");
    const lacks = optimum !== null && recent !== null ? optimum - recent : null;
    setText(gapValue, lacks === null ? none : glance(lacks));
    setText(cut, [...outside(limits, extent), lacks === null || planner ? "" : above(lacks, discount), events].filter(Boolean).join(" · "));
    setAttribute(cut, "title", cut.textContent);
    target = extent === "all" ? "settled" : "all";
    setText(more, target === "all" ? "Show all" : "Show the settled part");
    setHidden(more, planner || extent === "settled" && limits.outside === 0);
  }

  return {
    elements: [
      el("div", { class: "legend" }, key("mean", "mean"), ...spreadKeys, key("change", "change"), key("checkpoint", "checkpoint, pause"),
        averageKey, optimumKey, gapKey),
      el("div", { class: "legend" }, note, line),
    ],
    say,
  };
}

function outside({ lowest, highest, outside }: Range, extent: "settled" | "all"): string[] {
  const ends = [lowest === null ? "" : `down to ${glance(lowest)}`, highest === null ? "" : `up to ${glance(highest)}`].filter(Boolean);
  const what = extent === "settled" ? `${plural(outside, "point")} outside` : "single episodes";
  return ends.length === 0 ? [] : [`${what}, ${ends.join(" and ")}`];
}

/** Why a learner can return more than the optimum: the optimum is that of another measure. */
function above(gap: number, discount: number | null): string {
  return gap < 0 && discount !== null && discount < 1
    ? `above the optimum, which maximizes the return discounted by γ = ${discount}, not this one` : "";
}
