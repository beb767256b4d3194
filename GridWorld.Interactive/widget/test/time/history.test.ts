import { describe, expect, it } from "vitest";
import { bestScale, historyOf, marksOf, neighbor, placeOn, progressWords, rangeOf, unknown, withEarlier, withLater,
  type History } from "../../src/time/history-data";

const part = (after: number, until: number, changes: number[] = []): History => ({
  episodes: until,
  after,
  points: Array.from({ length: until - after + (after === 0 ? 1 : 0) }, (_, i) => ({ episode: until - i, q: [until - i] })).reverse(),
  changes: changes.map(episode => ({ episode, before: 1, after: 2 })),
  count: changes.length,
});
const episodes = (history: History): number[] => history.points.map(p => p.episode);
const changed = (history: History): number[] => history.changes.map(c => c.episode);

it("says how much of it is known in percent", () => expect(progressWords(part(75, 100))).toBe("replaying the run… 25 %"));

describe("a history in parts", () => {
  it("grows from the newest episodes back to the first, over what is known at checkpoints", () => {
    const atCheckpoints = { ...unknown(9), points: [0, 3, 6, 9].map(episode => ({ episode, q: [episode] })) };

    const newest = withEarlier(atCheckpoints, part(6, 9, [8])), whole = withEarlier(newest, part(0, 6, [2, 5]));

    expect([newest.after, episodes(newest), changed(newest), newest.count]).toEqual([6, [0, 3, 6, 7, 8, 9], [8], 1]);
    expect([whole.after, episodes(whole), changed(whole), whole.count]).toEqual([0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [2, 5, 8], 3]);
  });

  it("takes later episodes, of which some were known, once", () => {
    const history = withLater(part(0, 6, [2, 5]), part(4, 9, [5, 8]));

    expect([history.episodes, history.after, episodes(history), changed(history), history.count])
      .toEqual([9, 0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [2, 5, 8], 3]);
  });

  it("keeps a bounded number of points and changes, the newest, and counts all", () => {
    let history = unknown(5000);
    for (let until = 5000; until > 0; until -= 1000)
      history = withEarlier(history, part(until - 1000, until, Array.from({ length: 900 }, (_, i) => until - 999 + i)));

    expect(history.points.length).toBeLessThanOrEqual(1200);
    expect([history.changes.length, history.changes.at(-1)?.episode, history.count]).toEqual([1000, 4900, 4500]);
    expect(history.points.at(-1)?.episode).toBe(5000);
  });

  it("has no number where a value is not finite", () =>
    expect(
      historyOf({ session_id: "", state: 0, episodes: 1, after: 0, points: [{ episode: 1, q: ["NaN", "-Infinity", 2] }],
        changes: [[1, 15, 4]], change_count: 1 }),
    ).toMatchObject({ points: [{ q: [null, null, 2] }], changes: [{ episode: 1, before: 15, after: 4 }] }));
});

it("finds the change before and after an episode", () => {
  const { changes } = part(0, 9, [2, 5, 8]);

  expect([[5, -1], [5, 1], [2, -1], [Infinity, -1], [0, 1]].map(([from = 0, step]) => neighbor(changes, from, step as 1 | -1)?.episode))
    .toEqual([2, 8, undefined, 8, 2]);
});

it("draws changes that are close to each other as one mark at the last of them", () =>
  expect(marksOf(part(0, 100, [10, 12, 16, 17, 50]).changes, e => e, 6).map(m => [m.at, m.changes.length])).toEqual([[12, 2], [17, 2], [50,
    1]]));

it("ends every axis at 0 and 1", () => {
  for (const axis of ["linear", "log"] as const) expect([0, 50].map(placeOn(axis, 50))).toEqual([0, 1]);
});

it("chooses the symlog axis for a run that changed early", () =>
  expect([[1, 2, 3, 90], [40, 60, 80]].map(changes => bestScale(part(0, 100, changes)))).toEqual(["log", "linear"]));

describe("the range", () => {
  const points = (...rows: number[][]): History["points"] => rows.map((q, episode) => ({ episode, q }));

  it("holds all values that are near each other", () => expect(rangeOf(points([0, 0, 0], [-1, -2, -3]))).toEqual([-3, 0]));
  it("leaves out what is far below the two best", () => expect(rangeOf(points([0, 0, 0], [-1, -2, -100]))).toEqual([-2, 0]));
});
