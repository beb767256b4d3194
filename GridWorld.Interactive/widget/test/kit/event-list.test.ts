import { expect, it } from "vitest";
import { createEventList, missing, mostKept } from "../../src/kit/event-list";
import type { Actions } from "../../src/kit/panel";
import { emptyRun, type RunData } from "../../src/wire/view-state";
import { event, run } from "../frames";

const range = (from: number, to: number): ReturnType<typeof event>[] => Array.from({ length: to - from + 1 }, (_, i) => event(from + i));

/** A server with so many events, which answers when it is told to. */
function server(all: number): { actions: Actions; asked: number[]; answer: () => Promise<void> } {
  const asked: number[] = [], waiting: (() => void)[] = [];
  const get = async (_: string, query: { after_seq: number }): Promise<unknown> => {
    asked.push(query.after_seq);
    await new Promise<void>(go => waiting.push(go));
    return { events: range(query.after_seq + 1, all) };
  };
  return { actions: { api: { get }, redraw: () => undefined } as unknown as Actions, asked, answer: async () => {
    waiting.shift()?.();
    await new Promise(go => setTimeout(go));
  } };
}

const shown = (from: number, to: number, more: Partial<RunData> = {}): RunData => ({ ...emptyRun(run, "a"), events: range(from, to),
  ...more });
const numbers = (events: readonly { seq: number }[]): string => `${events[0]?.seq ?? ""}–${events.at(-1)?.seq ?? ""}, ${events.length}`;

it("fetches the events that a reload left out, once", async () => {
  const { actions, asked, answer } = server(2002), list = createEventList(actions), now = shown(1803, 2002);
  expect([numbers(list.of(now)), missing(list.of(now))]).toEqual(["1803–2002, 200", 1802]);

  await answer();

  expect([numbers(list.of(now)), missing(list.of(now)), asked]).toEqual(["1–2002, 2002", 0, [0]]);
});

it("keeps the newest where there are too many, and tells how many are missing", async () => {
  const { actions, asked, answer } = server(9000), list = createEventList(actions), now = shown(8801, 9000);
  list.of(now);
  await answer();

  expect([list.of(now).length, missing(list.of(now)), asked]).toEqual([mostKept, 4000, [4000]]);
});

it("asks for nothing where all are there, and for what lies between two frames", async () => {
  const { actions, asked, answer } = server(700), list = createEventList(actions);
  list.of(shown(1, 100));
  expect(asked).toEqual([]);
  list.of(shown(501, 700));
  await answer();

  expect(numbers(list.of(shown(501, 700)))).toBe("1–700, 700");
});

it("shows none of another run or of a later moment", async () => {
  const { actions, answer } = server(300), list = createEventList(actions);
  list.of(shown(101, 300));
  const past = shown(41, 50, { at: 50 });
  expect(numbers(list.of(past))).toBe("41–50, 10");
  await answer();

  expect(numbers(list.of(past))).toBe("41–50, 10");
});
