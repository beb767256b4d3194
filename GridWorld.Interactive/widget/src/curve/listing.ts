import { el, setChildren, setText } from "../kit/dom";
import { count, glance } from "../kit/format";
import { capital, many, type RunWords } from "../kit/words";
import type { Bucket } from "../wire/view-state";

/** The most rows of the table: few enough to listen to. */
const mostRows = 12;

/** The least time between two changes of the table, in ms: nobody can read one that changes twice a second. */
const pause = 5000;

/** Neighboring points as one, weighed by their episodes. */
export function joined(points: readonly Bucket[]): Bucket | null {
  const first = points[0], last = points.at(-1);
  if (!first || !last) return null;
  const n = points.reduce((sum, b) => sum + b.count, 0), mean = points.reduce((sum, b) => sum + b.mean * b.count, 0) / n;
  return { start: first.start, end: last.end, count: n, mean, min: Math.min(...points.map(b => b.min)),
    max: Math.max(...points.map(b => b.max)), std: NaN };
}

/** The curve in at most twelve parts of nearly as many points each. */
export function parts(points: readonly Bucket[]): Bucket[] {
  const rows = Math.min(mostRows, points.length);
  return Array.from({ length: rows },
    (_, i) => joined(points.slice(Math.floor((i * points.length) / rows), Math.floor(((i + 1) * points.length) / rows)))).filter(b =>
      b !== null
    );
}

/** The curve as a table, for screen readers. */
export function createListing(): {
  element: HTMLElement;
  draw: (points: readonly Bucket[], title: string, words: RunWords, now: number) => void;
} {
  const caption = el("caption"), head = el("tr"), body = el("tbody");
  const element = el("div", { class: "aloud", testid: "curve-table" }, el("table", {}, caption, el("thead", {}, head), body));
  let drawn = -Infinity, last: readonly Bucket[] | null = null;
  return {
    element,
    draw: (points, title, words, now) => {
      if (points === last || (now - drawn < pause && last !== null && last.length > 1)) return;
      [drawn, last] = [now, points];
      setText(caption, title);
      setChildren(head, ...[capital(many(words.episode)), "Mean", "Lowest", "Highest"].map(t => el("th", { scope: "col" }, t)));
      setChildren(body,
        ...parts(points).map(b =>
          el("tr", {}, el("th", { scope: "row" }, b.start === b.end ? count(b.start) : `${count(b.start)} to ${count(b.end)}`),
            ...[b.mean, b.min, b.max].map(v => el("td", {}, glance(v))))
        ));
    },
  };
}
