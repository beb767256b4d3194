import type { WorldFacts } from "./protocol";

export type Kind = "wall" | "goal" | "hole" | "cliff" | "teleport" | "start" | "floor";

/** What the characters of a map mean in its world. */
export interface Kinds {
  of: (character: number) => Kind;
  /** The character to draw a kind with, or null where the world has none. */
  character: (kind: Kind) => string | null;
  /** The reward for entering a cell of this character. */
  reward: (character: number) => number | null;
  /** Characters the world does not use: each can become a floor with a reward of its own. */
  free: string[];
}

/** The meaning in a world that says nothing else. */
const usual: Record<string, Kind> = { "#": "wall", "@": "wall", G: "goal", H: "hole", C: "cliff", S: "start", ".": "floor", F: "floor", " ": "floor" };
const preferred: Partial<Record<Kind, string>> = { floor: ".", wall: "#", goal: "G", hole: "H", cliff: "C", start: "S" };

export function kindsOf(world: WorldFacts): Kinds {
  const tiles = world.tiles ?? Object.entries(usual).map(([tile, kind]) => ({ tile, kind, reward: null }));
  const byCode = new Map(tiles.map(t => [t.tile.charCodeAt(0), t]));
  return {
    of: character => (character === 0 ? "floor" : byCode.get(character)?.kind ?? "floor"),
    character: kind => tiles.find(t => t.kind === kind && t.tile === preferred[kind])?.tile ?? tiles.find(t => t.kind === kind)?.tile ?? null,
    reward: character => byCode.get(character)?.reward ?? null,
    free: Array.from("abcdefghijklmnopqrstuvwxyz").filter(c => !byCode.has(c.charCodeAt(0))),
  };
}
