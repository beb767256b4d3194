import { describe, expect, it } from "vitest";
import type { WireRunSettings, WireRuns } from "../../src/wire/protocol";
import { emptyBook, readRuns, type ListedRun } from "../../src/wire/sessions";
import { bestGroup, bestRun } from "../../src/table/best";
import { sidesOf } from "../../src/table/comparison";
import { columnsOf, fieldsOf } from "../../src/table/fields";
import { readFilter } from "../../src/table/filter";
import { groupBy, meanOf, seeds, sorted, studentT } from "../../src/table/groups";
import { clicked, modelOf, type Choices } from "../../src/table/model";
import { add, answer, first, nothingPicked, present, remove } from "../../src/table/picks";

const settings = (more: Partial<WireRunSettings> & { learner?: object } = {}): WireRunSettings => ({ place: 0, world: "cliff-walking",
  world_digest: "c", step_limit: 1000, learner: { name: "q-learning", learning_rate: 0.1, epsilon: 0.1 }, ...more });

const common = settings(),
  sarsa = settings({ place: 1, learner: { name: "sarsa", learning_rate: 0.1, epsilon: 0.05, traces: "replacing" } }),
  maze = settings({ place: 2, world: "dyna-maze", world_digest: "d" });

const run = (id: string, more: Partial<ListedRun> = {}): ListedRun => ({ run_id: id, name: id, state: "completed", episodes: 500,
  target_episodes: 500, steps: 9000, mean_return_last_100: -20, greedy_value: null, optimal_value: null, created: 1000, settings: common,
  seed: "1", starred: false, note: null, error: null, can_resume: false, can_continue: true, can_delete: true, replay: false,
  newer_run_id: null, ...more });

describe("the list", () => {
  const row = (id: string, name: string, created: number,
    place = 0): WireRuns["runs"][number] => [id, name, "completed", 500, null, 9000, "NaN", null, -13, created, place, 6, true,
    "18446744073709551615", "n", null];
  const whole: WireRuns = { version: 5, is_whole: true, can_control: true, settings: [common], runs: [row("a", "x", 1), row("b", "", 2)],
    gone: [], total: 2 };
  const book = readRuns(emptyBook, whole);

  it("is read with its settings, newest first", () => {
    expect(book.runs.map(r => [r.run_id, r.name, r.settings?.world, r.can_resume, r.can_delete, r.starred])).toEqual([["b", "b",
      "cliff-walking", false, true, true], ["a", "x", "cliff-walking", false, true, true]]);
    expect(book.runs[0]?.mean_return_last_100).toBeNaN();
  });
  it("takes changes, new settings and what has gone", () => {
    const next = readRuns(book, { ...whole, version: 6, is_whole: false, settings: [sarsa], runs: [row("c", "x", 3, 1)], gone: ["b"] });
    expect(next.runs.map(r => [r.run_id, r.settings?.place, r.newer_run_id])).toEqual([["c", 1, null], ["a", 0, "c"]]);
  });
  it("stays the same list where nothing has changed, or no answer came", () => {
    expect(readRuns(book, { ...whole, version: 7, is_whole: false, settings: [], runs: [], gone: [] }).runs).toBe(book.runs);
    expect([readRuns(book, null), readRuns(book, {}), readRuns(book, "x")]).toEqual([book, book, book]);
  });
  it("is replaced by that of a restarted server", () =>
    expect(readRuns(book, { ...whole, version: 9, runs: [row("z", "z", 1)] }).runs.map(r => r.run_id)).toEqual(["z"]));
});

describe("columns", () => {
  const titles = (...runs: ListedRun[]): string[] => columnsOf(runs).map(f => f.title);
  const results = ["Episodes", "Steps", "Return, last 100", "State", "Created"];

  it("are the settings in which the runs differ, and the results", () => {
    expect(titles(run("a"), run("b"))).toEqual(["Run", ...results]);
    expect(titles(run("a"), run("b", { settings: sarsa, seed: "2" }))).toEqual(["Run", "Learner", "Epsilon", "Traces", "Seed", ...results]);
  });
  it("have the optimum and the notes once one is known", () =>
    expect(titles(run("a", { optimal_value: -13, note: "good" }))).toEqual(["Run", "Episodes", "Steps", "Return, last 100", "Optimum",
      "State", "Created", "Note"]));
  it("do not come from a damaged file", () =>
    expect(titles(run("a"), run("b", { settings: null, error: "damaged", seed: null }))).toEqual([
      "Run",
      ...results,
    ]));
});

