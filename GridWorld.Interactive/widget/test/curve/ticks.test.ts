import { expect, it } from "vitest";
import { symlogTicks, tick } from "../../src/curve/ticks";

it.each([[-1.2e9, 1e8, "−1.2B"], [-1e9, 1e8, "−1B"], [1_234_500_000, 500_000, "1.2345B"], [-300_000, 50_000, "−300,000"], [2e300, 1e300,
  "2e300"], [-60, 20, "−60"], [0.25, 0.05, "0.25"]])(
    "a tick at %d, %d from the next, is %s",
    (value, step, text) => expect(tick(value, step)).toBe(text),
  );

it("ticks of a symmetric logarithmic axis keep apart, and are even steps where there is nothing else", () => {
  expect(symlogTicks(-1000, 10, 8)).toEqual([-1000, -200, -50, -10, -2, 0, 2, 10]);
  expect(symlogTicks(-1e300, 1e300, 6).length).toBeLessThanOrEqual(7);
  expect(symlogTicks(0, 1, 4)).toEqual([0, 0.5, 1]);
  expect(symlogTicks(0, 2, 8, 0.001)).toEqual([0, 0.002, 0.01, 0.05, 0.2, 1]);
  expect(symlogTicks(-52, -50, 8)).toEqual([-52, -51.5, -51, -50.5, -50]);
});
