import { bytes } from "../wire/tiles";
import type { WireWorld } from "../wire/protocol";

/** Where the states of a world are drawn: each in a cell of the map of its mode. */
export interface Places {
  x: (state: number) => number;
  y: (state: number) => number;
  mode: (state: number) => number;
  /** The state in a cell of a mode's map; null for none. */
  stateAt: (x: number, y: number, mode: number) => number | null;
}

type Shape = Pick<WireWorld, "width" | "height" | "states" | "places">;

const known = new WeakMap<Shape, Places>();

export function placesOf(world: Shape): Places {
  let places = known.get(world);
  if (!places) known.set(world, places = make(world));
  return places;
}

/** A place is mode × cells + cell. Without a table of places, it is the state's number. */
function make({ width, height, states, places }: Shape): Places {
  const cells = width * height, listed = places ? numbers(places) : null;
  const occupants = listed && new Map(listed.map((place, state) => [place, state]));
  const place = (state: number): number => listed?.[state] ?? state;
  return {
    x: state => place(state) % cells % width,
    y: state => Math.floor(place(state) % cells / width),
    mode: state => Math.floor(place(state) / cells),
    stateAt: (x, y, mode) => {
      const at = mode * cells + y * width + x;
      return occupants ? occupants.get(at) ?? null : at < states ? at : null;
    },
  };
}

function numbers(base64: string): number[] {
  const view = new DataView(bytes(base64).buffer);
  return Array.from({ length: view.byteLength / 4 }, (_, i) => view.getInt32(4 * i, true));
}

/** A state as people name it: its cell and mode; its number where cells mean nothing. */
export function stateWords(state: number, world: WireWorld | null): string {
  if (!world) return "";
  if (world.table) return `state ${state}`;
  const places = placesOf(world), mode = world.mode_names[places.mode(state)] ?? "";
  return `(${places.x(state)}, ${places.y(state)})${mode === "" || world.labels ? "" : `, ${mode}`}`;
}

/** The cells and modes of a world in short: "5 × 5 in 20 modes". */
export function sizeWords(world: WireWorld, count: (n: number) => string): string {
  if (world.table) return `${count(world.states)} states`;
  return `${count(world.width)} × ${count(world.height)}${world.modes > 1 ? ` in ${count(world.modes)} modes` : ""}`;
}
