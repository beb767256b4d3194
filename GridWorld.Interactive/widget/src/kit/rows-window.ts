export interface Window {
  first: number;
  count: number;
}

/** The rows to keep in the page for a list scrolled to `top`, with a few beyond each edge. */
export function rowsWindow(top: number, height: number, rowHeight: number, rows: number, spare = 4): Window {
  const first = Math.max(0, Math.min(rows, Math.floor(top / rowHeight)) - spare);
  const last = Math.min(rows, Math.ceil((top + height) / rowHeight) + spare);
  return { first, count: Math.max(0, last - first) };
}

/** The new scroll position when rows were added above: visible rows stay in place, but at the top the list follows. */
export function keepPlace(top: number, added: number, rowHeight: number): number {
  return top <= 1 ? 0 : top + added * rowHeight;
}
