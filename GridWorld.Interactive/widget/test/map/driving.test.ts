import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { createDriving, type Driving } from "../../src/map/driving";

interface Held {
  asks: string;
  release: () => Promise<void>;
  fail: () => Promise<void>;
}

/** A line of states to the right of 0; its answers are held back until a test releases them, in whatever order. */
function held(end = Infinity): { driving: Driving; waiting: Held[]; asked: string[]; next: () => Promise<void> } {
  const waiting: Held[] = [], asked: string[] = [];
  let seeds = 0;
  const hold = <T>(asks: string, answer: T): Promise<T> =>
    new Promise((give, refuse) => {
      asked.push(asks);
      const entry: Held = { asks, release: () => settle(() => give(answer)), fail: () => settle(() => refuse(new Error("away"))) };
      const settle = async (how: () => void): Promise<void> => {
        waiting.splice(waiting.indexOf(entry), 1);
        how();
        // All that follows from an answer runs before the test continues.
        for (let k = 0; k < 20; k++) await Promise.resolve();
      };
      waiting.push(entry);
    });
  const driving = createDriving({
    start: seed => hold(`start ${seed}`, { next_state: 0 }),
    step: (state, action, last, seed) =>
      hold(`step ${state} ${action} ${last} ${seed}`, { next_state: state + 1, reward: -1, terminated: state + 1 >= end,
        last_action: action }),
    row: state => hold(`row ${state}`, { q: [state], best: null }),
  }, () => undefined, () => (seeds += 1000));
  return { driving, waiting, asked, next: async () => waiting[0]?.release() };
}

const steps = (asked: readonly string[]): string[] => asked.filter(a => a.startsWith("step")).map(a => a.split(" ")[2] ?? "");

async function finish({ waiting, next }: ReturnType<typeof held>): Promise<void> {
  while (waiting.length > 0) await next();
}

describe("driving", () => {
  it("takes every key pressed at once after starting over, in their order", async () => {
    const h = held();
    h.driving.begin();
    for (const action of [3, 1, 2, 2, 0, 1]) h.driving.act(action);
    await finish(h);

    expect(steps(h.asked)).toEqual(["3", "1", "2", "2", "0", "1"]);
    expect(h.driving.view().drive).toMatchObject({ state: 6, count: 6, return: -6 });
  });

  it("asks for one thing at a time", async () => {
    const h = held();
    h.driving.begin();
    h.driving.act(1);
    h.driving.act(2);
    while (h.waiting.length > 0) {
      expect(h.waiting).toHaveLength(1);
      await h.next();
    }

    expect(h.asked).toEqual(["start 1000", "row 0", "step 0 1 -1 1001", "row 1", "step 1 2 1 1002", "row 2"]);
  });

  it("lets no key that is pressed while a row is read overtake those before it", async () => {
    const h = held();
    h.driving.begin();
    h.driving.act(1);
    await h.next();
    expect(h.waiting.map(w => w.asks)).toEqual(["row 0"]);
    h.driving.act(2);
    await finish(h);

    expect(steps(h.asked)).toEqual(["1", "2"]);
  });

  it("drops the answers of an earlier drive, whether they come before or after those of the new one", async () => {
    for (const isLate of [false, true]) {
      const h = held();
      h.driving.begin();
      await h.next();
      await h.next();
      h.driving.act(1);
      h.driving.act(1);
      const [old] = h.waiting;
      h.driving.begin();
      h.driving.act(0);
      if (!isLate) await old?.release();
      for (let answers = 0; answers < 4; answers++) await h.waiting.find(w => w !== old)?.release();
      if (isLate) await old?.release();

      expect(h.waiting).toEqual([]);
      expect(h.driving.view().drive).toMatchObject({ state: 1, count: 1 });
      expect(h.asked.slice(3)).toEqual(["start 2000", "row 0", "step 0 0 -1 2001", "row 1"]);
    }
  });

  it("judges each action by the row of the state it was chosen in", async () => {
    const h = held();
    h.driving.begin();
    h.driving.act(1);
    h.driving.act(2);
    await finish(h);

    expect(h.driving.view().choice).toMatchObject({ action: 2, state: 1, row: { q: [1] } });
  });

  it("forgets the keys behind a step that was refused, and takes the next one", async () => {
    const h = held();
    h.driving.begin();
    await h.next();
    await h.next();
    h.driving.act(1);
    h.driving.act(2);
    await h.waiting[0]?.fail();
    expect(h.driving.view()).toMatchObject({ drive: { count: 0 }, error: new Error("away") });
    h.driving.act(3);
    await finish(h);

    expect(steps(h.asked)).toEqual(["1", "3"]);
    expect(h.driving.view()).toMatchObject({ drive: { count: 1 }, error: null });
  });

  it("continues without a row that cannot be read", async () => {
    const h = held();
    h.driving.begin();
    await h.next();
    h.driving.act(1);
    await h.waiting[0]?.fail();
    await finish(h);

    expect(h.driving.view()).toMatchObject({ drive: { count: 1 }, error: null, choice: { row: null } });
  });

  it("takes no step after the episode's end", async () => {
    const h = held(2);
    h.driving.begin();
    for (let k = 0; k < 5; k++) h.driving.act(1);
    await finish(h);
    h.driving.act(1);

    expect(h.driving.view().drive).toMatchObject({ state: 2, count: 2, over: true });
    expect(h.waiting).toEqual([]);
  });

  it("does not drive on after a key that was held down", async () => {
    const h = held();
    h.driving.begin();
    await h.next();
    await h.next();
    h.driving.act(1);
    for (let k = 0; k < 30; k++) h.driving.act(1, true);
    await finish(h);

    expect(h.driving.view().drive.count).toBe(1);
  });

  it("holds nothing of a drive that was dropped", async () => {
    const h = held();
    h.driving.begin();
    h.driving.act(1);
    h.driving.drop();
    await finish(h);

    expect(h.driving.view()).toMatchObject({ begun: false, drive: { state: null, count: 0 } });
  });

  it("takes exactly the keys since the last start, whatever is released when", async () => {
    const what = fc.array(
      fc.oneof({ weight: 4, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.constant("start" as const) }, { weight: 4,
        arbitrary: fc.record({ release: fc.nat(4) }) }),
      { maxLength: 60 },
    );
    await fc.assert(fc.asyncProperty(what, async events => {
      const h = held();
      h.driving.begin();
      let [drives, keys]: [number, number[]] = [1, []];
      for (const event of events) {
        if (event === "start") {
          [drives, keys] = [drives + 1, []];
          h.driving.begin();
        } else if (typeof event === "number") {
          keys.push(event);
          h.driving.act(event);
        } else await h.waiting[event.release % Math.max(1, h.waiting.length)]?.release();
      }
      await finish(h);

      // The seeds tell the drives apart: each has a thousand of its own.
      const mine = h.asked.filter(a => a.startsWith("step") && Math.floor(Number(a.split(" ")[4]) / 1000) === drives);
      expect(steps(mine)).toEqual(keys.map(String));
      expect(h.driving.view().drive.count).toBe(keys.length);
    }), { numRuns: 500 });
  });
});
