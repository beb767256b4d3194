import { addChildren, button, card, el, setAttribute, setChildren, setText } from "../kit/dom";
import { count, glance, plural } from "../kit/format";
import { createNewer } from "../wire/latest";
import { toNumber, type WireHistogram } from "../wire/protocol";

export interface Bar {
  low: number;
  high: number;
  count: number;
  isFirst: boolean;
  isLast: boolean;
}

/** The values of a bar in words. The first and the last one hold all that lies beyond. */
export function barWords({ low, high, isFirst, isLast }: Bar): string {
  return isFirst && isLast ? `${glance(low)} to ${glance(high)}`
    : isFirst ? `below ${glance(high)}` : isLast ? `${glance(low)} and more` : `${glance(low)} to ${glance(high)}`;
}

/** The filter that lets through what a bar holds. */
export function barFilter({ low, high, isFirst, isLast }: Bar): string {
  return [isFirst ? "" : `return >= ${low}`, isLast ? "" : `return < ${high}`].filter(Boolean).join(" ");
}

export const readBars = (answer: WireHistogram): Bar[] =>
  answer.bars.map((b, i) => ({ low: toNumber(b.low) ?? 0, high: toNumber(b.high) ?? 0, count: b.count, isFirst: i === 0,
    isLast: i === answer.bars.length - 1 })
  );

export interface Histogram {
  element: HTMLElement;
  /** Asks again. */
  renew: () => void;
}

/** How often returns occur. A click on a bar chooses what it holds; the same bar again, everything. */
export function createHistogram(title: string, one: string, load: () => Promise<WireHistogram>,
  choose: (bar: Bar | null) => void): Histogram
{
  const note = el("small", { testid: "histogram-note" }), element = card(title, "histogram-card", note);
  const bars = el("div", { class: "histogram", testid: "histogram", role: "group", "aria-label": title, "data-bars": 0 });
  const ends = el("div", { class: "histogram-ends" }, el("span"), el("span")),
    empty = el("p", { class: "quiet", hidden: true }, "Nothing has ended yet.");
  addChildren(element, bars, ends, empty);
  const newer = createNewer();
  let chosen: string | null = null, drawn = "";

  function draw(answer: WireHistogram): void {
    const list = readBars(answer), most = list.reduce((m, b) => Math.max(m, b.count), 1), all = list.reduce((n, b) => n + b.count, 0);
    const key = JSON.stringify(answer);
    if (key === drawn) return;
    drawn = key;
    empty.hidden = list.length > 0;
    setText(note, all === 0 ? "" : `${plural(all, one)}${answer.first > 1 ? `, from ${count(answer.first)} on` : ""}`);
    setAttribute(bars, "data-bars", String(list.length));
    const focused = bars.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.bar : undefined;
    setChildren(bars, ...list.map((bar, i) => {
      const words = `${barWords(bar)}: ${plural(bar.count, one)}`, fill = el("i");
      fill.style.height = `${bar.count === 0 ? 0 : Math.max(1, (100 * bar.count) / most)}%`;
      const node = button("", { "data-bar": i, title: words, "aria-label": words, "aria-pressed": String(chosen === barFilter(bar)) },
        () => press(bar));
      node.disabled = bar.count === 0;
      addChildren(node, fill);
      return node;
    }));
    if (focused !== undefined) bars.querySelector<HTMLElement>(`[data-bar="${focused}"]`)?.focus();
    setText(ends.firstElementChild as Element, list[0] ? glance(list[0].low) : "");
    setText(ends.lastElementChild as Element, list.at(-1) ? glance(list.at(-1)?.high) : "");
  }

  function press(bar: Bar): void {
    const filter = barFilter(bar);
    chosen = chosen === filter ? null : filter;
    for (const b of bars.children) setAttribute(b, "aria-pressed", "false");
    if (chosen !== null && document.activeElement?.parentElement === bars) setAttribute(document.activeElement, "aria-pressed", "true");
    choose(chosen === null ? null : bar);
  }

  return {
    element,
    renew: () => {
      const isNewer = newer();
      load().then(answer => {
        if (isNewer()) draw(answer);
      }, () => undefined);
    },
  };
}
