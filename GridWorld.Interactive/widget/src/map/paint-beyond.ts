import type { MapPicture, Shades } from "./picture";
import type { Rect } from "./shares";
import type { Surface } from "./surface";
import type { Tile } from "../wire/tiles";
import { middle, wedges } from "./wedges";

/** A cross where a number lies beyond the scale of colors: in the part of its action, else in the cell's corner. */
export function paintBeyond(context: Surface, picture: MapPicture, tile: Tile, part: Rect, shades: Shades): void {
  if (!tile.beyond) return;
  const { layout, actions } = picture, { cell } = layout, dark = new Path2D(), light = new Path2D(), r = Math.max(1.5, cell * 0.07);
  const places = tile.channels > 1 ? wedges(actions).map(shape => (shape.length === 0 ? null : middle(shape))) : [[0.34, -0.34] as const];
  for (let row = part.top; row < part.bottom; row++)
    for (let column = part.left; column < part.right; column++)
      places.forEach((place, k) => {
        const value = tile.all[(row * tile.columns + column) * tile.channels + k] ?? NaN;
        if (!place || Number.isNaN(value) || Number.isFinite(value)) return;
        const path = shades.isLight(shades.of(value)) ? dark : light;
        const x = layout.left + (tile.x + column + 0.5 + place[0]) * cell, y = layout.top + (tile.y + row + 0.5 + place[1]) * cell;
        path.moveTo(x - r, y - r);
        path.lineTo(x + r, y + r);
        path.moveTo(x - r, y + r);
        path.lineTo(x + r, y - r);
      });
  context.lineWidth = Math.max(1, Math.min(2, cell * 0.05));
  for (const [path, ink] of [[dark, "rgba(0,0,0,.78)"], [light, "rgba(255,255,255,.92)"]] as const) {
    context.strokeStyle = ink;
    context.stroke(path);
  }
}
