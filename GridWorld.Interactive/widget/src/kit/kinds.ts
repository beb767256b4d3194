import type { WireTile, WireWorld } from "../wire/protocol";

export type Kind = WireTile["kind"];

/** The tiles of a world. A tile is its number in the world's table, from 1; 0 is an unknown floor. */
export interface Kinds {
  of: (tile: number) => Kind;
  /** The tile's character, or "" of none. */
  letter: (tile: number) => string;
  /** The kind of what has this character; a character that is not a tile is a floor. */
  ofLetter: (letter: string) => Kind;
  /** The character to draw a kind with; null if the world has none. */
  character: (kind: Kind) => string | null;
  /** Characters that the world does not use. Each can become a floor with its own reward. */
  free: string[];
}

const preferred: Partial<Record<Kind, string>> = { floor: ".", wall: "#", goal: "G", hole: "H", cliff: "C", start: "S" };

export function kindsOf({ tiles }: Pick<WireWorld, "tiles">): Kinds {
  const named = (letter: string): WireTile | undefined => tiles.find(t => t.tile === letter);
  return {
    of: tile => tiles[tile - 1]?.kind ?? "floor",
    letter: tile => tiles[tile - 1]?.tile ?? "",
    ofLetter: letter => named(letter)?.kind ?? "floor",
    character: kind =>
      tiles.find(t => t.kind === kind && t.tile === preferred[kind])?.tile ?? tiles.find(t => t.kind === kind)?.tile ?? null,
    free: Array.from("abcdefghijklmnopqrstuvwxyz").filter(c => !named(c)),
  };
}
