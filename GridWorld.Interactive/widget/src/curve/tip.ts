import { describe } from "./data";
import { inner } from "./plot";
import type { Range } from "./range";
import { el, setChildren, setHidden } from "../kit/dom";
import { glance, plural } from "../kit/format";
import { many, type RunWords } from "../kit/words";
import type { Bucket } from "../wire/view-state";
import type uPlot from "uplot";

/** The words under the pointer: one point of the curve, with its steps. */
export function createTip(): {
  element: HTMLElement;
  show: (plot: uPlot, bucket: Bucket | undefined, steps: Bucket | undefined, name: string, width: number, words: RunWords,
    limits: Range
  ) => void;
} {
  const element = el("div", { class: "tip", hidden: true });
  return {
    element,
    show: (plot, bucket, steps, name, width, words, limits) => {
      const left = plot.cursor.left ?? -1;
      setHidden(element, bucket === undefined || left < 0);
      if (!bucket || left < 0) return;
      const one = bucket.count === 1;
      const lines = [describe(bucket, words.episode),
        one ? `${name} ${glance(bucket.mean)}` : `mean ${name} ${glance(bucket.mean)} ± ${glance(bucket.std)}`];
      if (bucket.mean < limits.min) lines.push("↓ below the picture");
      if (bucket.mean > limits.max) lines.push("↑ above the picture");
      if (!one) lines.push(`min ${glance(bucket.min)} · max ${glance(bucket.max)}`);
      if (steps) lines.push(one ? plural(steps.mean, words.step) : `${glance(steps.mean)} ${many(words.step)} on average`);
      setChildren(element, ...lines.map((line, i) => el(i === 0 ? "b" : "span", {}, line)));
      const box = inner(plot), right = left > box.width / 2;
      element.style.left = right ? "" : `${box.left + left + 12}px`;
      element.style.right = right ? `${width - box.left - left + 12}px` : "";
    },
  };
}
