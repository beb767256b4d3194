import type { Tile } from "../wire/tiles";

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * What of the cells in sight each tile is to draw: newer tiles come before older ones, so that no cell is drawn twice
 * however many tiles lie over each other. Tiles come oldest first; rectangles are in cells of the world.
 */
export function shares(tiles: readonly Tile[], sight: Rect): Map<Tile, Rect[]> {
  const result = new Map<Tile, Rect[]>();
  let open: Rect[] = [sight];
  for (const tile of [...tiles].reverse()) {
    const all = { left: tile.x, top: tile.y, right: tile.x + tile.columns * tile.step, bottom: tile.y + tile.rows * tile.step };
    const mine = open.map(r => common(r, all)).filter(r => r !== null);
    if (mine.length === 0) continue;
    result.set(tile, mine);
    open = open.flatMap(r => without(r, all));
  }
  return result;
}

function common(a: Rect, b: Rect): Rect | null {
  const r = { left: Math.max(a.left, b.left), top: Math.max(a.top, b.top), right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom) };
  return r.left < r.right && r.top < r.bottom ? r : null;
}

function without(a: Rect, b: Rect): Rect[] {
  const c = common(a, b);
  if (!c) return [a];
  return [
    { ...a, bottom: c.top },
    { ...a, top: c.bottom },
    { left: a.left, right: c.left, top: c.top, bottom: c.bottom },
    { left: c.right, right: a.right, top: c.top, bottom: c.bottom },
  ].filter(r => r.left < r.right && r.top < r.bottom);
}
