import fc from "fast-check";
import { expect, it } from "vitest";
import { flagStays, holdFlags, type HeldFlag } from "../src/flags";

const flag = (name: string, text = name): { flag: string; text: string } => ({ flag: name, text });
const names = (held: readonly HeldFlag[]): string[] => held.map(h => h.flag.flag);

it("a flag that comes and goes with every batch stays where it is", () => {
  let held: HeldFlag[] = [];
  const seen = [[flag("b")], [], [flag("a"), flag("b", "newer")], [flag("a")]].map((raised, i) => names(held = holdFlags(held, raised, 500 * i)));
  expect(seen).toEqual([["b"], ["b"], ["b", "a"], ["b", "a"]]);
  expect(held[0]?.flag.text).toBe("newer");
});

it("a run that has just begun says so no longer than that", () =>
  expect(names(holdFlags(holdFlags([], [flag("exploring"), flag("same_action")], 0), [], 500))).toEqual(["same_action"]));

it("every raised flag is shown in its newest words, once, and none for longer than it stays", () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.uniqueArray(fc.constantFrom("a", "b", "c")), fc.integer({ min: 1, max: flagStays }))), batches => {
    let held: HeldFlag[] = [], now = 0;
    const last = new Map<string, number>();
    for (const [raised, later] of batches) {
      now += later;
      for (const name of raised) last.set(name, now);
      held = holdFlags(held, raised.map(name => flag(name, `${name} at ${now}`)), now);
      expect(new Set(names(held))).toEqual(new Set([...last].filter(([, at]) => at === now || now - at < flagStays).map(([name]) => name)));
      expect(names(held)).toHaveLength(new Set(names(held)).size);
      expect(held.filter(h => h.seen === now).map(h => h.flag.text).sort()).toEqual(raised.map(name => `${name} at ${now}`).sort());
    }
  }));
});
