import { expect, it } from "vitest";
import { joined, parts } from "../../src/curve/listing";
import type { Bucket } from "../../src/wire/view-state";

const b = (start: number, end: number, mean: number): Bucket => ({ start, end, min: mean - 1, max: mean + 2, mean, std: 0,
  count: end - start + 1 });

it("joins neighboring points as the mean of their episodes, and their extremes", () =>
  expect(joined([b(1, 3, -10), b(4, 4, 2)])).toMatchObject({ start: 1, end: 4, count: 4, mean: -7, min: -11, max: 4 }));

it("has a row for each point, or twelve that cover the curve without a gap", () => {
  const many = parts(Array.from({ length: 100 }, (_, i) => b(2 * i + 1, 2 * i + 2, i)));

  expect(parts([b(1, 1, 0), b(2, 2, 0)]).map(r => r.start)).toEqual([1, 2]);
  expect(many.length).toBe(12);
  expect(many.map(r => r.start)).toEqual([1, ...many.slice(0, -1).map(r => r.end + 1)]);
  expect(many.at(-1)?.end).toBe(200);
  expect(parts([])).toEqual([]);
});
