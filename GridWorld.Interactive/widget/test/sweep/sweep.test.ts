import { describe, expect, it, vi } from "vitest";
import { linkTo, nowhere, readLink, type Link } from "../../src/wire/link";
import { barFilter, barWords, readBars } from "../../src/run/histogram";
import { brushOf, isInside, without, withRange, withWord } from "../../src/sweep/filter-text";
import { createPages, pageSize } from "../../src/sweep/pages";
import { placeOf, scaleOf, ticksOf, valueAt, type Scale } from "../../src/sweep/scale";
import { brushed, readPlot } from "../../src/sweep/trials-data";
import type { WireSweepPlot } from "../../src/wire/protocol";

const scale = (values: readonly (number | null)[], isLog = false, words: string[] | null = null, isRobust = false): Scale =>
  scaleOf({ name: "learning_rate", is_logarithmic: isLog, words }, values, isRobust);

describe("an axis", () => {
  it("has each value at its place and back", () => {
    for (const axis of [scale([0.01, 1, null], true), scale([-20, 5])])
      for (const place of [0, 0.3, 1]) expect(placeOf(axis, valueAt(axis, place))).toBeCloseTo(place, 12);
    expect(placeOf(scale([0.01, 1], true), 0.1)).toBeCloseTo(0.5, 12);
  });
  it("has round ticks within its ends", () => {
    expect(ticksOf(scale([0.01, 1], true), 8).map(t => t.text)).toEqual(["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"]);
    expect(ticksOf(scale([-20, 5]), 6).map(t => t.text)).toEqual(["−20", "−15", "−10", "−5", "0", "5"]);
    expect(ticksOf(scale([0, 1], false, ["q-learning", "sarsa"]), 5).map(t => t.text)).toEqual(["q-learning", "sarsa"]);
    expect(ticksOf(scale([3, 3]), 5).map(t => t.text)).toEqual(["3"]);
  });
  it("is linear where a logarithm has no sense, and stands without values", () => {
    expect(scale([0, 1], true).isLog).toBe(false);
    expect([scale([]).from, scale([null, Infinity]).to]).toEqual([0, 1]);
  });
  it("leaves outliers of the objective beyond its end", () => {
    const axis = scale([...Array.from({ length: 60 }, (_, i) => i - 59), -9000], false, null, true);
    expect([axis.from, axis.to, axis.beyond]).toEqual([-59, 0, 1]);
    expect(placeOf(axis, -Infinity)).toBe(0);
  });
});

describe("the filter as the brush writes it", () => {
  it("keeps what is said of other axes", () => {
    const filter = withRange("sarsa learning_rate < 0.5 epsilon >= 0.1", "learning_rate", 0.01234, 0.3456);
    expect(filter).toBe("sarsa epsilon >= 0.1 learning_rate >= 0.0123 learning_rate <= 0.346");
    expect(without(filter, "learning_rate")).toBe("sarsa epsilon >= 0.1");
    expect(brushOf(filter, "learning_rate")).toEqual({ low: 0.0123, high: 0.346, word: null });
    expect(brushOf(filter, "rate")).toBeNull();
  });
  it("names a range that holds what was brushed", () => {
    const { low, high } = brushOf(withRange("", "x", -13.4567, -1.2345), "x") ?? { low: null, high: null };
    expect([low, high]).toEqual([-13.5, -1.23]);
  });
  it("takes a word, and lets it go at the second click", () => {
    const filter = withWord("epsilon < 1", "learner", "n step");
    expect(filter).toBe("epsilon < 1 learner = \"n step\"");
    expect(withWord(filter, "learner", "n step")).toBe("epsilon < 1");
  });
  it("is judged on the page while the hand drags", () => {
    const range = { low: 0.1, high: 0.4, word: null };
    expect([0.05, 0.1, 0.4, 0.5, null].map(v => isInside(scale([0, 1]), range, v))).toEqual([false, true, true, false, false]);
    expect(isInside(scale([0, 1], false, ["a", "b"]), { low: null, high: null, word: "b" }, 1)).toBe(true);
  });
});

