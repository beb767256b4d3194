import { describe, expect, it } from "vitest";
import { shares } from "../../src/map/shares";
import { cellOf, coversAll, decode, extent, lay, noTiles, tileOf } from "../../src/wire/tiles";
import { map } from "../frames";

describe("decode", () => {
  it("is offset + scale · n, and NaN where there is nothing", () => expect([...decode(map([0, 2, 255], 3))]).toEqual([-10, -9, NaN]));

  it("reads 16 bits with the low byte first", () =>
    expect([
      ...decode({ ...map([0, 0, 0, 0], 4), bits: 16, columns: 2, rows: 1, nan: 65535, scale: 1, offset: 0,
        data: btoa("\x01\x02\xff\xff") }),
    ]).toEqual([513, NaN]));

  it("gives what lies beyond the scale no number of its own", () =>
    expect([...decode({ ...map([0, 1, 254, 255], 4), beyond: [-100, 400] })]).toEqual([-Infinity, -9.5, Infinity, NaN]));

  it("holds numbers that no 32 bits hold", () => expect([...decode({ ...map([1], 1), scale: 1e300, offset: 0 })]).toEqual([1e300]));

  it("refuses bytes that don't fit the size", () =>
    expect(() => decode({ ...map([0, 0], 2), columns: 3 })).toThrow("Map has 2 bytes; 3 × 1 values of 8 bits need 3."));
});

describe("lay", () => {
  const cells = btoa("\x01\x02\x03\x04");

  it("keeps the cells when a later tile has only values", () => {
    const tiles = lay(lay(noTiles, map([1, 2, 255, 4], 4, { cells })), map([5, 6, 255, 8], 4));

    expect([...(tiles.get("0,0")?.cells ?? [])]).toEqual([1, 2, 3, 4]);
    expect(extent(tiles.values())).toEqual([-7.5, -6]);
  });

  it("sets tiles side by side, and drops those of another layer", () => {
    const two = lay(lay(noTiles, map([1, 2], 2)), map([3, 4], 2, { x: 2 }));
    expect([...two.keys()]).toEqual(["0,0", "2,0"]);

    expect([...lay(two, map([9, 9], 2, { layer: "visits" })).keys()]).toEqual(["0,0"]);
  });

  it("holds a bounded number of tiles", () => {
    let tiles = noTiles;
    for (let x = 0; x < 500; x++) tiles = lay(tiles, map([1], 1, { x }));

    expect(tiles.size).toBe(64);
    expect(tiles.has("499,0")).toBe(true);
  });
});

it("has no extent where nothing was visited", () => expect(extent(lay(noTiles, map([255, 255], 2)).values())).toBeNull());

it("knows whether the whole world is there, at whatever detail", () => {
  const left = lay(noTiles, map([1, 2], 1, { step: 2 }));
  expect(coversAll(left, 3, 4)).toBe(false);

  expect(coversAll(lay(lay(noTiles, map([1, 2], 2, { step: 2, rows: 1 })), map([1, 2], 2, { step: 2, y: 2, rows: 1 })), 3, 4)).toBe(true);
  expect(coversAll(lay(lay(noTiles, map([1, 2], 2, { step: 2, rows: 1 })), map([1, 2], 2, { step: 2, y: 3, rows: 1 })), 3, 5)).toBe(false);
});

it("finds a cell in the tile that has it", () => {
  const tiles = lay(noTiles, map([1, 2, 3, 4], 2, { x: 4, y: 2, cells: btoa("\x01\x02\x03\x04") }));

  expect([cellOf(tiles, 4, 3), cellOf(tiles, 5, 3), cellOf(tiles, 3, 3)]).toEqual([3, 4, null]);
});

describe("tiles that lie over each other", () => {
  const tile = (x: number, y: number): ReturnType<typeof tileOf> => tileOf({ ...map([1, 2, 3, 4], 2), x, y });
  const area = (r: { left: number; top: number; right: number; bottom: number }): number => (r.right - r.left) * (r.bottom - r.top);

  it("draw each cell in sight once, the newest tile's first", () => {
    const [old, newer, newest] = [tile(0, 0), tile(1, 0), tile(1, 1)],
      drawn = shares([old, newer, newest], { left: 0, top: 0, right: 3, bottom: 3 });

    expect(drawn.get(newest)?.map(area)).toEqual([4]);
    expect(drawn.get(newer)?.map(area)).toEqual([2]);
    expect(drawn.get(old)?.map(area).reduce((a, b) => a + b)).toBe(2);
  });
  it("draw nothing where newer ones hide them", () =>
    expect(shares([tile(0, 0), tile(0, 0)], { left: 0, top: 0, right: 2, bottom: 2 }).size).toBe(1));
});
