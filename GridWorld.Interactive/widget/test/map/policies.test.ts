import { describe, expect, it } from "vitest";
import { paceAt, placeOf } from "../../src/run/pace";
import { differingStates, readPolicy, type Policy } from "../../src/map/policies";

const bytes = (numbers: number[]): string => btoa(String.fromCharCode(...numbers));
const policy = (cells: string, wall: string, ...bits: number[]): Policy => {
  const letters = [...new Set(cells)],
    tiles = letters.map(tile => ({ tile, kind: tile === wall ? "wall" as const : "floor" as const, reward: 0 }));
  return readPolicy({ session_id: "r", episode: 1, width: cells.length, height: 1, actions: ["up", "right"], tiles,
    cells: bytes(Array.from(cells, c => letters.indexOf(c) + 1)), policy: bytes(bits) });
};

describe("policies next to each other", () => {
  it("differ where any has other greedy actions, ties included, and never in a wall", () =>
    expect(differingStates([policy("S.#G", "#", 1, 3, 1, 1), policy("S.#G", "#", 1, 2, 2, 1), policy("S.#G", "#", 1, 3, 1, 1)])).toEqual(
      new Set([1]),
    ));
  it("never differ in a wall, whatever its letter", () =>
    expect(differingStates([policy("S.X水", "X", 1, 1, 1, 1), policy("S.X水", "X", 1, 1, 2, 2)])).toEqual(new Set([3])));
  it("are not compared over different worlds", () => {
    expect(differingStates([policy("S.#G", "#", 1, 1, 1, 1), policy("S..G", "#", 1, 1, 1, 1)])).toBeNull();
    expect(differingStates([policy("S水G", "#", 1, 1, 1), policy("S火G", "#", 1, 1, 1)])).toBeNull();
  });
});

describe("the pace slider", () => {
  it("gives back each of its places", () =>
    expect(Array.from({ length: 20 }, (_, k) => placeOf(paceAt(k)))).toEqual(Array.from({ length: 20 }, (_, k) => k)));
  it("goes from one step a second to no limit", () => expect([paceAt(0), paceAt(19)]).toEqual([1, null]));
  it("stands next to a pace that it does not have, by ratio", () =>
    expect([placeOf(1400), placeOf(1500), placeOf(3e9)].map(paceAt)).toEqual([1000, 2000, 1_000_000]));
});
