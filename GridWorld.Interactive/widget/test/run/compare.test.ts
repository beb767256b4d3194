import { describe, expect, it } from "vitest";
import { best, differing, differingSettings, readLine, readSettings, together } from "../../src/run/compare-data";
import type { WireStatus } from "../../src/wire/protocol";
import { status } from "../frames";

const run = (id: string, more: Partial<WireStatus> = {}): WireStatus => status({ run_id: id, name: id, ...more });

it("reads a mean curve, with gaps where it is not finite", () =>
  expect(readLine({ points: [{ start: 1, end: 2, mean: -5 }, { start: 3, end: 4, mean: "NaN" }] })).toEqual({ x: [1.5, 3.5],
    mean: [-5, null] }));
it("reads nothing from what is not a curve", () =>
  expect([readLine(null), readLine({ points: 3 })]).toEqual([{ x: [], mean: [] }, { x: [], mean: [] }]));

it("puts lines of different detail on one axis", () =>
  expect(together([{ x: [1, 3], mean: [10, 30] }, { x: [2, 3], mean: [20, null] }])).toEqual({ x: [1, 2, 3],
    columns: [[10, undefined, 30], [undefined, 20, null]] }));

it("finds the settings in which runs differ", () => expect([...differing([run("a"), run("b", { epsilon: 0.05 })])]).toEqual(["epsilon"]));

describe("settings", () => {
  const sarsa = readSettings({ session_id: "a", world: "cliff-walking", seed: "18446744073709551615", step_limit: 1000,
    learner: { name: "n-step-sarsa", learning_rate: 0.5, steps_ahead: 4, initial_value: 0 } });
  it("are read by title, without the three that the status tells", () =>
    expect([...sarsa]).toEqual([["Learner", "n-step-sarsa"], ["Steps ahead", "4"], ["Initial value", "0"], ["World", "cliff-walking"], [
      "Seed",
      "18446744073709551615",
    ], ["Step limit", "1,000"]]));
  it("say a schedule as it was given", () =>
    expect(readSettings({ learner: { name: "sarsa", temperature: { type: "linear", from: 1 } } }).get("Temperature")).toBe(
      "{\"type\":\"linear\",\"from\":1}",
    ));
  it("are none in what is not an answer", () => expect([readSettings(null).size, readSettings("no").size]).toEqual([0, 0]));
  it("differ where a value does, or only one has it", () =>
    expect(
      differingSettings([sarsa,
        readSettings({ world: "cliff-walking", seed: "2", step_limit: 1000, learner: { name: "sarsa", initial_value: 0 } })]),
    ).toEqual(["Learner", "Steps ahead", "Seed"]));
  it("of one run differ in nothing", () => expect([differingSettings([sarsa]), differingSettings([])]).toEqual([[], []]));
});

describe("best", () => {
  it("is the greatest mean return of the last 100 episodes", () =>
    expect(
      best([run("a", { mean_return_last_100: -20 }), run("b", { mean_return_last_100: -13 }), run("c", { mean_return_last_100: null })]),
    ).toBe("b"));
  it("is none where two are alike, or only one is known", () => {
    expect(best([run("a", { mean_return_last_100: 1 }), run("b", { mean_return_last_100: 1 })])).toBeNull();
    expect(best([run("a", { mean_return_last_100: 1 }), run("b")])).toBeNull();
  });
});
