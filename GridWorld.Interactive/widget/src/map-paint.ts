import { cividis, position, takesDarkInk } from "./colours";
import type { Layer } from "./layers";
import { direction, greedy, type Layout } from "./layout";
import type { Theme } from "./theme";
import type { Tile } from "./tiles";

const colourTable = new Uint32Array(256).map((_, i) => {
  const [r, g, b] = cividis(i / 255);
  return (255 << 24) | (b << 16) | (g << 8) | r;
});

const darkInkFrom = Array.from({ length: 256 }, (_, i) => i).find(i => takesDarkInk(i / 255)) ?? 255;

export interface MapPicture {
  /** What lies below comes first. */
  tiles: readonly Tile[];
  layer: Layer;
  extent: [number, number] | null;
  layout: Layout;
  theme: Theme;
  actions: readonly string[];
  agent: { x: number; y: number } | null;
}

const wall = 35, start = 83, goal = 71;

/** Letters with a meaning for every world; all else that is no floor shows its own letter. */
const isFloor = (c: number): boolean => c === 46 || c === 70 || c === 32 || c === 0;
const isWall = (c: number): boolean => c === wall || c === 64;
const isHarm = (c: number): boolean => c === 72 || c === 67;

export function paintMap(context: CanvasRenderingContext2D, picture: MapPicture): void {
  for (const tile of picture.tiles) {
    paintColours(context, picture, tile);
    if (tile.step === 1 && picture.layout.cell >= 6) paintGaps(context, picture, tile);
    if (tile.step === 1 && picture.layout.cell >= 5) paintMarks(context, picture, tile);
    if (tile.step === 1 && picture.layout.cell >= 11) paintArrows(context, picture, tile);
  }
  if (picture.agent) paintAgent(context, picture, picture.agent);
}

function shade(picture: MapPicture, value: number): number {
  if (!picture.extent || !Number.isFinite(value)) return -1;
  return Math.round(255 * Math.min(1, Math.max(0, position(value, picture.extent[0], picture.extent[1], picture.layer.logarithmic))));
}

/** One pixel a value, then scaled up: the same cost for every size of cell. */
function paintColours(context: CanvasRenderingContext2D, picture: MapPicture, tile: Tile): void {
  const image = new ImageData(tile.columns, tile.rows);
  const pixels = new Uint32Array(image.data.buffer);
  const [empty, walls] = [pack(context, picture.theme.void), pack(context, picture.theme.wall)];
  for (let i = 0; i < pixels.length; i++) {
    const s = shade(picture, tile.values[i] ?? NaN);
    pixels[i] = isWall(tile.cells?.[i] ?? 0) ? walls : s < 0 ? empty : colourTable[s] ?? empty;
  }
  const small = new OffscreenCanvas(tile.columns, tile.rows);
  small.getContext("2d")?.putImageData(image, 0, 0);
  const { left, top, cell } = picture.layout;
  context.imageSmoothingEnabled = false;
  context.drawImage(small, left + tile.x * cell, top + tile.y * cell, tile.columns * tile.step * cell, tile.rows * tile.step * cell);
}

/** Any CSS colour as the four bytes of a pixel. */
function pack(context: CanvasRenderingContext2D, colour: string): number {
  context.fillStyle = colour;
  const hex = context.fillStyle;
  const n = /^#[0-9a-f]{6}$/.test(hex) ? parseInt(hex.slice(1), 16) : 0x808080;
  return ((255 << 24) | ((n & 255) << 16) | (n & 0xff00) | (n >> 16)) >>> 0;
}

function paintGaps(context: CanvasRenderingContext2D, { layout, theme }: MapPicture, tile: Tile): void {
  const { cell } = layout, left = layout.left + tile.x * cell, top = layout.top + tile.y * cell;
  context.fillStyle = theme.wall;
  for (let x = 0; x <= tile.columns; x++) context.fillRect(left + x * cell - 0.5, top, 1, tile.rows * cell);
  for (let y = 0; y <= tile.rows; y++) context.fillRect(left, top + y * cell - 0.5, tile.columns * cell, 1);
}

function paintMarks(context: CanvasRenderingContext2D, { layout, theme }: MapPicture, tile: Tile): void {
  if (!tile.cells) return;
  const { cell } = layout;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `650 ${Math.round(cell * 0.56)}px ${theme.font}`;
  for (let i = 0; i < tile.cells.length; i++) {
    const c = tile.cells[i] ?? 0;
    if (isFloor(c) || isWall(c)) continue;
    const x = layout.left + (tile.x + (i % tile.columns)) * cell, y = layout.top + (tile.y + Math.floor(i / tile.columns)) * cell;
    if (c === start) {
      context.strokeStyle = theme.accent;
      context.lineWidth = Math.max(1.5, Math.min(3, cell * 0.09));
      const inset = context.lineWidth / 2 + 1;
      context.strokeRect(x + inset, y + inset, cell - 2 * inset, cell - 2 * inset);
      continue;
    }
    if (c === goal || isHarm(c)) {
      context.fillStyle = c === goal ? theme.good : theme.bad;
      context.fillRect(x + 0.5, y + 0.5, cell - 1, cell - 1);
    }
    if (cell < 10) continue;
    context.fillStyle = c === goal || isHarm(c) ? theme.card : theme.ink;
    context.fillText(String.fromCharCode(c), x + cell / 2, y + cell / 2 + cell * 0.03);
  }
}

/** Every tied best action as an arrow: one alone stands in the middle, several go out from it. */
function paintArrows(context: CanvasRenderingContext2D, picture: MapPicture, tile: Tile): void {
  if (!tile.policy) return;
  const dark = new Path2D(), light = new Path2D();
  const { layout, actions } = picture, { cell } = layout;
  for (let i = 0; i < tile.policy.length; i++) {
    const c = tile.cells?.[i] ?? 0;
    const s = shade(picture, tile.values[i] ?? NaN);
    if (s < 0 || isWall(c) || c === goal || isHarm(c)) continue;
    const best = greedy(tile.policy[i] ?? 0, actions.length);
    if (best.length === 0 || best.length === actions.length) continue;
    const path = s >= darkInkFrom ? dark : light;
    const x = layout.left + (tile.x + (i % tile.columns) + 0.5) * cell, y = layout.top + (tile.y + Math.floor(i / tile.columns) + 0.5) * cell;
    for (const a of best) arrow(path, x, y, direction(actions[a] ?? ""), cell, best.length > 1);
  }
  context.lineCap = "round";
  context.lineJoin = "round";
  context.lineWidth = Math.max(1.1, Math.min(2.2, cell * 0.065));
  context.strokeStyle = "rgba(0,0,0,.78)";
  context.stroke(dark);
  context.strokeStyle = "rgba(255,255,255,.92)";
  context.stroke(light);
}

function arrow(path: Path2D, x: number, y: number, way: readonly [number, number] | null, cell: number, fromCentre: boolean): void {
  if (!way) return;
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

function paintAgent(context: CanvasRenderingContext2D, { layout, theme }: MapPicture, agent: { x: number; y: number }): void {
  const { cell } = layout;
  context.beginPath();
  context.arc(layout.left + (agent.x + 0.5) * cell, layout.top + (agent.y + 0.5) * cell, Math.max(2.5, cell * 0.26), 0, 2 * Math.PI);
  context.fillStyle = theme.card;
  context.strokeStyle = theme.ink;
  context.lineWidth = Math.max(1.5, cell * 0.07);
  context.fill();
  context.stroke();
}
