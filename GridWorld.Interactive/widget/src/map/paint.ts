import { scaleEnds } from "./layers";
import { paintArrows } from "./paint-arrows";
import { paintBeyond } from "./paint-beyond";
import { paintMarks } from "./paint-marks";
import { numberFrom, paintActions, paintNumbers } from "./paint-actions";
import { rampOf, shadesOf, type MapPicture } from "./picture";
import { shares, type Rect } from "./shares";
import type { Surface } from "./surface";
import type { Tile } from "../wire/tiles";

/** Cells narrower than these show no lines between them, no marks, no arrows, no single actions. */
const marksFrom = 5, arrowsFrom = 11, actionsFrom = 14;
export const detailsFrom = 6;

export function paintMap(context: Surface, picture: MapPicture): void {
  for (const [tile, rects] of colorTiles(context, picture)) for (const r of rects) detailTile(context, picture, tile, r);
}

/** The colors of all that is in sight, and what of it each tile is to draw more. */
export function colorTiles(context: Surface, picture: MapPicture): Map<Tile, Rect[]> {
  const drawn = shares(picture.tiles, inSight(picture));
  for (const tile of picture.tiles) if (drawn.has(tile)) paintColors(context, picture, tile);
  return drawn;
}

/** What is drawn over the colors of some cells of the world: single actions, lines, marks, arrows, as far as there is room. */
export function detailTile(context: Surface, picture: MapPicture, tile: Tile, { left, top, right, bottom }: Rect): void {
  if (tile.step !== 1) return;
  const { cell } = picture.layout, shades = shadesOf(picture),
    part = { left: left - tile.x, top: top - tile.y, right: right - tile.x, bottom: bottom - tile.y };
  if (cell >= actionsFrom && tile.channels > 1) paintActions(context, picture, tile, part, shades);
  if (cell >= detailsFrom) paintGaps(context, picture, tile, part);
  if (cell >= marksFrom) paintFences(context, picture, tile, part);
  if (cell >= marksFrom) paintMarks(context, picture, tile, part);
  if (cell >= arrowsFrom && picture.layer.arrows) paintArrows(context, picture, tile, part, shades);
  if (cell >= numberFrom && picture.layer.numbers !== "none") paintNumbers(context, picture, tile, part, shades);
  if (cell >= arrowsFrom) paintBeyond(context, picture, tile, part, shades);
}

/** The cells that lie on the canvas. */
function inSight({ layout: { left, top, cell }, size }: MapPicture): Rect {
  return { left: Math.floor(-left / cell), top: Math.floor(-top / cell), right: Math.ceil((size.width - left) / cell),
    bottom: Math.ceil((size.height - top) / cell) };
}

/** A tile's colors, one pixel a value; made once for as long as nothing about them changes. */
const bitmaps = new WeakMap<Tile, { key: string; bitmap: OffscreenCanvas }>();

function paintColors(context: Surface, picture: MapPicture, tile: Tile): void {
  const ends = picture.extent && scaleEnds(picture.layer, picture.extent);
  const key = `${picture.layer.name} ${ends?.join() ?? ""} ${picture.theme.void} ${picture.theme.wall}`;
  let known = bitmaps.get(tile);
  if (known?.key !== key) bitmaps.set(tile, known = { key, bitmap: bitmapOf(context, picture, tile) });
  const { left, top, cell } = picture.layout;
  context.imageSmoothingEnabled = false;
  context.drawImage(known.bitmap, left + tile.x * cell, top + tile.y * cell, tile.columns * tile.step * cell, tile.rows * tile.step * cell);
}

function bitmapOf(context: Surface, picture: MapPicture, tile: Tile): OffscreenCanvas {
  const image = new ImageData(tile.columns, tile.rows);
  const pixels = new Uint32Array(image.data.buffer);
  const [empty, walls] = [pack(context, picture.theme.void), pack(context, picture.theme.wall)];
  const shades = shadesOf(picture), ramp = rampOf(picture.layer);
  const table = new Uint32Array(256).map((_, i) => {
    const [r, g, b] = ramp(i / 255);
    return (255 << 24) | (b << 16) | (g << 8) | r;
  });
  for (let i = 0; i < pixels.length; i++) {
    const s = shades.of(tile.values[i] ?? NaN);
    pixels[i] = picture.kinds.of(tile.cells?.[i] ?? 0) === "wall" ? walls : s < 0 ? empty : table[s] ?? empty;
  }
  const bitmap = new OffscreenCanvas(tile.columns, tile.rows);
  bitmap.getContext("2d")?.putImageData(image, 0, 0);
  return bitmap;
}

/** Any CSS color as the four bytes of a pixel. */
function pack(context: Surface, color: string): number {
  context.fillStyle = color;
  const hex = context.fillStyle;
  const n = /^#[0-9a-f]{6}$/.test(hex) ? parseInt(hex.slice(1), 16) : 0x808080;
  return ((255 << 24) | ((n & 255) << 16) | (n & 0xff00) | (n >> 16)) >>> 0;
}

function paintFences(context: Surface, { layout: { left, top, cell }, theme, fences }: MapPicture, tile: Tile, part: Rect): void {
  context.strokeStyle = theme.ink;
  context.lineWidth = Math.max(1.5, Math.min(4, cell * 0.08));
  context.lineCap = "round";
  context.beginPath();
  for (const [x = 0, y = 0, side] of fences) {
    const column = x - tile.x, row = y - tile.y;
    if (column < part.left || column >= part.right || row < part.top || row >= part.bottom) continue;
    context.moveTo(left + (side === 0 ? x + 1 : x) * cell, top + (side === 0 ? y : y + 1) * cell);
    context.lineTo(left + (x + 1) * cell, top + (y + 1) * cell);
  }
  context.stroke();
}

function paintGaps(context: Surface, { layout, theme }: MapPicture, tile: Tile, part: Rect): void {
  const { cell } = layout, left = layout.left + (tile.x + part.left) * cell, top = layout.top + (tile.y + part.top) * cell;
  const columns = part.right - part.left, rows = part.bottom - part.top;
  context.fillStyle = theme.grid;
  for (let x = 0; x <= columns; x++) context.fillRect(left + x * cell - 0.5, top, 1, rows * cell);
  for (let y = 0; y <= rows; y++) context.fillRect(left, top + y * cell - 0.5, columns * cell, 1);
}
