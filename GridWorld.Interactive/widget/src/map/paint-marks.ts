import type { Kind } from "../kit/kinds";
import type { MapPicture } from "./picture";
import type { Rect } from "./shares";
import type { Surface } from "./surface";
import type { Theme } from "../kit/theme";
import type { Tile } from "../wire/tiles";

/** The characters of plain floors, which need no letter. */
const plain = ". F";

/** Start, goal, holes and every other cell that is not a plain floor. */
export function paintMarks(context: Surface, picture: MapPicture, tile: Tile, part: Rect): void {
  if (!tile.cells) return;
  const { layout, theme, kinds } = picture, { cell } = layout;
  for (let row = part.top; row < part.bottom; row++)
    for (let column = part.left; column < part.right; column++) {
      const c = tile.cells[row * tile.columns + column] ?? 0, kind = kinds.of(c), letter = kinds.letter(c);
      if (kind !== "wall" && !(kind === "floor" && plain.includes(letter)))
        paintMark(context, theme, kind, letter, layout.left + (tile.x + column) * cell, layout.top + (tile.y + row) * cell, cell);
    }
}

/** One cell's mark with its upper left corner at (x, y). */
export function paintMark(context: Surface, theme: Theme, kind: Kind, letter: string, x: number, y: number, cell: number): void {
  if (kind === "start") {
    context.strokeStyle = theme.accent;
    context.lineWidth = Math.max(1.5, Math.min(3, cell * 0.09));
    const inset = context.lineWidth / 2 + 1;
    context.strokeRect(x + inset, y + inset, cell - 2 * inset, cell - 2 * inset);
    return;
  }
  const filled = kind === "goal" || kind === "hole" || kind === "cliff";
  if (filled) {
    context.fillStyle = kind === "goal" ? theme.good : theme.bad;
    context.fillRect(x + 0.5, y + 0.5, cell - 1, cell - 1);
  }
  if (cell < 10) return;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `650 ${Math.round(cell * (filled ? 0.56 : 0.4))}px ${theme.font}`;
  context.fillStyle = filled ? theme.card : theme.ink;
  if (filled) context.fillText(letter, x + cell / 2, y + cell / 2 + cell * 0.03);
  else {
    // A letter in a corner leaves the middle to the arrow.
    context.strokeStyle = theme.card;
    context.lineWidth = 2.5;
    context.strokeText(letter, x + cell * 0.24, y + cell * 0.27);
    context.fillText(letter, x + cell * 0.24, y + cell * 0.27);
  }
}
