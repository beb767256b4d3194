export interface Window {
  first: number;
  count: number;
}

/** The rows to hold in the page for a list scrolled to `top`, with a few beyond either edge. */
export function rowsWindow(top: number, height: number, rowHeight: number, rows: number, spare = 4): Window {
  const first = Math.max(0, Math.min(rows, Math.floor(top / rowHeight)) - spare);
  const last = Math.min(rows, Math.ceil((top + height) / rowHeight) + spare);
  return { first, count: Math.max(0, last - first) };
}

/** Where to scroll to when rows came in above, so that what is read stays in its place; at the top one follows. */
export function keepPlace(top: number, added: number, rowHeight: number): number {
  return top <= 1 ? 0 : top + added * rowHeight;
}
