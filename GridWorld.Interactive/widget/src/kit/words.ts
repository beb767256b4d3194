import type { WireWorld } from "../wire/protocol";

/** What the parts of a run are called. */
export interface RunWords {
  episode: string;
  step: string;
  /** The number that the curve shows. */
  value: string;
}

const ofLearner: RunWords = { episode: "episode", step: "step", value: "return" };
const ofPlanner: RunWords = { episode: "pass", step: "update", value: "value" };

/** A run of a planner has passes, updates of a state and values in place of episodes, steps and returns. */
export const wordsOf = (world: WireWorld | null): RunWords => (world?.planner ? ofPlanner : ofLearner);

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** "passes" and "episodes". */
export const many = (word: string): string => (word.endsWith("s") ? `${word}es` : `${word}s`);
