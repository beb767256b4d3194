import type { Tile } from "../wire/tiles";
import { kindsOf } from "../kit/kinds";
import type { Layout } from "../kit/layout";
import { placesOf, type Places } from "../kit/places";
import { paintMark } from "./paint-marks";
import type { WireWorld } from "../wire/protocol";
import type { Surface } from "./surface";
import type { Theme } from "../kit/theme";

/** A start or a goal in a cell of the shown map. */
export interface Pin {
  kind: "start" | "goal";
  x: number;
  y: number;
}

/** The layer over the map that changes by itself: the agent, its trail, the greedy path, and edited cells. */
export interface Overlay {
  agent: number | null;
  /** States in the order of the visits, the agent's last. */
  trail: readonly number[];
  /** Edited cells and their new characters. */
  edits: ReadonlyMap<number, string>;
  /** The states that the greedy policy leads through. */
  path: readonly number[];
  pins: readonly Pin[];
  /** Where the middle of the arrows is, as a share of the cell's height. */
  middle: number;
}

export const nothingOver: Overlay = { agent: null, trail: [], edits: new Map(), path: [], pins: [], middle: 0.5 };

/** Cells narrower than this show starts and goals by pins, and the greedy path as a line; in wider ones it lies below the arrows. */
export const pinsBelow = 14;
const mostPins = 12;

/** Only the last part of a long path is drawn: older steps would hide the map. */
const longestTrail = 400;

export function paintOverlay(context: Surface, overlay: Overlay, world: WireWorld, layout: Layout, theme: Theme): void {
  if (overlay.path.length > 1) paintPath(context, overlay.path, overlay.middle, world, layout, theme);
  paintEdits(context, overlay.edits, world, layout, theme);
  if (overlay.trail.length > 1) paintTrail(context, overlay.trail.slice(-longestTrail), world, layout, theme);
  if (layout.cell < pinsBelow) { for (const pin of overlay.pins) paintPin(context, pin, layout, theme); }
  if (overlay.agent !== null) paintAgent(context, overlay.agent, world, layout, theme);
}

function paintEdits(context: Surface, edits: ReadonlyMap<number, string>, world: WireWorld, { left, top, cell }: Layout,
  theme: Theme): void
{
  const kinds = kindsOf(world), places = placesOf(world);
  for (const [state, tile] of edits) {
    const x = left + places.x(state) * cell, y = top + places.y(state) * cell, kind = kinds.ofLetter(tile);
    context.fillStyle = kind === "wall" ? theme.wall : theme.void;
    context.fillRect(x + 0.5, y + 0.5, cell - 1, cell - 1);
    if (kind !== "wall" && tile !== ".") paintMark(context, theme, kind, tile, x, y, cell);
    // What is edited and not trained yet has a dashed edge.
    context.setLineDash([3, 2]);
    context.strokeStyle = theme.accent;
    context.lineWidth = 1.5;
    context.strokeRect(x + 1.5, y + 1.5, cell - 3, cell - 3);
    context.setLineDash([]);
  }
}

/** Starts and goals of a mode, none of a kind that has too many to tell apart. */
export function pinsOf(tiles: readonly Tile[], world: WireWorld, mode: number): Pin[] {
  const kinds = kindsOf(world), places = placesOf(world), goals: Pin[] = [];
  for (const { x, y, step, columns, cells } of tiles)
    cells?.forEach((c, i) => {
      const middle = (place: number): number => (place + 0.5) * step - 0.5;
      if (kinds.of(c) === "goal") goals.push({ kind: "goal", x: x + middle(i % columns), y: y + middle(Math.floor(i / columns)) });
    });
  const starts = world.starts.filter(s => places.mode(s) === mode)
    .map((s): Pin => ({ kind: "start", x: places.x(s), y: places.y(s) }));
  return [starts, goals].flatMap(pins => (pins.length <= mostPins ? pins : []));
}

/** A drop whose point is in the middle of the cell. */
function paintPin(context: Surface, { kind, x, y }: Pin, { left, top, cell }: Layout, theme: Theme): void {
  const px = left + (x + 0.5) * cell, py = top + (y + 0.5) * cell, r = 6.5, up = py < 2.6 * r ? -1 : 1, middle = py - up * 1.75 * r;
  context.beginPath();
  context.moveTo(px, py);
  context.arc(px, middle, r, up > 0 ? Math.PI * 0.85 : -Math.PI * 0.15, up > 0 ? Math.PI * 0.15 : Math.PI * 1.15);
  context.closePath();
  context.fillStyle = kind === "start" ? theme.accent : theme.good;
  context.strokeStyle = theme.card;
  context.lineWidth = 1.5;
  context.fill();
  context.stroke();
  context.fillStyle = theme.card;
  context.font = `700 9px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(kind === "start" ? "S" : "G", px, middle + 0.5);
}

/** The greedy path: a line, or an edge on both sides of it that leaves the arrows free. It is the first thing that is painted. */
function paintPath(context: Surface, states: readonly number[], middle: number, world: WireWorld, layout: Layout, theme: Theme): void {
  const path = lineThrough(states, world, layout, middle), { cell } = layout, isLine = cell < pinsBelow;
  // Where a number stands below the arrow, the edge runs between the two.
  const [width, edge] = isLine ? [2, 4.5] : [cell * (middle < 0.5 ? 0.54 : 0.7), Math.max(1.5, cell * 0.05)];
  context.lineCap = context.lineJoin = "round";
  const stroke = (lineWidth: number, color: string): void => {
    context.lineWidth = lineWidth;
    context.strokeStyle = color;
    context.stroke(path);
  };
  stroke(width + edge, theme.ink);
  stroke(width + (isLine ? 0 : edge / 2), theme.card);
  if (isLine) return;
  context.globalCompositeOperation = "destination-out";
  stroke(width - edge, "#000");
  context.globalCompositeOperation = "source-over";
}

/** A line with a light edge, visible on every color. */
function paintTrail(context: Surface, trail: readonly number[], world: WireWorld, layout: Layout, theme: Theme): void {
  const path = lineThrough(trail, world, layout), { cell } = layout;
  context.lineCap = context.lineJoin = "round";
  for (const [width, color] of [[Math.max(3.5, cell * 0.2), theme.card], [Math.max(1.5, cell * 0.11), theme.accent]] as const) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke(path);
  }
}

/** A line through the middles of cells. It is interrupted at a restart or a teleport. */
function lineThrough(trail: readonly number[], world: WireWorld, { left, top, cell }: Layout, middle = 0.5): Path2D {
  const path = new Path2D(), places = placesOf(world);
  let last: number | null = null;
  for (const state of trail) {
    const x = left + (places.x(state) + 0.5) * cell, y = top + (places.y(state) + middle) * cell;
    if (last === null || !isNear(last, state, places)) path.moveTo(x, y);
    else path.lineTo(x, y);
    last = state;
  }
  return path;
}

function isNear(a: number, b: number, { x, y }: Places): boolean {
  return Math.abs(x(a) - x(b)) <= 1 && Math.abs(y(a) - y(b)) <= 4;
}

function paintAgent(context: Surface, state: number, world: WireWorld, { left, top, cell }: Layout, theme: Theme): void {
  const places = placesOf(world);
  context.beginPath();
  context.arc(left + (places.x(state) + 0.5) * cell, top + (places.y(state) + 0.5) * cell, Math.max(2.5, cell * 0.26), 0, 2 * Math.PI);
  context.fillStyle = theme.card;
  context.strokeStyle = theme.ink;
  context.lineWidth = Math.max(1.5, cell * 0.07);
  context.fill();
  context.stroke();
}
