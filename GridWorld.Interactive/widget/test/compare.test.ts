import { describe, expect, it } from "vitest";
import { best, differing, readLine, together } from "../src/compare-data";
import type { Status } from "../src/protocol";

const run = (id: string, more: Partial<Status> = {}): Status =>
  ({ run_id: id, name: id, state: "completed", episodes: 1, steps: 1, steps_per_second: 1, epsilon: 0.1, learning_rate: 0.1, discount_factor: 1, ...more });

it("reads a mean curve, with gaps where it is not finite", () =>
  expect(readLine({ points: [{ start: 1, end: 2, mean: -5 }, { start: 3, end: 4, mean: "NaN" }] })).toEqual({ x: [1.5, 3.5], mean: [-5, null] }));
it("reads nothing from what is no curve", () => expect([readLine(null), readLine({ points: 3 })]).toEqual([{ x: [], mean: [] }, { x: [], mean: [] }]));

it("puts lines of different detail on one axis", () =>
  expect(together([{ x: [1, 3], mean: [10, 30] }, { x: [2, 3], mean: [20, null] }])).toEqual({ x: [1, 2, 3], columns: [[10, undefined, 30], [undefined, 20, null]] }));

it("finds the settings in which runs differ", () => expect([...differing([run("a"), run("b", { epsilon: 0.05 })])]).toEqual(["epsilon"]));

describe("best", () => {
  it("is the greatest mean return of the last 100 episodes", () =>
    expect(best([run("a", { mean_return_last_100: -20 }), run("b", { mean_return_last_100: -13 }), run("c", { mean_return_last_100: null })])).toBe("b"));
  it("is none where two are alike, or only one is known", () => {
    expect(best([run("a", { mean_return_last_100: 1 }), run("b", { mean_return_last_100: 1 })])).toBeNull();
    expect(best([run("a", { mean_return_last_100: 1 }), run("b")])).toBeNull();
  });
});
