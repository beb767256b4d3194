import { describe, expect, it } from "vitest";
import { xAxis } from "../../src/curve/axis";
import { columns, gaps, movingAverage, nonFinite, oddity, resolution } from "../../src/curve/data";
import { label, marks, mostMarks } from "../../src/curve/markers";
import { dragged, scaled, shifted } from "../../src/curve/zoom";
import type { Bucket } from "../../src/wire/view-state";
import { event } from "../frames";

const b = (start: number, end: number, mean: number, min = mean - 1, max = mean + 1): Bucket => ({ start, end, min, max, mean, std: 0,
  count: end - start + 1 });

const episodes = xAxis("episodes", []);

it("draws a bucket at its middle and leaves a gap where it is not finite", () =>
  expect(columns([b(1, 10, -5), b(11, 20, NaN, -Infinity, 3)], episodes, [1, 2])).toEqual([[5.5, 15.5], [-4, 3], [-6, null], [-5, null], [
    -5,
    null,
  ], [-5, null], [1, 2]]));

it("keeps the deviation within what was seen", () =>
  expect(columns([{ ...b(1, 10, -5), std: 4 }, { ...b(11, 20, -5), std: 0.5 }], episodes, []).slice(3, 5)).toEqual([[-4, -4.5], [-6,
    -5.5]]));

describe("the x axis", () => {
  const marks = [{ episode: 0, steps: 0, seconds: 0 }, { episode: 10, steps: 500, seconds: 1 }, { episode: 20, steps: 600, seconds: 4 }];

  it("joins the marks by straight lines, there and back", () => {
    const steps = xAxis("steps", marks), time = xAxis("time", marks);
    expect([0, 5, 10, 15, 20].map(steps.at)).toEqual([0, 250, 500, 550, 600]);
    expect([0, 5, 15, 20].map(e => time.episodeAt(time.at(e)))).toEqual([0, 5, 15, 20]);
  });
  it("stays with episodes where the server gave no times", () =>
    expect(xAxis("time", marks.map(m => ({ ...m, seconds: null }))).at(7)).toBe(7));
});

describe("the moving average", () => {
  it("is the mean of the last whole points that the window holds", () =>
    expect(movingAverage([b(1, 2, 1), b(3, 4, 3), b(5, 6, 5), b(7, 8, 7)], 5)).toEqual({ values: [null, 2, 4, 6], window: 4, lacks: "" }));
  it("is not drawn where a point alone holds as many episodes", () =>
    expect(movingAverage([b(1, 64, 1), b(65, 128, 3)], 100).window).toBeNull());
  it("is not drawn before there are as many episodes, at the run's beginning or where the points begin later", () =>
    expect([movingAverage([1, 3, 5].map((v, i) => b(i + 1, i + 1, v)), 100), movingAverage([b(51, 51, 1), b(52, 52, 3), b(53, 53, 5)], 2),
      movingAverage([b(51, 51, 1), b(52, 52, 3)], 3)]).toEqual([
        { values: [null, null, null], window: null, lacks: ", too few for a mean of the last 100" },
        { values: [null, 2, 4], window: 2, lacks: "" },
        { values: [null, null], window: null, lacks: ", too few for a mean of the last 3" },
      ]));
  it("has a gap where a value in its window is not finite, and only there", () =>
    expect(movingAverage([1, NaN, 3, 5].map((v, i) => b(i + 1, i + 1, v)), 2).values).toEqual([null, null, null, 4]));
  it("weighs a point that is not full by its episodes", () =>
    expect(movingAverage([b(1, 4, 0), b(5, 5, 10)], 8).values).toEqual([null, 2]));
});

it("turns returns into what they lack to the optimum", () =>
  expect(gaps([b(1, 1, -20, -25, -13)], -13)).toMatchObject([{ mean: 7, min: 0, max: 12 }]));

it("names what is not finite", () =>
  expect([b(1, 1, NaN), b(1, 1, Infinity, 0, Infinity), b(1, 1, -Infinity, -Infinity, 0), b(1, 1, 0)].map(oddity)).toEqual(["NaN", "∞",
    "−∞", null]));

