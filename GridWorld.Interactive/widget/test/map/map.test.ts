import { describe, expect, it } from "vitest";
import { cividis, position, takesDarkInk } from "../../src/map/colors";
import { beyondWords, knownWords, pathWords } from "../../src/map/layers";
import { pinsOf } from "../../src/map/overlay";
import { covering, including, isWhole, moved, scaledRegion, wholeWorld } from "../../src/map/camera";
import type { WireWorld } from "../../src/wire/protocol";
import type { Tile } from "../../src/wire/tiles";
import { cellAt, direction, fit, glyph, greedy } from "../../src/kit/layout";

describe("fit", () => {
  it("centres the world in whole pixels", () =>
    expect(fit(400, 300, 24, 14)).toEqual({ cell: 16, width: 384, height: 224, left: 8, top: 38 }));
  it("shows a large world whole", () => expect(fit(256, 256, 512, 512)).toEqual({ cell: 0.5, width: 256, height: 256, left: 0, top: 0 }));
});

describe("cellAt", () => {
  const layout = fit(400, 300, 24, 14);

  it("finds the cell under a point", () => expect(cellAt(layout, 8 + 16 * 5 + 3, 38 + 16 * 2 + 15, 24, 14)).toEqual({ x: 5, y: 2 }));
  it("finds none beside the map", () => expect(cellAt(layout, 3, 100, 24, 14)).toBeNull());
});

it("reads every tied best action from the policy byte", () => expect(greedy(0b1010, 4)).toEqual([1, 3]));
it("ignores bits beyond the actions", () => expect(greedy(0b11110001, 4)).toEqual([0]));
it("knows actions by name, whatever their order", () =>
  expect(["left", "up_right", "stay"].map(direction)).toEqual([[-1, 0], [1, -1], [0, 0]]));
it("shows an action it does not know by its name", () => expect(glyph("jump")).toBe("jump"));

describe("colors", () => {
  it("go from cividis's dark blue to its yellow", () =>
    expect([cividis(0), cividis(1), cividis(7)]).toEqual([[0, 32, 77], [255, 234, 70], [255, 234, 70]]));

  it("get lighter all the way", () => {
    const light = Array.from({ length: 101 }, (_, i) => cividis(i / 100)).map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b);

    expect(light.every((v, i) => i === 0 || v >= (light[i - 1] ?? 0))).toBe(true);
  });

  it("take white ink where dark, dark ink where light", () =>
    expect([0, 0.3, 0.7, 1].map(t => takesDarkInk(cividis(t)))).toEqual([false, false, true, true]));
});

describe("position", () => {
  it("is straight for values", () => expect(position(-15, -20, 0, false)).toBe(0.25));
  it("is logarithmic for visits", () => expect(position(9, 1, 99, true)).toBeCloseTo(0.5));
  it("is neither high nor low where all is alike", () => expect(position(3, 3, 3, false)).toBe(0.5));
});

describe("the camera", () => {
  const world = { width: 512, height: 256 };

  it("zooms and keeps the cell under the pointer where it is", () => {
    const r = scaledRegion(wholeWorld(world), world, 0.25, 128, 64);

    expect(r).toEqual({ x: 96, y: 48, width: 128, height: 64 });
    expect([(128 - r.x) / r.width, (64 - r.y) / r.height]).toEqual([0.25, 0.25]);
  });
  it("never leaves the world", () => {
    expect(moved({ x: 10, y: 10, width: 100, height: 50 }, world, -50, 500)).toEqual({ x: 0, y: 206, width: 100, height: 50 });
    expect(isWhole(scaledRegion({ x: 300, y: 100, width: 128, height: 64 }, world, 100, 350, 120), world)).toBe(true);
  });
  it("goes no closer than a few cells", () => expect(scaledRegion({ x: 0, y: 0, width: 8, height: 4 }, world, 0.5, 4, 2).width).toBe(8));
  it("asks for whole cells", () =>
    expect(covering({ x: 3.5, y: 250.2, width: 10, height: 20 }, world)).toEqual({ x: 3, y: 250, width: 11, height: 6 }));
  it("follows a cell that leaves the picture, and only then", () => {
    const r = { x: 10, y: 10, width: 20, height: 20 };

    expect(including(r, world, 15, 29)).toBe(r);
    expect(including(r, world, 15, 30)).toEqual({ ...r, y: 11 });
  });
});

it("says how far values lie beyond the colors, on the side where they do", () =>
  expect(beyondWords([-112.1, -1], [-13.1, -1])).toBe(
    "colors end 3 interquartile ranges beyond the quartiles; × is outside, down to −112.1",
  ));

describe("the greedy path in words", () => {
  const words = (end: "terminal" | "loop" | "restart" | "open", states: number[]): string => pathWords({ states, end }, false);

  it("says how it ends", () =>
    expect([words("terminal", [0, 1, 2]), words("loop", [0, 1, 0]), words("restart", [0, 1]), words("open", [0, 1, 2])]).toEqual([
      "The greedy path from the start ends after 2 steps.",
      "The greedy path from the start goes round in circles.",
      "The greedy path from the start falls back to the start after 1 step.",
      "The greedy path from the start is known for 2 steps.",
    ]));
  it("says nothing of a world too large for it", () => expect(pathWords(null, false)).toBe(""));
});

it("says how far back the last changes are known", () =>
  expect(knownWords(12_345)).toBe("changes of the best actions after episode 12,345, looking further back…"));

describe("pins", () => {
  const kinds = [{ tile: "G", kind: "goal" as const, reward: 0 }, { tile: "#", kind: "wall" as const, reward: 0 }];
  const world = { width: 8, height: 4, states: 32, starts: [9], tiles: kinds } as unknown as WireWorld;
  const tile = (cells: number[], step: number): Tile => ({ x: 0, y: 0, columns: 8 / step, step, cells: Uint8Array.from(cells) }) as Tile;

  it("stand in the middle of start and goal, of a square of cells in the square's", () => {
    expect(pinsOf([tile([0, 0, 0, 0, 0, 2, 0, 1], 2)], world, 0)).toEqual([{ kind: "start", x: 1, y: 1 }, { kind: "goal", x: 6.5,
      y: 2.5 }]);
    expect(pinsOf([tile([0, 0, 0, 1], 1)], world, 0)[1]).toEqual({ kind: "goal", x: 3, y: 0 });
  });
  it("are none of goals that are too many to tell apart", () =>
    expect(pinsOf([tile(Array.from({ length: 32 }, () => 1), 1)], world, 0).map(p => p.kind)).toEqual(["start"]));
  it("show the starts of the shown mode only", () => expect(pinsOf([], world, 1)).toEqual([]));
});
