import { beforeAll, expect, it } from "vitest";
import { createBlocks } from "../../src/map/blocks";
import { kindsOf } from "../../src/kit/kinds";
import { layerNamed } from "../../src/map/layers";
import type { MapPicture } from "../../src/map/picture";
import type { Surface } from "../../src/map/surface";
import type { Theme } from "../../src/kit/theme";
import { tileOf, type Tile } from "../../src/wire/tiles";

/** A context that counts what is painted on it, and hands out the canvas it belongs to. */
const fake = (): { context: Surface; copies: unknown[] } => {
  const copies: unknown[] = [];
  const context = new Proxy({}, {
    get: (_, name) => (name === "drawImage" ? (...a: unknown[]) => copies.push(a) : name === "fillStyle" ? "#000000" : () => undefined),
    set: () => true,
  }) as Surface;
  return { context, copies };
};
let painted = 0;

beforeAll(() => {
  Object.assign(globalThis, {
    devicePixelRatio: 1,
    ImageData: class {
      constructor(width: number, height: number, readonly data = new Uint8ClampedArray(4 * width * height)) {}
    },
    Path2D: class {
      moveTo(): void {}
      lineTo(): void {}
      arc(): void {}
    },
    OffscreenCanvas: class {
      constructor(public width: number, public height: number) {}
      getContext = (): unknown =>
        new Proxy({}, { get: (_, name) => (name === "setTransform" ? () => {
          painted++;
        } : () => undefined), set: () => true });
    },
  });
});

const tile = (version: number): Tile =>
  tileOf({ layer: "value", episode: version, x: 0, y: 0, width: 40, height: 40, step: 1, columns: 40, rows: 40,
    data: btoa("\x01".repeat(1600)), bits: 8, scale: 1, offset: version, nan: 255, agent: 0, mode: 0 });
const picture = (t: Tile, left: number): MapPicture => ({
  tiles: [t],
  layer: layerNamed("value"),
  extent: t.extent && [...t.extent],
  layout: { cell: 20, left, top: 0, width: 800, height: 800 },
  size: { width: 400, height: 400 },
  theme: { void: "#000000", wall: "#000000" } as Theme,
  kinds: kindsOf({ tiles: [] }),
  actions: ["up", "right", "down", "left"],
  fences: [],
});

it("paints what comes into sight once, and copies it after", () => {
  const { context, copies } = fake(), blocks = createBlocks(() => 0), t = tile(1);
  painted = 0;

  expect(blocks.paint(context, picture(t, 0), 10)).toBe(true);
  expect(painted).toBe(4);
  blocks.paint(context, picture(t, -150), 10);
  expect(painted).toBe(6);
  copies.length = 0;
  blocks.paint(context, picture(t, -100), 10);
  expect([painted, copies.length]).toEqual([6, 1 + 6]);
});

it("keeps to its time, shows what it has, and comes to the end", () => {
  let clock = 0;
  const { context, copies } = fake(), blocks = createBlocks(() => clock++);
  blocks.paint(context, picture(tile(1), 0), 1000);
  painted = copies.length = 0;

  const next = tile(2);
  expect(blocks.paint(context, picture(next, 0), 0)).toBe(false);
  expect([painted, copies.length]).toEqual([1, 1 + 4]);
  for (let k = 0; k < 3; k++) blocks.paint(context, picture(next, 0), 0);
  expect(painted).toBe(4);
  expect(blocks.paint(context, picture(next, 0), 0)).toBe(true);
});