it("counts what is not finite", () => expect(nonFinite([b(1, 1, 0), b(2, 2, NaN), b(3, 3, Infinity)])).toBe(2));

describe("resolution", () => {
  const curve = (...points: Bucket[]): Parameters<typeof resolution>[0] => ({ from: 1, to: 1, bucket: 1, points });

  it("is said in words", () => expect(resolution(curve(b(1, 24, 0), b(25, 30, 0)))).toBe("each point is 24 episodes"));
  it("knows single episodes", () => expect(resolution(curve(b(1, 1, 0), b(2, 2, 0)))).toBe("each point is one episode"));
  it("says nothing of nothing", () => expect(resolution(curve())).toBe(""));
});

describe("marks", () => {
  const at = (episode: number): number => episode;

  it("stand where their episodes are, without what every run has", () =>
    expect(marks([event(1, 0, "run_started"), event(2, 40), event(3, 90, "checkpoint")], 1, 100, at).map(m => [m.left, m.tone])).toEqual([[
      40,
      "change",
    ], [90, "checkpoint"]]));

  it("are joined where they would cover each other, the gravest giving the color", () => {
    const [mark, ...more] = marks([event(1, 40, "paused"), event(2, 43), event(3, 44, "checkpoint")], 1, 100, at);

    expect(more).toEqual([]);
    expect(mark?.events.map(e => e.seq)).toEqual([1, 2, 3]);
    expect(mark?.tone).toBe("change");
  });

  it("leave out what lies beyond the picture", () => expect(marks([event(1, 5), event(2, 500)], 10, 100, at)).toEqual([]));

  it.each([150, 1000, 5000])("of %d events are at most a hundred, and stand for all of them", many => {
    const found = marks(Array.from({ length: many }, (_, i) => event(i + 1, i * 10)), 0, many * 10, at);

    expect(found.length).toBeLessThanOrEqual(mostMarks);
    expect(found.flatMap(m => m.events.map(e => e.seq))).toEqual(Array.from({ length: many }, (_, i) => i + 1));
  });

  // As on the first draw, when the plot has no scale yet, and at episode 0 of a logarithmic axis.
  it.each([NaN, Infinity, -Infinity])("are none where all places are %d, however many events there are",
    place => expect(marks(Array.from({ length: 150 }, (_, i) => event(i + 1)), 0, 1000, () => place)).toEqual([]));
  it("leave out only the events without a finite place", () =>
    expect(marks([event(1, 0), event(2, 10)], 0, 10, e => (e === 0 ? -Infinity : e)).map(m => m.left)).toEqual([10]));

  it("say what a single change was, and how many events several are", () => {
    const [one, several, pause] = [[event(1)], [event(1), event(2)], [event(1, 1, "paused")]].map(events => marks(events, 0, 10, at)[0]);

    expect([one, several, pause].map(m => m && label(m, e => `change ${e.seq}`))).toEqual(["change 1", "2 events", ""]);
  });
});

describe("zoom", () => {
  it("takes the episodes under a drag, whichever way it went", () =>
    expect([dragged(101.4, 250.2, 1000), dragged(250, 101, 1000)]).toEqual([{ start: 101, end: 250 }, { start: 101, end: 250 }]));
  it("stays within the run", () => expect(dragged(-40, 5000, 1000)).toEqual({ start: 1, end: 1000 }));
  it("takes a drag within one episode for none", () => expect(dragged(7.1, 7.3, 1000)).toBeNull());
  it("halves around the middle", () => expect(scaled(null, 0.5, 1000)).toEqual({ start: 251, end: 750 }));
  it("goes down to two episodes and no further", () => {
    const two = { start: 10, end: 11 };
    expect(scaled(two, 0.5, 1000)).toEqual(two);
  });
  it("is the whole run again when it is as wide", () => expect(scaled({ start: 300, end: 800 }, 2, 1000)).toBeNull());
  it("moves by a quarter and stops at the ends", () =>
    expect([shifted({ start: 101, end: 201 }, 1, 1000), shifted({ start: 10, end: 110 }, -1, 1000),
      shifted({ start: 890, end: 990 }, 1, 1000)])
      .toEqual([{ start: 126, end: 226 }, { start: 1, end: 101 }, { start: 900, end: 1000 }]));
});
