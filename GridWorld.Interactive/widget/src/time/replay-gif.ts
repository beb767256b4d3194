import type { Api } from "../wire/api";
import { encodeGif, type GifFrame } from "./gif";
import { kindsOf } from "../kit/kinds";
import { layerNamed } from "../map/layers";
import type { Layout } from "../kit/layout";
import { paintMap } from "../map/paint";
import { nothingOver, paintOverlay } from "../map/overlay";
import { Palette } from "./palette";
import type { WireTiles, WireWorld } from "../wire/protocol";
import { placesOf } from "../kit/places";
import { partSize, stepAt, trail, type Replay } from "./replay-state";
import { readTheme } from "../kit/theme";
import { extent, tileOf } from "../wire/tiles";
import type { RunData } from "../wire/view-state";

/** Longer episodes skip steps, so that the file stays at a few megabytes. */
const mostFrames = 400, widest = 560, largestCell = 32;

/** The steps of an episode that become frames: the start, the end, and as many between as there is room for. */
export function framesOf(length: number, most = mostFrames): number[] {
  const stride = Math.max(1, Math.ceil(length / (most - 1)));
  const result = Array.from({ length: Math.ceil(length / stride) }, (_, i) => i * stride);
  return [...result, length];
}

/** The episode as an animated GIF over the map of now, at the replay's speed. */
export async function replayGif(api: Api, run: RunData, replay: Replay, element: Element): Promise<Blob> {
  const { world } = run;
  if (!world) throw new Error("The world is not known yet.");
  if (replay.length > partSize) throw new Error(`A GIF can have at most ${partSize} steps; this episode has ${replay.length}.`);
  const box = bounds(replay, world), theme = readTheme(element), layer = layerNamed("value");
  const side = Math.max(1, Math.min(largestCell, Math.floor(widest / Math.max(box.width, box.height))));
  const size = { width: box.width * side, height: box.height * side };
  const layout: Layout = { cell: side, left: -box.x * side, top: -box.y * side, ...size };
  const answer = await api.get<WireTiles>("api/map", { session: run.sessionId, layer: "value", ...box });
  const tiles = answer.tiles.map(map => tileOf(map));

  const map = new OffscreenCanvas(size.width, size.height), canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext("2d", { willReadFrequently: true }), ground = map.getContext("2d");
  if (!context || !ground) throw new Error("This browser does not support off-screen canvases.");
  ground.fillStyle = theme.sunk;
  ground.fillRect(0, 0, size.width, size.height);
  paintMap(ground, { tiles, layer, extent: extent(tiles), layout, size, theme, kinds: kindsOf(world), actions: world.actions,
    fences: world.fences });

  const paint = (at: number): Uint8ClampedArray => {
    context.drawImage(map, 0, 0);
    const way = trail({ ...replay, at });
    paintOverlay(context, { ...nothingOver, agent: way.at(-1) ?? null, trail: way }, world, layout, theme);
    return context.getImageData(0, 0, size.width, size.height).data;
  };
  const steps = framesOf(replay.length), palette = new Palette();
  for (const at of [0, Math.floor(replay.length / 2), replay.length]) palette.count(paint(at));
  palette.choose();
  const delay = Math.min(100, Math.max(2, Math.round((100 * (steps[1] ?? 1)) / replay.speed)));
  const frames: GifFrame[] = [];
  let last: Uint8Array | null = null;
  for (const [i, at] of steps.entries()) {
    const pixels = palette.indices(paint(at)),
      change: GifFrame = last ? changed(last, pixels, size.width, delay) : { left: 0, top: 0, ...size, pixels, delay };
    frames.push(i === steps.length - 1 ? { ...change, delay: 150 } : change);
    last = pixels;
    // The page continues drawing meanwhile.
    if (i % 8 === 7) await new Promise(resume => setTimeout(resume));
  }
  return new Blob([encodeGif(size.width, size.height, palette.colors, frames)], { type: "image/gif" });
}

/** The smallest rectangle that holds every pixel that differs; one pixel where none does. */
export function changed(last: Uint8Array, now: Uint8Array, width: number, delay: number): GifFrame {
  let left = width, right = -1, top = -1, bottom = -1;
  for (let i = 0; i < now.length; i++) {
    if (now[i] === last[i]) continue;
    const x = i % width, y = Math.floor(i / width);
    if (top < 0) top = y;
    bottom = y;
    if (x < left) left = x;
    if (x > right) right = x;
  }
  if (right < 0) return { left: 0, top: 0, width: 1, height: 1, pixels: now.slice(0, 1), delay };
  const w = right - left + 1, h = bottom - top + 1, pixels = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) pixels.set(now.subarray((top + y) * width + left, (top + y) * width + left + w), y * w);
  return { left, top, width: w, height: h, pixels, delay };
}

/** A small world whole; of a large one what the way needs. */
function bounds(replay: Replay, world: WireWorld): { x: number; y: number; width: number; height: number } {
  if (world.width <= 80 && world.height <= 80) return { x: 0, y: 0, width: world.width, height: world.height };
  const places = placesOf(world);
  let [left, top, right, bottom] = [world.width, world.height, 0, 0];
  for (let k = 1; k <= replay.length; k++) {
    const step = stepAt(replay, k);
    for (const state of step ? [step.state, step.next_state] : []) {
      const x = places.x(state), y = places.y(state);
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
    }
  }
  const x = Math.max(0, left - 2), y = Math.max(0, top - 2);
  return { x, y, width: Math.min(world.width, right + 3) - x, height: Math.min(world.height, bottom + 3) - y };
}
