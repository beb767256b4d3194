import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Moment, Panel } from "../../src/kit/panel";
import { createPainter, frameBudget, type Failures, type Painter } from "../../src/kit/painter";

let frames: (() => void)[] = [];
let clock = 0;
const log: string[] = [];

beforeEach(() => {
  [frames, clock] = [[], 0];
  log.length = 0;
  vi.stubGlobal("requestAnimationFrame", (f: () => void) => frames.push(f));
  vi.stubGlobal("cancelAnimationFrame", () => {
    frames = [];
  });
});
afterEach(() => vi.unstubAllGlobals());

/** Draws in so many ms; it has more to draw as often as there are answers true. */
const panel = (name: string, takes = 0, rest: boolean[] = []): Panel => ({
  element: undefined as unknown as HTMLElement,
  draw: ({ now }) => {
    log.push(`${name}${now}`);
    clock += takes;
    return rest.shift() ?? false;
  },
});

/** A painter whose nth pass shows the moment n. */
function painter(panels: Panel[], spread = true): Painter {
  let passes = 0;
  return createPainter({
    panels: () => panels,
    now: () => clock,
    spread: () => spread,
    begin: () => ({ now: ++passes }) as Moment,
    painted: ({ now }) => log.push(`painted${now}`),
  });
}

/** What one animation frame draws. */
function frame(): string[] {
  const due = frames;
  [frames, log.length] = [[], 0];
  for (const f of due) f();
  return [...log];
}

it("draws all panels in one frame where they are quick, once however often it was asked", () => {
  const { ask } = painter([panel("a"), panel("b")]);
  ask();
  ask();
  expect([frame(), frame()]).toEqual([["a1", "b1", "painted1"], []]);
});

it("does not draw what cannot be seen, and draws it in the first pass after it can", () => {
  const hidden = panel("a");
  let isHidden = true, passes = 0;
  const { ask } = createPainter({ panels: () => [hidden, panel("b")], now: () => clock, spread: () => true,
    begin: () => ({ now: ++passes }) as Moment, isHidden: p => isHidden && p === hidden, painted: () => undefined });
  ask();
  expect(frame()).toEqual(["b1"]);
  isHidden = false;
  ask();
  expect(frame()).toEqual(["a2", "b2"]);
});

it("continues in the next frame where the budget is used up, with the moment it began with", () => {
  const { ask } = painter([panel("a", frameBudget), panel("b", frameBudget / 4), panel("c", frameBudget / 4)]);
  ask();
  expect(frame()).toEqual(["a1"]);
  ask();
  expect([frame(), frame(), frame(), frame()]).toEqual([["b1", "c1", "painted1"], ["a2"], ["b2", "c2", "painted2"], []]);
});

it("calls a panel again that has more to draw, in the next frame where the budget is used up", () => {
  const { ask } = painter([panel("a", frameBudget / 2, [true, true, false]), panel("b")]);
  ask();
  expect([frame(), frame()]).toEqual([["a1", "a1"], ["a1", "b1", "painted1"]]);
});

it("leaves a panel to the next frame that would exceed the budget by what it took both times before", () => {
  const { ask } = painter([panel("a", frameBudget * 0.4), panel("b", frameBudget * 0.7)]);
  const passes = [1, 2, 3].map(() => {
    ask();
    return [frame(), frame()];
  });
  expect(passes).toEqual([[["a1", "b1", "painted1"], []], [["a2", "b2", "painted2"], []], [["a3"], ["b3", "painted3"]]]);
});

it("draws all panels at once when one comes into sight, those of a pass under way from their start", () => {
  const { ask, show } = painter([panel("a", frameBudget), panel("b", frameBudget)]);
  ask();
  expect(frame()).toEqual(["a1"]);
  show();
  expect(frame()).toEqual(["a2", "b2", "painted2"]);
  ask();
  expect([frame(), frame()]).toEqual([["a3"], ["b3", "painted3"]]);
});

it("draws a first view whole, whatever it takes", () => {
  const { ask } = painter([panel("a", 100, [true, false]), panel("b", 100)], false);
  ask();
  expect(frame()).toEqual(["a1", "a1", "b1", "painted1"]);
});

it("draws nothing once it was stopped", () => {
  const { ask, stop } = painter([panel("a", frameBudget), panel("b")]);
  ask();
  frame();
  stop();
  ask();
  expect(frame()).toEqual([]);
});

it("keeps a pass to the order it began with", () => {
  const [a, b] = [panel("a", frameBudget), panel("b", frameBudget)];
  let order = [a, b];
  const { ask } = createPainter({ panels: () => order, now: () => clock, spread: () => true, begin: () => ({ now: 0 }) as Moment,
    painted: () => undefined });
  ask();
  const first = frame();
  order = [b, a];
  expect([first, frame()]).toEqual([["a0"], ["b0"]]);
  ask();
  expect([frame(), frame()]).toEqual([["b0"], ["a0"]]);
});

/** A painter over these panels; what failed in each of its passes. */
function failing(panels: Panel[], spread = true): { ask: () => void; failed: [number, ...string[]][] } {
  const failed: [number, ...string[]][] = [], say = (failures: Failures): string[] => [...failures.values()].map(e => (e as Error).message);
  const { ask } = createPainter({
    panels: () => panels,
    now: () => clock,
    spread: () => spread,
    begin: () => ({ now: 0 }) as Moment,
    painted: (_, failures) => failed.push([panels.length, ...say(failures)]),
  });
  return { ask, failed };
}

const broken = (times: number): Panel => ({
  element: undefined as unknown as HTMLElement,
  draw: () => {
    if (times-- > 0) throw new RangeError("Maximum call stack size exceeded");
  },
});

it.each([true, false])("draws all other panels, and every pass after it, beside one that always throws (spread: %s)", spread => {
  const { ask, failed } = failing([panel("a"), broken(Infinity), panel("b")], spread);
  for (let pass = 0; pass < 3; pass++) {
    ask();
    expect(frame()).toEqual(["a0", "b0"]);
  }

  expect(failed).toEqual(Array(3).fill([3, "Maximum call stack size exceeded"]));
});

it("says that a panel failed once, and no longer when it draws again", () => {
  const { ask, failed } = failing([broken(1), panel("a")]);
  ask();
  frame();
  ask();
  frame();

  expect(failed).toEqual([[2, "Maximum call stack size exceeded"], [2]]);
});

it("begins the next pass though the words about the last one fail", () => {
  let passes = 0;
  const { ask } = createPainter({
    panels: () => [panel("a")],
    now: () => clock,
    spread: () => true,
    begin: () => ({ now: ++passes }) as Moment,
    painted: () => {
      throw new Error("not said");
    },
  });
  ask();
  expect(frame).toThrow("not said");
  ask();
  expect(frame).toThrow("not said");
  expect(log).toEqual(["a2"]);
});
