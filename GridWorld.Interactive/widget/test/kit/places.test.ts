import { expect, it } from "vitest";
import { placesOf, sizeWords, stateWords } from "../../src/kit/places";
import type { WireWorld } from "../../src/wire/protocol";

const world = (more: Partial<WireWorld>): WireWorld => ({ name: "w", width: 3, height: 2, states: 6, modes: 1, mode_names: [], places: null,
  labels: false, table: false, editable: true, fences: [], actions: [], moves: "four", learner: "q-learning", planner: false,
  hyperparameters: [], seed: "1", step_limit: 1, starts: [0], tiles: [], ...more });

/** What the server sends: little-endian 32-bit integers. */
const base64 = (...numbers: number[]): string =>
  btoa(String.fromCharCode(...numbers.flatMap(n => [n & 255, n >> 8 & 255, n >> 16 & 255, n >> 24 & 255])));

it("numbers the states of a grid mode by mode and row by row", () => {
  const { x, y, mode, stateAt } = placesOf(world({ states: 12, modes: 2 }));

  expect([x(10), y(10), mode(10)]).toEqual([1, 1, 1]);
  expect([stateAt(1, 1, 0), stateAt(1, 1, 1), stateAt(0, 0, 2)]).toEqual([4, 10, null]);
});

it("takes the places of an MDP from its table", () => {
  const { x, y, mode, stateAt } = placesOf(world({ states: 3, modes: 2, places: base64(4, 300, 10) }));

  expect([x(0), y(0), mode(0)]).toEqual([1, 1, 0]);
  expect([mode(1), stateAt(1, 1, 1), stateAt(2, 0, 0)]).toEqual([50, 2, null]);
});

it("calls a state by its cell, its mode, or its number", () => {
  const taxi = world({ states: 12, modes: 2, mode_names: ["to r", "to g"] });

  expect(stateWords(4, world({}))).toBe("(1, 1)");
  expect(stateWords(10, taxi)).toBe("(1, 1), to g");
  expect(stateWords(4, world({ table: true }))).toBe("state 4");
  expect([sizeWords(taxi, String), sizeWords(world({ table: true }), String)]).toEqual(["3 × 2 in 2 modes", "6 states"]);
});
