import { kindsOf } from "../kit/kinds";
import type { Layout } from "../kit/layout";
import { placesOf, type Places } from "../kit/places";
import { paintMark } from "./paint-marks";
import type { WireWorld } from "../wire/protocol";
import type { Surface } from "./surface";
import type { Theme } from "../kit/theme";

/** The layer over the map that changes by itself: the agent, its path, and edited cells. */
export interface Overlay {
  agent: number | null;
  /** States in the order of the visits, the agent's last. */
  trail: readonly number[];
  /** Edited cells and their new characters. */
  edits: ReadonlyMap<number, string>;
}

export const nothingOver: Overlay = { agent: null, trail: [], edits: new Map() };

/** Only the last part of a long path is drawn: older steps would hide the map. */
const longestTrail = 400;

export function paintOverlay(context: Surface, overlay: Overlay, world: WireWorld, layout: Layout, theme: Theme): void {
  paintEdits(context, overlay.edits, world, layout, theme);
  if (overlay.trail.length > 1) paintTrail(context, overlay.trail.slice(-longestTrail), world, layout, theme);
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

/** A line with a light edge, visible on every color. It is interrupted at a restart or a teleport. */
function paintTrail(context: Surface, trail: readonly number[], world: WireWorld, { left, top, cell }: Layout, theme: Theme): void {
  const path = new Path2D(), places = placesOf(world);
  let last: number | null = null;
  for (const state of trail) {
    const x = left + (places.x(state) + 0.5) * cell, y = top + (places.y(state) + 0.5) * cell;
    if (last === null || !isNear(last, state, places)) path.moveTo(x, y);
    else path.lineTo(x, y);
    last = state;
  }
  context.lineCap = context.lineJoin = "round";
  for (const [width, color] of [[Math.max(3.5, cell * 0.2), theme.card], [Math.max(1.5, cell * 0.11), theme.accent]] as const) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke(path);
  }
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
