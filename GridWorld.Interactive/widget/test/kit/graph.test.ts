import { expect, it } from "vitest";
import { layGraph } from "../../src/kit/graph";

it("lays states out by their distance from a start, and those that no start leads to last", () => {
  const { at } = layGraph(5, [1], [[1, 0], [1, 2], [2, 3], [0, 3], [3, 1], [4, 0]]);
  const columns = [...new Set(at.map(p => p.x))].sort((a, b) => a - b);

  expect(at.map(p => columns.indexOf(p.x))).toEqual([1, 0, 1, 2, 3]);
});

it("puts no two states in one place, and all in the picture", () => {
  const edges = Array.from({ length: 60 }, (_, i) => [Math.floor(i / 3), i]);
  const { at, width, height } = layGraph(60, [0], edges);

  expect(new Set(at.map(p => `${p.x} ${p.y}`)).size).toBe(60);
  expect(at.every(p => p.x > 0 && p.x < width && p.y > 0 && p.y < height)).toBe(true);
});