describe("the filter", () => {
  const runs = [run("cold"), run("hot", { settings: sarsa, mean_return_last_100: -13, note: "keep me", starred: true }),
    run("lost", { settings: maze, name: "Maze one", state: "stopped", created: new Date(2026, 10, 29, 13).getTime(), seed: "7" })];
  const read = (text: string): string[] | string => {
    const { test, fault } = readFilter(text, fieldsOf(runs));
    return fault ?? runs.filter(test).map(r => r.run_id);
  };

  it.each([
    ["", ["cold", "hot", "lost"]],
    ["epsilon < 0.1", ["hot"]],
    ["epsilon<=0.1 world=cliff-walking", ["cold", "hot"]],
    ["learner = SARSA", ["hot"]],
    ["learner != sarsa", ["cold", "lost"]],
    ["learning rate >= 0,1 return > -20", ["hot"]],
    ["α = 0.1 state: stopped", ["lost"]],
    ["maze", ["lost"]],
    ["keep sarsa", ["hot"]],
    ["\"maze one\" seed = 7", ["lost"]],
    ["starred = yes", ["hot"]],
    ["created = 2026-11-29", ["lost"]],
    ["traces = replacing", ["hot"]],
    ["epsilon ≠ 0.1", ["hot"]],
    ["step_limit = 1,000", "not found"],
  ])("%j shows %j", (text, ids) => {
    if (ids === "not found") expect(read(text)).toEqual([]);
    else expect(read(text)).toEqual(ids);
  });
  it.each([
    ["epsilom < 1", "There is no column 'epsilom'. Use one of name, learner, world, learning_rate, epsilon, traces, step_limit, "
      + "target_episodes, seed, episodes, steps, return, greedy_value, optimum, state, created, note, starred."],
    ["epsilon <", "A value is missing after 'epsilon <'."],
    ["epsilon < = 3", "A value is missing after 'epsilon <'."],
    ["epsilon < small", "'small' is not a number, so epsilon < small cannot be decided."],
    ["< 3", "Nothing stands before '<'. Write, for example, epsilon < 0.1."],
    ["created > yesterday", "'yesterday' is not a date. Write it as 2026-11-29."],
    ["\"open", "A quotation mark is not closed."],
    ["!", "'!' has no meaning here."],
  ])("tells what is wrong with %j", (text, words) => expect(read(text)).toBe(words));
});

describe("groups", () => {
  it("know the quantiles of Student's t", () => {
    expect(studentT(4)).toBe(2.776);
    expect(studentT(40)).toBeCloseTo(2.0211, 3);
    expect(studentT(120)).toBeCloseTo(1.9799, 3);
  });
  it("have the mean and its 95 % interval", () => {
    // Variance 2.5, standard error √(2.5 / 5), times 2.776.
    expect(meanOf([1, 2, 3, 4, 5, null, NaN])).toEqual({ n: 5, mean: 3, half: 2.776 * Math.sqrt(0.5) });
    expect(meanOf([7])).toEqual({ n: 1, mean: 7, half: null });
    expect(meanOf([null, "linear"])).toBeNull();
  });
  const runs = [run("a", { seed: "1", mean_return_last_100: -20 }), run("b", { seed: "2", mean_return_last_100: -22 }),
    run("c", { settings: sarsa, seed: "1", mean_return_last_100: -13 })];
  it("fold the seeds of the same settings, and tell what they share", () => {
    const [first, second] = groupBy(runs, seeds, columnsOf(runs));
    expect([first?.runs.length, first?.means.get("return")?.mean, first?.shared.get("learner"), first?.shared.get("seed")]).toEqual([2, -21,
      "q-learning", undefined]);
    expect(second?.runs.map(r => r.run_id)).toEqual(["c"]);
  });
  it("come with their runs once they are open", () => {
    const choices: Choices = { filter: "", sort: { key: "return", descending: true }, group: "learner", open: new Set(["string sarsa"]) };
    expect(modelOf(runs, choices).rows.map(r => (r.kind === "group" ? String(r.group.value) : r.run.run_id))).toEqual(["sarsa", "c",
      "q-learning"]);
  });
  it("sort numbers before texts and nothing last, in both directions", () => {
    const of = (descending: boolean): unknown[] => sorted([null, "run-10", 3, "run-2", 1], v => v, descending);
    expect([of(false), of(true)]).toEqual([[1, 3, "run-2", "run-10", null], ["run-10", "run-2", 3, 1, null]]);
    expect([clicked({ key: "a", descending: false }, "a").descending, clicked({ key: "a", descending: false }, "b").descending]).toEqual([
      true,
      false,
    ]);
  });
});

