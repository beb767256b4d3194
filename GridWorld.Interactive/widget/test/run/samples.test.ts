import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actions } from "../../src/kit/panel";
import { createSamples } from "../../src/run/samples";
import type { EpisodeRow } from "../../src/wire/view-state";

const row = (episode: number, actions: number[] | null = null): EpisodeRow => ({ episode, return: -3, length: 3, terminated: true,
  epsilon: 0.1, learningRate: 0.5, meanQ: actions && -1, actions, residual: null, policyChanges: null });

let asked: unknown[] = [];
let answer: () => Promise<unknown> = () => Promise.reject(new Error("no server"));
const redraw = vi.fn();
const actions = { redraw, api: { get: (path: string, query: unknown) => (asked.push([path, query]), answer()) } } as unknown as Actions;

beforeEach(() => {
  vi.useFakeTimers();
  [asked, answer] = [[], () => Promise.resolve({ rows: [[7, -3, 3, 1, 0.1, 0.5, -2.5, [1, 2]], [8, -3, 3, 1, 0.1, 0.5, -2.25, [0, 3]]] })];
  redraw.mockClear();
});
afterEach(() => vi.useRealTimers());

it("asks for the rows that lack something once they stand still", async () => {
  const samples = createSamples(actions), list = [row(6, [3, 0]), row(7), row(8)], before = samples.source(list);
  samples.look("run", list);
  await vi.advanceTimersByTimeAsync(1000);
  samples.look("run", list);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);

  expect(asked).toEqual([["api/episodes", { session: "run", start: 7, count: 2, sampled: "true" }]]);
  expect(samples.of(row(8))).toMatchObject({ meanQ: -2.25, actions: [0, 3] });
  expect(samples.of(row(9))).toEqual(row(9));
  expect(redraw).toHaveBeenCalledTimes(1);
  expect([samples.source(list) === before, samples.source(list) === samples.source(list)]).toEqual([false, true]);
});

it("asks for nothing where nothing lacks, and no more once it is gone", async () => {
  const samples = createSamples(actions);
  samples.look("run", [row(6, [3, 0])]);
  await vi.advanceTimersByTimeAsync(5000);
  samples.look("run", [row(7)]);
  samples.dispose();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toEqual([]);
});

it("leaves the dashes where the server does not answer, or answers for another run", async () => {
  const samples = createSamples(actions);
  answer = () => Promise.reject(new Error("busy"));
  samples.look("run", [row(7)]);
  await vi.advanceTimersByTimeAsync(2000);
  let tell: (rows: unknown) => void = () => undefined;
  answer = () => new Promise(resolve => (tell = resolve));
  samples.look("run", [row(7)]);
  await vi.advanceTimersByTimeAsync(2000);
  samples.look("another", [row(7, [3, 0])]);
  tell({ rows: [[7, -3, 3, 1, 0.1, 0.5, -2.5, [1, 2]]] });
  await vi.advanceTimersByTimeAsync(0);

  expect(asked.length).toBe(2);
  expect(samples.of(row(7))).toEqual(row(7));
  expect(redraw).not.toHaveBeenCalled();
});

it("shows nothing of a row that is another since the run was taken back", async () => {
  const samples = createSamples(actions);
  samples.look("run", [row(7)]);
  await vi.advanceTimersByTimeAsync(2000);
  const other = { ...row(7), return: -4, length: 4 };

  expect(samples.of(row(7)).meanQ).toBe(-2.5);
  expect(samples.of(other)).toEqual(other);
});
