/** Episodes start to end, both counted; null is the whole run. */
export type Span = { start: number; end: number } | null;

/** The episodes between two places of the x axis, at least two, or null where the drag was too short to mean one. */
export function dragged(a: number, b: number, last: number): Span {
  const [low, high] = a < b ? [a, b] : [b, a];
  const start = Math.max(1, Math.round(low)), end = Math.min(last, Math.round(high));
  return end > start ? { start, end } : null;
}

/** Half as many episodes, or twice as many, around the same middle. All of them is the whole run. */
export function scaled(span: Span, factor: number, last: number): Span {
  const { start, end } = span ?? { start: 1, end: last };
  const width = Math.max(2, Math.round((end - start + 1) * factor));
  if (width >= last) return null;
  const first = Math.min(Math.max(1, Math.round((start + end + 1 - width) / 2)), last - width + 1);
  return { start: first, end: first + width - 1 };
}

/** As many episodes, a quarter further on. */
export function shifted(span: Span, direction: -1 | 1, last: number): Span {
  if (!span) return span;
  const width = span.end - span.start, step = Math.max(1, Math.round(width / 4)) * direction;
  const start = Math.min(Math.max(1, span.start + step), Math.max(1, last - width));
  return { start, end: Math.min(last, start + width) };
}
