import type { WireEpisodeSteps, WireEpisodeStep } from "../../src/wire/protocol";
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { actionOf, bestActions, noDrive, stepped, trailOf } from "../../src/map/drive-state";
import { between, changed, noHistory, painted, redone, startMoved, strokeEnded, toRequest, undone,
  type EditHistory } from "../../src/map/edit-history";
import { kindsOf } from "../../src/kit/kinds";
import { advanced, missing, moved, opened, partSize, played, received, stepAt, trail } from "../../src/time/replay-state";
import { rowWords, why } from "../../src/time/replay-words";
import { momentAfter, noTravel, settle, wish } from "../../src/time/travel";
import { wedges } from "../../src/map/wedges";

describe("editing", () => {
  const paint = (h: EditHistory, state: number, tile: string): EditHistory => changed(h, painted(state, { tile }, "."));

  it("takes a stroke of many cells back at once", () => {
    const h = paint(strokeEnded(paint(paint(noHistory, 1, "#"), 2, "#")), 3, "H");

    expect([...undone(h).now.cells.keys()]).toEqual([1, 2]);
    expect([...undone(undone(h)).now.cells.keys()]).toEqual([]);
    expect(redone(redone(undone(undone(h)))).now).toEqual(h.now);
  });

  it("comes back to the world as it was by any number of undos, and forwards again", () => {
    const step = fc.record({ state: fc.nat(8), tile: fc.constantFrom("#", ".", "H"), ends: fc.boolean() });
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), steps => {
      let h = noHistory;
      for (const s of steps) {
        h = paint(h, s.state, s.tile);
        if (s.ends) h = strokeEnded(h);
      }
      let back = h;
      for (let k = 0; k < 50; k++) back = undone(back);
      expect(back.now.cells.size).toBe(0);
      for (let k = 0; k < 50; k++) back = redone(back);
      expect(back.now).toEqual(h.now);
    }));
  });

  it("holds no edit of a cell that is as it was", () => expect(paint(paint(noHistory, 1, "#"), 1, ".").now.cells.size).toBe(0));
  it("moves the start, and another tile there takes it away", () => {
    const h = changed(noHistory, startMoved(5));

    expect(h.now.start).toBe(5);
    expect(paint(h, 5, "#").now.start).toBeNull();
  });
  it("sends each reward as a character of its own", () => {
    const edits = {
      cells: new Map([[0, { tile: "+", reward: -5 }], [7, { tile: "+", reward: 2.5 }], [8, { tile: "+", reward: -5 }], [9, { tile: "#" }]]),
      start: 3,
    };

    expect(toRequest(edits, 4, ["a", "b"])).toEqual({ cells: [[0, 0, "a"], [3, 1, "b"], [0, 2, "a"], [1, 2, "#"]],
      rewards: { a: -5, b: 2.5 }, start: [3, 0] });
    expect(() => toRequest(edits, 4, ["a"])).toThrow("At most 1 different rewards can be painted here. Use fewer.");
  });
  it("fills the way of a fast pointer", () => expect(between(0, 33, 10)).toEqual([11, 22, 33]));
});

describe("driving", () => {
  const four = ["up", "right", "down", "left"], lake = ["left", "down", "right", "up"];

  it("knows keys by their place, and the world's own order of actions", () => {
    expect([actionOf("ArrowUp", four), actionOf("KeyS", lake), actionOf("KeyQ", four), actionOf("Numpad9", [...four, "up_right"]),
      actionOf("Space", four)]).toEqual([0, 1, null, 4, null]);
  });
  it("adds rewards up, and leaves a trail", () => {
    const d = stepped(stepped({ ...noDrive, state: 3 }, { state: 3, action: 1, reward: -1, next: 4, terminated: false }, 1), { state: 4,
      action: 1, reward: 10, next: 5, terminated: true }, 1);

    expect([d.return, d.over, d.count, trailOf(d)]).toEqual([9, true, 2, [3, 4, 5]]);
  });
  it("chooses among exact ties only", () => expect(bestActions([-3, -3 - 1e-12, -3, null])).toEqual([0, 2]));
});

