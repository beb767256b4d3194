import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bandShares, rangeOf, settledRange, wholeRange } from "../../src/curve/range";
import type { Bucket } from "../../src/wire/view-state";

const b = (start: number, end: number, mean: number, min = mean - 1, max = mean + 1): Bucket => ({ start, end, min, max, mean, std: 0,
  count: end - start + 1 });
const single = (...means: number[]): Bucket[] => means.map((v, i) => b(i + 1, i + 1, v, v, v));

describe("the range of the settled part", () => {
  // The shape of a learner on a large map: from −240,000 on average to −15,000 in 240 points.
  const learner = single(...Array.from({ length: 240 }, (_, i) => -15_000 - 225_000 * Math.exp(-i / 15)));

  it("leaves the untrained beginning out, and says how far it goes", () => {
    const r = settledRange(learner, -180);

    expect(r.min).toBeGreaterThan(-70_000);
    expect(r.max).toBeLessThan(5000);
    expect(r.lowest).toBe(-240_000);
    expect(r.highest).toBeNull();
    expect(r.outside).toBe(learner.filter(p => p.mean < r.min).length);
    expect(r.outside).toBeGreaterThan(20);
    expect(r.outside).toBeLessThanOrEqual(24);
  });
  it("contains the settled means whole, and the optimum", () => {
    const r = settledRange(learner, -180);

    expect(learner.slice(120).every(p => p.mean > r.min && p.mean < r.max)).toBe(true);
    expect(r.max).toBeGreaterThan(-180);
  });
  it("leaves out the farthest 5% only if they lie farther than its own height", () => {
    const near = single(...Array.from({ length: 100 }, (_, i) => (i === 80 ? 15 : i % 10))),
      far = single(...Array.from({ length: 100 }, (_, i) => (i === 80 ? -500 : i % 10)));

    expect(settledRange(near, null).outside).toBe(0);
    expect(settledRange(far, null)).toMatchObject({ outside: 1, lowest: -500 });
  });
  it("shows how the curve came to a value on which it settled, which has no height of its own", () => {
    const r = settledRange(single(...Array.from({ length: 100 }, (_, i) => (i < 10 ? -1000 + 100 * i : -13))), -13);

    expect(r.min).toBeLessThan(-100);
    expect(r.min).toBeGreaterThan(-200);
  });
  it("takes the returns 0 and 1 from 0 to 1", () => {
    const lake = Array.from({ length: 100 }, (_, i) => ({ ...b(i * 128 + 1, i * 128 + 128, Math.min(0.4, i / 50), 0, 1), std: 0.49 }));

    expect(settledRange(lake, 0.74)).toMatchObject({ outside: 0, lowest: null, highest: null });
    expect(settledRange(lake, 0.74).min).toBeGreaterThan(-0.06);
    expect(settledRange(lake, 0.74).max).toBeLessThan(1);
  });
  it("does not take a slow climb for outliers", () => {
    const climb = single(...Array.from({ length: 160 }, (_, i) => 1 - Math.exp(-i / 30)));

    expect(settledRange(climb, 1).outside).toBeLessThanOrEqual(16);
  });
  it("takes all points while there are few", () => expect(settledRange(single(-1000, -500, -20, -13), null).outside).toBe(0));
  it("stands still while the last points change a little", () => {
    const of = (last: number): number[] => {
      const { min, max } = settledRange(single(...Array.from({ length: 100 }, (_, i) => -20 - (i % 10)), last), -13);
      return [min, max];
    };
    expect(of(-24.1)).toEqual(of(-25.3));
  });
  it("is a unit where there is nothing", () =>
    expect(settledRange([], -50)).toEqual({ min: 0, max: 1, lowest: null, highest: null, outside: 0 }));

  it("is a finite range that counts what it leaves out, whatever the returns", () => {
    const number = fc.double({ noDefaultInfinity: true });
    fc.assert(fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), fc.option(number), (means, optimum) => {
      const points = single(...means), finite = means.filter(Number.isFinite);
      for (const y of [{ extent: "settled", symlog: false }, { extent: "all", symlog: false }, { extent: "all", symlog: true }] as const) {
        const r = rangeOf(points, optimum, y);
        expect(Number.isFinite(r.max - r.min)).toBe(true);
        expect(r.max).toBeGreaterThan(r.min);
        if (y.extent === "settled") expect(r.outside).toBe(finite.filter(v => v < r.min || v > r.max).length);
      }
    }));
  });
});

it("a symmetric logarithmic axis has room for all points", () => {
  const r = rangeOf(single(-240_000, -300, 5), -180, { extent: "settled", symlog: true });

  expect(r.min).toBeLessThan(-240_000);
  expect(r.max).toBeGreaterThan(5);
  expect(r.max).toBeLessThan(20);
});

it("the share of a band is that of most points, within the picture", () => {
  const limits = { min: 0, max: 10, lowest: null, highest: null, outside: 0 };

  expect(bandShares([{ ...b(1, 10, 5, 0, 10), std: 1 }, { ...b(11, 20, 5, -90, 10), std: 2 }, { ...b(21, 30, 5, 4, 6), std: 9 }], limits))
    .toEqual({ deviation: 0.2, extremes: 1 });
  expect(bandShares([], limits)).toEqual({ deviation: 0, extremes: 0 });
});

describe("the range of all points", () => {
  it("holds every mean and the optimum", () => {
    const r = wholeRange([b(1, 1, -50), b(2, 2, -10)], -5);

    expect(r.min).toBeLessThan(-50);
    expect(r.max).toBeGreaterThan(-5);
    expect(r.lowest).toBeNull();
  });

  it("does not let extreme single episodes press the curve flat, and says how far they go", () => {
    const points = Array.from({ length: 200 }, (_, i) => b(i + 1, i + 1, -20 - (i % 10), i === 3 ? -9000 : -30, -13));
    const r = wholeRange(points, -13);

    expect(r.min).toBeGreaterThan(-60);
    expect(r.lowest).toBe(-9000);
  });

  it("does not follow the deviation of a first bucket full of extremes", () => {
    const points = [{ ...b(1, 100, -800, -430000, -40), std: 11000 },
      ...Array.from({ length: 100 }, (_, i) => ({ ...b(101 + i, 101 + i, -45, -60, -40), std: 3 }))];

    expect(wholeRange(points, null).min).toBeGreaterThan(-1700);
  });

  it("says as much of the longest episode", () =>
    expect(wholeRange([b(1, 100, 50, 13, 1000), b(101, 200, 20, 13, 40)], null)).toMatchObject({ lowest: null, highest: 1000 }));
  it("is a unit where there is nothing", () =>
    expect(wholeRange([], -50)).toEqual({ min: 0, max: 1, lowest: null, highest: null, outside: 0 }));
  it("has a height where all is one value", () => {
    const r = wholeRange([b(1, 1, 3, 3, 3)], null);

    expect(r.max).toBeGreaterThan(r.min);
  });
});
