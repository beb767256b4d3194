import { expect, it } from "vitest";
import { parts } from "../../src/run/flags";

it.each([
  ["no reward improvement in 100 episodes—check hyperparameters", "no reward improvement in 100 episodes"],
  ["The greedy policy is optimal. Nothing is left to learn.", "The greedy policy is optimal"],
  ["The policy (softmax, 0.5) wanders. Lower it.", "The policy (softmax, 0.5) wanders"],
  ["Training initialized", "Training initialized"],
])("the point of “%s” is “%s”", (text, point) => expect(parts({ flag: "exploring", text })).toEqual([point, text.slice(point.length)]));
