import { describe, expect, it } from "vitest";
import type { WirePoint } from "../../src/wire/protocol";
import { across, bandOf, limitsOf, lineOf, readPoints, together, valueAt } from "../../src/table/lines";

const point = (start: number, end: number, mean: WirePoint["mean"], seconds: number | null = end / 10): WirePoint => ({ start, end,
  min: mean, max: mean, mean, std: 0, count: end - start + 1, steps: end * 5, seconds });

describe("a line", () => {
  const points = [point(1, 2, -8), point(3, 4, -4), point(5, 6, "NaN"), point(7, 8, -2)];

  it("lies at the middle of its episodes, or where their steps or seconds end", () => {
    expect(lineOf(points, "episodes", 0)).toEqual({ x: [1.5, 3.5, 5.5, 7.5], y: [-8, -4, NaN, -2] });
    expect(lineOf(points, "steps", 0).x).toEqual([10, 20, 30, 40]);
    expect(lineOf([point(1, 2, -8, null), point(3, 4, -4)], "time", 0)).toEqual({ x: [0.4], y: [-4] });
  });
  it("is smoothed by the mean of the last episodes", () => expect(lineOf(points.slice(0, 2), "episodes", 4).y).toEqual([NaN, -6]));
  it("has values between its points, and none outside or beside a gap", () => {
    const line = lineOf(points, "episodes", 0);
    expect([1.5, 2.5, 3.5, 4.5, 1, 8].map(at => valueAt(line, at))).toEqual([-8, -6, -4, null, null, null]);
  });
  it("is nothing in what is not a curve", () => expect([readPoints(null), readPoints({ points: 3 })]).toEqual([[], []]));
});

it("puts lines of different detail on one axis", () =>
  expect(together([{ x: [1, 3], y: [10, 30] }, { x: [2, 3], y: [20, NaN] }])).toEqual({ x: [1, 2, 3],
    columns: [[10, undefined, 30], [undefined, 20, null]] }));

it("tells the least, the median and the greatest of many lines, and draws them as a band", () => {
  const lines = [{ x: [0, 10], y: [0, 10] }, { x: [0, 10], y: [4, 4] }, { x: [0, 5], y: [9, 9] }];
  expect(across(lines, 5)).toEqual({ n: 3, least: 4, middle: 5, greatest: 9 });
  expect(across(lines, 10)).toEqual({ n: 2, least: 4, middle: 7, greatest: 10 });
  expect(across(lines, 11)).toBeNull();
  const { least, greatest } = bandOf(lines);
  expect([least.x.at(0), least.x.at(-1), least.y.at(0), greatest.y.at(0), greatest.y.at(-1)]).toEqual([0, 10, 0, 9, 10]);
  expect(bandOf([]).middle.x).toEqual([]);
});

describe("the range", () => {
  const column = [-5000, ...Array.from({ length: 99 }, (_, i) => -20 + i / 10)];

  it("leaves out outliers and says so", () => {
    const robust = limitsOf([column], true);
    expect([robust.clipped, robust.lowest, robust.highest]).toEqual([1, -5000, null]);
    expect(robust.min).toBeGreaterThan(-22);
  });
  it("has every point if asked", () => expect(limitsOf([column], false)).toMatchObject({ clipped: 0, lowest: null }));
  it("has a margin on a symmetric logarithmic axis that is as wide as it looks", () => {
    const { min, max } = limitsOf([[-1000, -10]], false, true);
    expect([min, max].map(Math.round)).toEqual([-1259, -8]);
  });
  it("has room around a level line, and where there is none", () => {
    expect(limitsOf([[3, 3, null, undefined]], true)).toMatchObject({ min: 2.85, max: 3.15 });
    expect(limitsOf([], true)).toMatchObject({ min: 0, max: 1 });
  });
});
