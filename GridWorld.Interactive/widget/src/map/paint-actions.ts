import { fixed, short } from "../kit/format";
import { direction } from "../kit/layout";
import type { Layer } from "./layers";
import type { MapPicture, Shades } from "./picture";
import type { Rect } from "./shares";
import type { Surface } from "./surface";
import type { Tile } from "../wire/tiles";
import { middle, wedges } from "./wedges";

/** Cells this wide have room for the numbers. */
const numbersFrom = 60;

/** Cells this wide have room for one number, below the arrow. */
export const numberFrom = 44;

/** Where an arrow or the agent stands in a cell: above the number, if there is one. */
export const middleOf = (layer: Layer, cell: number): number => (cell >= numberFrom && layer.numbers !== "none" ? 0.42 : 0.5);

const numberWords = (value: number): string =>
  Math.abs(value) >= 10_000 ? short(value)
    : fixed(value, Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);

/** The number of each cell, at its lower edge, if it fits. */
export function paintNumbers(context: Surface, picture: MapPicture, tile: Tile, part: Rect, shades: Shades): void {
  const { layout, kinds, theme } = picture, { cell } = layout;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `${Math.min(12, Math.round(cell * 0.2))}px ${theme.font}`;
  for (let row = part.top; row < part.bottom; row++)
    for (let column = part.left; column < part.right; column++) {
      const i = row * tile.columns + column, value = tile.values[i] ?? NaN, kind = kinds.of(tile.cells?.[i] ?? 0);
      if (!Number.isFinite(value) || kind === "wall" || kind === "goal" || kind === "hole" || kind === "cliff") continue;
      const text = picture.layer.numbers === "whole" ? short(Math.round(value)) : numberWords(value);
      if (context.measureText(text).width > cell - 6) continue;
      context.fillStyle = shades.isLight(shades.of(value)) ? "rgba(0,0,0,.85)" : "#fff";
      context.fillText(text, layout.left + (tile.x + column + 0.5) * cell, layout.top + (tile.y + row + 0.84) * cell);
    }
}

/** Each action's value as the color of its part of the cell, the best ones outlined by nothing but their lightness. */
export function paintActions(context: Surface, picture: MapPicture, tile: Tile, part: Rect, shades: Shades): void {
  const { layout, kinds, actions } = picture, { cell } = layout, shapes = wedges(actions);
  // Actions in the middle leave no room for the numbers around them.
  const ways = actions.filter(a => direction(a) !== null).length, hasRoom = cell >= numbersFrom && (ways === 0 || ways === actions.length);
  const isMiddle = actions.map(a => direction(a) === null && ways > 0), middles = 256, paths = new Map<number, Path2D>(),
    numbers: { text: string; x: number; y: number; shade: number; best: boolean }[] = [], edges = new Path2D();
  for (let row = part.top; row < part.bottom; row++)
    for (let column = part.left; column < part.right; column++) {
      const i = row * tile.columns + column;
      if (kinds.of(tile.cells?.[i] ?? 0) === "wall") continue;
      const x = layout.left + (tile.x + column + 0.5) * cell, y = layout.top + (tile.y + row + 0.5) * cell;
      shapes.forEach((shape, a) => {
        const value = tile.all[i * tile.channels + a] ?? NaN, shade = shades.of(value);
        if (shade < 0 || shape.length === 0) return;
        // Four shades in one are not told apart, and are drawn in one go.
        const bucket = (shade & ~3) + (isMiddle[a] === true ? middles : 0);
        let path = paths.get(bucket);
        if (!path) paths.set(bucket, path = new Path2D());
        const fill = path;
        shape.forEach(([u, v], k) => (k === 0 ? fill.moveTo(x + u * cell, y + v * cell) : fill.lineTo(x + u * cell, y + v * cell)));
        // One edge of each parts it from its neighbour.
        const [from, to] = [shape[0] ?? [0, 0], shape[1] ?? [0, 0]];
        edges.moveTo(x + from[0] * cell, y + from[1] * cell);
        edges.lineTo(x + to[0] * cell, y + to[1] * cell);
        if (hasRoom && Number.isFinite(value)) {
          const [u, v] = middle(shape);
          numbers.push({
            text: numberWords(value),
            x: x + u * cell,
            y: y + v * cell,
            shade,
            best: value === tile.values[i],
          });
        }
      });
    }
  const paint = (from: number, to: number): void => {
    for (const [bucket, path] of paths) {
      if (bucket < from || bucket >= to) continue;
      context.fillStyle = shades.css(bucket - from);
      context.fill(path);
    }
  };
  paint(0, middles);
  context.lineWidth = 0.75;
  context.strokeStyle = picture.theme.grid;
  context.stroke(edges);
  // Over the lines between the others.
  paint(middles, 2 * middles);
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const n of numbers) {
    context.font = `${n.best ? 700 : 400} ${Math.min(12, Math.round(cell * 0.155))}px ${picture.theme.font}`;
    context.fillStyle = shades.isLight(n.shade) ? "rgba(0,0,0,.85)" : "#fff";
    context.fillText(n.text, n.x, n.y);
  }
}