describe("the best", () => {
  const better = run("b", { mean_return_last_100: -13 });

  it("is the run of the greatest mean return among all that can be compared", () =>
    expect(bestRun([run("a"), better, run("x", { error: "damaged", settings: null })]).key).toBe("b"));
  it.each([
    ["another world", { settings: maze }, "the shown runs train in 2 worlds. Filter by one world"],
    ["another step limit", { settings: settings({ place: 4, step_limit: 5 }) },
      "the shown runs have 2 step limits. Filter by one step limit"],
    ["more episodes", { episodes: 501 }, "the shown runs have different numbers of episodes. Filter by episodes"],
    ["a run that trains", { state: "training" as const }, "1 shown run has not ended. Filter by state = completed"],
    ["no return", { mean_return_last_100: NaN }, "the return of some runs is not a number"],
  ])("is none beside %s, in words",
    (_, more, why) => expect(bestRun([run("a"), better, run("c", more)])).toEqual({ key: null, words: `No best run: ${why}.` }));
  it("is none where two are alike, or of one run", () => {
    expect(bestRun([better, run("c", { mean_return_last_100: -13 })]).words).toBe("No best run: 2 runs share the highest return.");
    expect(bestRun([better]).words).toBe("No best run: there is only one run to compare.");
  });
  it("is a group only where its interval is clear of the others", () => {
    const of = (s: WireRunSettings, ...returns: number[]): ListedRun[] =>
      returns.map((r, i) => run(`${s.place}-${i}`, { settings: s, mean_return_last_100: r, seed: String(i) }));
    const judge = (runs: ListedRun[]): unknown => bestGroup(groupBy(runs, seeds, columnsOf(runs)));
    expect(judge([...of(common, -20, -21, -22), ...of(sarsa, -12, -13, -14)])).toMatchObject({ key: "1 500" });
    expect(judge([...of(common, -20, -14, -8), ...of(sarsa, -12, -13, -14)])).toEqual({ key: null,
      words: "No best group: the 95 % interval of the highest mean overlaps with another. Train more seeds." });
    expect(judge([...of(common, -20, -14), ...of(sarsa, -12)])).toMatchObject({ key: null });
  });
});

describe("the comparison", () => {
  it("is of two kinds of runs, named by what they differ in", () => {
    const slow = settings({ place: 5, learner: { name: "q-learning", learning_rate: 0.01, epsilon: 0.1 } });
    const of = (...runs: ListedRun[]): unknown => {
      const sides = sidesOf(runs);
      return sides && [sides.first.length, sides.second.length, ...sides.labels];
    };
    expect(of(run("a"), run("b", { seed: "2" }), run("c", { settings: slow }))).toEqual([2, 1, "learning rate 0.1", "learning rate 0.01"]);
    expect(of(run("a"), run("b", { settings: sarsa }))).toEqual([1, 1, "q-learning, epsilon 0.1, traces –",
      "sarsa, epsilon 0.05, traces replacing"]);
    expect([of(run("a"), run("b", { seed: "2" })), of(run("a"), run("b", { settings: sarsa }), run("c", { settings: slow }))]).toEqual([
      null,
      null,
    ]);
  });
});

describe("the chart's runs", () => {
  const runs = [run("a"), run("b"), run("m", { settings: maze }), run("x", { error: "damaged", settings: null })];
  const byId = new Map(runs.map(r => [r.run_id, r]));
  const [a, b, m, x] = runs as [ListedRun, ListedRun, ListedRun, ListedRun];

  it("begin with the shown run and the newest other of its world", () =>
    expect([first("b", runs).ids, first("m", runs).ids, first("none", runs).ids]).toEqual([["b", "a"], ["m"], []]));
  it("are of one world; a run of another waits for one more click", () => {
    const asked = add(add(nothingPicked, [a], byId), [m, b, x], byId);
    expect(asked).toEqual({ ids: ["a", "b"], asked: ["m"] });
    expect(answer(asked, "mix", byId)).toEqual({ ids: ["a", "b", "m"], asked: [] });
    expect(answer(asked, "replace", byId)).toEqual({ ids: ["m"], asked: [] });
    expect(answer(asked, "leave", byId)).toEqual({ ids: ["a", "b"], asked: [] });
  });
  it("lose those that are removed or deleted", () => {
    const both = add(nothingPicked, [a, b], byId);
    expect(remove(both, new Set(["a"])).ids).toEqual(["b"]);
    expect(present(both, new Map([["b", b]])).ids).toEqual(["b"]);
    expect(present(both, byId)).toBe(both);
  });
});