describe("the trials of the charts", () => {
  const plot: WireSweepPlot = { total: 3,
    axes: [{ name: "learning_rate", is_logarithmic: true, words: null }, { name: "mean_return", is_logarithmic: false, words: null }],
    trials: [4, 5, 9], columns: [[0.1, 0.5, 1], [-13, "-Infinity", -20]], out: [1] };
  it("have the best last, whichever way is better", () => {
    expect(readPlot(plot, true).order).toEqual([1, 2, 0]);
    expect(readPlot(plot, false).order).toEqual([0, 2, 1]);
    expect(readPlot(plot, true).isIn).toEqual([true, false, true]);
  });
  it("are ranked within their worlds, and the best that are shown are known", () => {
    const two: WireSweepPlot = { ...plot, total: 4,
      axes: [{ name: "world", is_logarithmic: false, words: ["a", "b"] }, ...plot.axes.slice(1)], trials: [1, 2, 3, 4],
      columns: [[0, 0, 1, 1], [-100, -50, -3, -2]], out: [] };
    expect(readPlot(two, true, [2, 4, 99])).toMatchObject({ order: [0, 2, 1, 3], best: [1, 3] });
  });
  it("are let through by a brush", () => {
    expect(brushed(readPlot(plot, true), "learning_rate <= 0.5 mean_return > -19")).toEqual([true, false, false]);
  });
});

describe("pages of rows", () => {
  it("are fetched once, kept in a bounded number, and renewed in place", async () => {
    const fetch = vi.fn((start: number) => Promise.resolve({ total: 5000, rows: Array.from({ length: pageSize }, (_, i) => start + i) }));
    const pages = createPages(fetch, () => undefined);
    pages.want(0, 30);
    pages.want(10, 30);
    await vi.waitFor(() => expect(pages.row(7)).toBe(7));
    expect([fetch.mock.calls.length, pages.total()]).toEqual([1, 5000]);
    for (let first = 0; first < 3000; first += 100) pages.want(first, 30);
    await vi.waitFor(() => expect(pages.row(2907)).toBe(2907));
    expect(pages.row(7)).toBeUndefined();
    pages.renew();
    expect(pages.row(2907)).toBe(2907);
    const calls = fetch.mock.calls.length;
    pages.want(2900, 30);
    expect(fetch.mock.calls.length).toBe(calls + 1);
  });
  it("of another filter do not mix with these", async () => {
    let answer: (part: { total: number; rows: number[] }) => void = () => undefined;
    const pages = createPages<number>(() => new Promise(done => answer = done), () => undefined);
    pages.want(0, 10);
    const late = answer;
    pages.reset();
    late({ total: 9, rows: [1] });
    await Promise.resolve();
    expect([pages.total(), pages.row(0)]).toEqual([0, undefined]);
  });
});

describe("a bar of the histogram", () => {
  const [first, middle, last] = readBars({ first: 1, last: 9,
    bars: [{ low: -900, high: -20, count: 1 }, { low: -20, high: -10, count: 5 }, { low: -10, high: 3, count: 3 }] });
  it("at an end holds all that lies beyond", () => {
    expect([first, middle, last].map(b => (b ? barWords(b) : ""))).toEqual(["below −20", "−20 to −10", "−10 and more"]);
    expect([first, middle, last].map(b => (b ? barFilter(b) : ""))).toEqual(["return < -20", "return >= -20 return < -10",
      "return >= -10"]);
  });
});

describe("a link", () => {
  const token = "a".repeat(43);
  it.each([
    [{ run: null, sweep: null }, token],
    [{ run: "tune-1/3/2", sweep: null }, `${token}/tune-1%2F3%2F2`],
    [{ run: null, sweep: "tune-1" }, `${token}/sweep=tune-1`],
    [{ run: "a b@c", sweep: null, place: { at: 500, cell: [3, 2], layer: "td_error", tab: "agent" } },
      `${token}/a%20b%40c@500?cell=3,2&layer=td_error&tab=agent`],
    [{ run: null, sweep: null, place: { at: null, cell: [0, 0], layer: null, tab: null } }, `${token}/?cell=0,0`],
    [{ run: "r", sweep: null, place: { at: 0, cell: null, layer: null, tab: null } }, `${token}/r@0`],
  ] as [Omit<Link, "token" | "place"> & Partial<Link>, string][])("to %o is read as it is written", (to, text) => {
    expect(linkTo(token, to)).toBe(text);
    expect(readLink(`#${text}`)).toEqual({ token, place: nowhere, ...to });
  });
});
