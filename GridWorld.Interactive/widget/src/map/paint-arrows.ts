import { direction, greedy } from "../kit/layout";
import { middleOf } from "./paint-actions";
import type { MapPicture, Shades } from "./picture";
import type { Rect } from "./shares";
import type { Surface } from "./surface";
import type { Tile } from "../wire/tiles";

/** Every tied best action as an arrow: one alone stands in the middle, several go out from it. One without a direction is a letter. */
export function paintArrows(context: Surface, picture: MapPicture, tile: Tile, part: Rect, shades: Shades): void {
  if (!tile.policy) return;
  const dark = new Path2D(), light = new Path2D(), plain = new Path2D(),
    letters: { text: string; x: number; y: number; ink: Path2D }[] = [];
  const { layout, actions, kinds } = picture, { cell } = layout;
  for (let row = part.top; row < part.bottom; row++)
    for (let column = part.left; column < part.right; column++) {
      const i = row * tile.columns + column, kind = kinds.of(tile.cells?.[i] ?? 0);
      if (kind === "wall" || kind === "goal" || kind === "hole" || kind === "cliff") continue;
      const best = greedy(tile.policy[i] ?? 0, actions.length);
      if (best.length === 0 || best.length === actions.length) continue;
      const s = shades.of(tile.values[i] ?? NaN), path = s < 0 ? plain : shades.isLight(s) ? dark : light;
      const x = layout.left + (tile.x + column + 0.5) * cell, y = layout.top + (tile.y + row + middleOf(picture.layer, cell)) * cell;
      for (const a of best) {
        const way = direction(actions[a] ?? "");
        if (way) arrow(path, x, y, way, cell, best.length > 1);
        else if (best.length === 1) letters.push({ text: (actions[a] ?? "").slice(0, 1).toUpperCase(), x, y, ink: path });
      }
    }
  context.lineCap = "round";
  context.lineJoin = "round";
  context.lineWidth = Math.max(1.1, Math.min(2.2, cell * 0.065));
  for (const [path, ink] of [[dark, "rgba(0,0,0,.78)"], [light, "rgba(255,255,255,.92)"], [plain, picture.theme.ink]] as const) {
    context.strokeStyle = ink;
    context.stroke(path);
    context.fillStyle = ink;
    context.font = `650 ${Math.round(cell * 0.36)}px ${picture.theme.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const letter of letters) if (letter.ink === path) context.fillText(letter.text, letter.x, letter.y + cell * 0.03);
  }
}

function arrow(path: Path2D, x: number, y: number, way: readonly [number, number], cell: number, fromCentre: boolean): void {
  const r = cell * (fromCentre ? 0.33 : 0.27), norm = Math.hypot(way[0], way[1]);
  if (norm === 0) {
    path.moveTo(x + r * 0.4, y);
    path.arc(x, y, r * 0.4, 0, 2 * Math.PI);
    return;
  }
  const dx = (way[0] / norm) * r, dy = (way[1] / norm) * r, head = fromCentre ? 0.34 : 0.52;
  path.moveTo(fromCentre ? x : x - dx, fromCentre ? y : y - dy);
  path.lineTo(x + dx, y + dy);
  path.moveTo(x + dx - (dx + dy) * head, y + dy - (dy - dx) * head);
  path.lineTo(x + dx, y + dy);
  path.lineTo(x + dx - (dx - dy) * head, y + dy - (dy + dx) * head);
}