describe("a replay", () => {
  const step = (k: number): WireEpisodeStep => ({ step: k, state: k, action: 0, explored: false, reward: -1, next_state: k + 1,
    terminated: k === 5000, truncated: false, q: [1, 2], q_after: 1.5 });
  const part = (from: number, length = 5000): WireEpisodeSteps => ({ session_id: "r", episode: 7, length, return: -length, epsilon: 0.1,
    steps: Array.from({ length: Math.min(partSize, length - from + 1) }, (_, i) => step(from + i)) });

  it("stands at the start, steps, and ends at the end", () => {
    const r = opened(part(1, 3), 5);

    expect(trail(r)).toEqual([1]);
    expect(trail(moved(r, 2))).toEqual([1, 2, 3]);
    expect(moved({ ...r, playing: true }, 99)).toMatchObject({ at: 3, playing: false });
    expect(moved(r, -1).at).toBe(0);
    expect(played(moved(r, 3))).toMatchObject({ at: 0, playing: true });
  });
  it("plays at a number of steps per second, and waits for steps that have not arrived", () => {
    const r = played({ ...opened(part(1), 1000), at: partSize - 10 });

    expect(advanced(r, r.at, 5).at).toBe(partSize - 5);
    expect(advanced(r, r.at, 60_000).at).toBe(partSize);
  });
  it("asks for the part it comes to, and keeps few", () => {
    let r = moved(opened(part(1, 100_000), 5), 60_000);

    expect(missing(r)).toBe(29);
    for (let k = 0; k < 50; k++) r = received(r, k, part(k * partSize + 1, 100_000).steps);
    expect(r.parts.size).toBe(5);
    expect(stepAt(r, 60_000)?.step).toBe(60_000);
    expect(missing(r)).toBeNull();
  });
  it("says why", () => {
    const names = ["up", "right", "down"],
      of = (action: number, explored: boolean, q: number[]): string => why({ ...step(1), action, explored, q }, names, 0.2);

    expect(of(1, false, [-3.1, -2.9, -4])).toBe("Took right, the best.");
    expect(of(0, true, [-3.1, -2.9, -4])).toBe("Explored (ε 0.2): chance took up; best was right at −2.900.");
    expect(of(1, true, [-3.1, -2.9, -4])).toBe("Explored (ε 0.2): chance took right, which is best too.");
    expect(of(0, false, [-2, -2, -4])).toBe("up and right were equally good: it took up.");
    expect(of(2, false, [0, 0, 0])).toBe("All actions were worth 0: it took down.");
    expect(rowWords([-3.1, -2.9, -4], names)).toBe("Q: up −3.100, right −2.900, down −4.000");
  });
});

describe("travelling through a run", () => {
  it("asks for the newest wish only, once the last was answered", () => {
    const asked: (number | null)[] = [], ask = (at: number | null): void => void asked.push(at);
    let t = settle(wish(noTravel, 10), null, false, ask);
    for (const k of [11, 12, 13, 14]) t = settle(wish(t, k), 10, true, ask);
    t = settle(t, 10, false, ask);
    t = settle(t, 14, false, ask);

    expect(asked).toEqual([10, 14]);
  });
  it.each([false, true])("comes back to the present at once, though it waits for another moment (%s)", isWaiting => {
    const asked: (number | null)[] = [];
    settle(wish(noTravel, null), 10, isWaiting, at => void asked.push(at));

    expect(asked).toEqual([null]);
  });
  it("plays to the end and no further", () => expect([momentAfter(5, 1500, 20, 1000), momentAfter(5, 1e9, 20, 1000)]).toEqual([35, 1000]));
});

describe("the parts of a cell", () => {
  const area = (shape: readonly (readonly [number, number])[]): number =>
    Math.abs(shape.reduce((sum, [x, y], i) => {
      const [u, v] = shape[(i + 1) % shape.length] ?? [0, 0];
      return sum + x * v - u * y;
    }, 0)) / 2;

  it("cover it once, for four actions and for eight", () => {
    expect(wedges(["up", "right", "down", "left"]).map(area)).toEqual([0.25, 0.25, 0.25, 0.25].map(a => expect.closeTo(a, 9) as number));
    expect(wedges(["up", "right", "down", "left", "up_right", "down_right", "down_left", "up_left"]).map(area).reduce((a, b) => a + b))
      .toBeCloseTo(1);
  });
});

it("tiles mean what the world says, whatever their characters", () => {
  const own = kindsOf({
    tiles: [{ tile: "x", kind: "wall", reward: -1 }, { tile: "F", kind: "floor", reward: 0 }, { tile: ".", kind: "goal", reward: -1 }, {
      tile: "水",
      kind: "floor",
      reward: -5,
    }],
  });

  expect([1, 2, 3, 4, 0, 5].map(own.of)).toEqual(["wall", "floor", "goal", "floor", "floor", "floor"]);
  expect([own.letter(4), own.letter(0), own.ofLetter("."), own.ofLetter("±"), kindsOf({ tiles: [] }).of(1)]).toEqual(["水", "", "goal",
    "floor", "floor"]);
  expect([own.character("floor"), own.character("wall"), own.character("goal"), own.character("hole")]).toEqual(["F", "x", ".", null]);
  expect(own.free).not.toContain("x");
});
