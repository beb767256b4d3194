import { describe, expect, it } from "vitest";
import { courseOf, merge, mergeCurve, mergeEpisodes, mostEpisodes, mostPoints } from "../../src/wire/series";
import type { Curve } from "../../src/wire/view-state";
import { bucket, episode, event } from "../frames";

const none: Curve = { from: 1, to: 0, bucket: 1, points: [] };

describe("merge", () => {
  const byKey = (x: [number, string]): number => x[0];

  it("orders by key and lets the later of two stand", () =>
    expect(merge([[1, "a"], [3, "c"]], [[3, "C"], [2, "b"], [3, "D"]], byKey, 10)).toEqual([[1, "a"], [2, "b"], [3, "D"]]));

  it("keeps the newest when there are too many", () =>
    expect(merge([[1, "a"], [2, "b"]], [[3, "c"]], byKey, 2)).toEqual([[2, "b"], [3, "c"]]));
});

describe("mergeCurve", () => {
  it("starts again when the size of the buckets changes", () => {
    const fine = mergeCurve(none, { reset: false, from: 1, to: 2, bucket: 1, points: [bucket(1, 1, 0), bucket(2, 2, 0)] });

    expect(
      mergeCurve(fine, { from: 1, to: 4, bucket: 2, points: [bucket(1, 2, 0), bucket(3, 4, 0)], reset: true }).points.map(b => b.start),
    ).toEqual([1, 3]);
  });

  it("lets fall what lies before the window", () => {
    const old = mergeCurve(none, { reset: false, from: 1, to: 3, bucket: 1, points: [bucket(1, 1, 0), bucket(2, 2, 0), bucket(3, 3, 0)] });

    expect(mergeCurve(old, { reset: false, from: 3, to: 4, bucket: 1, points: [bucket(4, 4, 0)] }).points.map(b => b.start)).toEqual([3,
      4]);
  });

  it("lets fall what lies after the end of a run that was taken back", () => {
    const old = mergeCurve(none, { reset: false, from: 1, to: 3, bucket: 1, points: [bucket(1, 1, 0), bucket(2, 2, 0), bucket(3, 3, 0)] });

    expect(mergeCurve(old, { reset: false, from: 1, to: 2, bucket: 1, points: [bucket(2, 2, -9)] }).points.map(b => [b.start, b.mean]))
      .toEqual([[1, 0], [
        2,
        -9,
      ]]);
  });

  it("reads non-finite numbers from their words", () => {
    const [point] =
      mergeCurve(none, { reset: false, from: 1, to: 1, bucket: 1, points: [[1, 1, "-Infinity", "Infinity", "NaN", 0, 1]] }).points;

    expect([point?.min, point?.max, point?.mean]).toEqual([-Infinity, Infinity, NaN]);
  });

  it("never holds more points than a chart may have", () => {
    const points = Array.from({ length: mostPoints + 50 }, (_, i) => bucket(i + 1, i + 1, 0));

    expect(mergeCurve(none, { reset: false, from: 1, to: mostPoints + 50, bucket: 1, points }).points).toHaveLength(mostPoints);
  });
});

it("keeps the last thousand episodes of a long run", () => {
  let rows = mergeEpisodes([], []);
  for (let n = 1; n <= 5000; n += 100) rows = mergeEpisodes(rows, Array.from({ length: 100 }, (_, i) => episode(n + i)));

  expect(rows).toHaveLength(mostEpisodes);
  expect([rows[0]?.episode, rows.at(-1)?.episode]).toEqual([4001, 5000]);
});

it("knows on which course a run is by the last event that resumed it", () => {
  expect(courseOf([event(1)])).toBe(0);
  expect(courseOf([event(1), event(2, 5, "run_resumed"), event(3), event(4, 5, "run_resumed"), event(5)])).toBe(4);
});
