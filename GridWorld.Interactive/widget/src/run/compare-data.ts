import type { ListedRun } from "../wire/sessions";
import { exact } from "../kit/format";
import { toNumber } from "../wire/protocol";

/** The number of lines that are easy to distinguish, even with a color vision deficiency. */
export const mostCompared = 3;

export interface Line {
  x: number[];
  mean: (number | null)[];
}

interface Point {
  start: number;
  end: number;
  mean: unknown;
}

/** The mean curve of the server's answer. */
export function readLine(answer: unknown): Line {
  const points = (answer as { points?: unknown } | null)?.points;
  if (!Array.isArray(points)) return { x: [], mean: [] };
  const list = points as Point[];
  return {
    x: list.map(p => (p.start + p.end) / 2),
    mean: list.map(p => (typeof p.mean === "number" && Number.isFinite(p.mean) ? p.mean : null)),
  };
}

/** One x axis for all lines: what a line has no value for is left out (undefined), so that its own neighbours are joined. */
export function together(lines: readonly Line[]): { x: number[]; columns: (number | null | undefined)[][] } {
  const x = [...new Set(lines.flatMap(l => l.x))].sort((a, b) => a - b);
  const at = new Map(x.map((v, i) => [v, i]));
  return {
    x,
    columns: lines.map(l => {
      const column = new Array<number | null | undefined>(x.length).fill(undefined);
      l.x.forEach((v, i) => {
        column[at.get(v) ?? 0] = l.mean[i] ?? null;
      });
      return column;
    }),
  };
}

/** What a run was begun with, by title; without the hyperparameters that the status tells as they are now. */
export type Settings = ReadonlyMap<string, string>;

const told: ReadonlySet<string> = new Set(["name", "learning_rate", "epsilon", "discount_factor"]);

/** The settings of the server's answer. */
export function readSettings(answer: unknown): Settings {
  const { world, seed, step_limit, learner } = (answer ?? {}) as {
    world?: unknown;
    seed?: unknown;
    step_limit?: unknown;
    learner?: Record<string, unknown>;
  };
  const options = Object.entries(learner ?? {}).filter(([name]) => !told.has(name));
  const all: [string, unknown][] = [["Learner", learner?.name], ...options.map(([name, v]): [string, unknown] => [titled(name), v]), [
    "World",
    world,
  ], ["Seed", seed], ["Step limit", step_limit]];
  return new Map(all.flatMap(([title, v]) => (v === undefined || v === null ? [] : [[title, wordsOf(v)] as const])));
}

const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");

const wordsOf = (
  value: unknown,
): string => (typeof value === "number" ? exact(value) : typeof value === "string" ? value : JSON.stringify(value));

/** The titles of the settings in which runs differ, or that not all of them have. */
export function differingSettings(runs: readonly Settings[]): string[] {
  const titles = new Set(runs.flatMap(r => [...r.keys()]));
  return [...titles].filter(t => new Set(runs.map(r => r.get(t))).size > 1);
}

/** The hyperparameters in which the runs differ. */
export function differing(runs: readonly ListedRun[]): Set<"learning_rate" | "epsilon" | "discount_factor"> {
  const keys = ["learning_rate", "epsilon", "discount_factor"] as const;
  return new Set(keys.filter(k => new Set(runs.map(r => r[k])).size > 1));
}

/** The run with the greatest mean return of its last 100 episodes; none if there is a tie. */
export function best(runs: readonly ListedRun[]): string | null {
  const known = runs.flatMap(r => {
    const value = toNumber(r.mean_return_last_100);
    return value === null || !Number.isFinite(value) ? [] : [{ id: r.run_id, value }];
  });
  const top = Math.max(...known.map(k => k.value));
  const winners = known.filter(k => k.value === top);
  return known.length > 1 && winners.length === 1 ? winners[0]?.id ?? null : null;
}
