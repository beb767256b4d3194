import type { Field, Value } from "./fields";
import { sameButSeed, sortKey } from "./fields";
import type { ListedRun } from "../wire/sessions";

/** The mean of some runs' numbers, and the half-width of its 95 % interval; null for fewer than two numbers. */
export interface Mean {
  n: number;
  mean: number;
  half: number | null;
}

/** 0.975 quantiles of Student's t for 1 to 30 degrees of freedom. */
const quantiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042];

/** Beyond the table by Cornish and Fisher's first terms, which are exact to the third decimal there. */
export function studentT(freedom: number): number {
  const z = 1.959964;
  return quantiles[freedom - 1] ?? z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
}

export function meanOf(values: readonly Value[]): Mean | null {
  const numbers = values.filter((v): v is number => typeof v === "number" && Number.isFinite(v)), n = numbers.length;
  if (n === 0) return null;
  const mean = numbers.reduce((a, b) => a + b, 0) / n;
  if (n === 1) return { n, mean, half: null };
  const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / (n - 1);
  return { n, mean, half: studentT(n - 1) * Math.sqrt(variance / n) };
}

export interface Group {
  key: string;
  /** What its runs have in common. */
  value: Value;
  runs: readonly ListedRun[];
  /** The mean and interval of each result, and the value of each setting that all its runs share. */
  means: ReadonlyMap<string, Mean | null>;
  shared: ReadonlyMap<string, Value | undefined>;
}

/** The choice of grouping by all settings but the seed. */
export const seeds = "seeds";

export function groupBy(runs: readonly ListedRun[], by: Field | typeof seeds, columns: readonly Field[]): Group[] {
  const found = new Map<string, ListedRun[]>();
  for (const run of runs) {
    const value = by === seeds ? null : by.of(run), key = by === seeds ? sameButSeed(run) : `${typeof value} ${String(value)}`;
    const group = found.get(key);
    if (group) group.push(run);
    else found.set(key, [run]);
  }
  return [...found].map(([key, list]) => {
    const first = list[0] as ListedRun;
    const shared = (f: Field): Value | undefined => {
      const value = f.of(first);
      return list.every(r => f.of(r) === value) ? value : undefined;
    };
    return {
      key,
      value: by === seeds ? null : by.of(first),
      runs: list,
      means: new Map(columns.filter(f => f.isResult).map(f => [f.key, meanOf(list.map(r => f.of(r)))])),
      shared: new Map(columns.filter(f => !f.isResult).map(f => [f.key, shared(f)])),
    };
  });
}

export interface Sort {
  key: string;
  descending: boolean;
}

/** Numbers before texts, nothing last whatever the direction; equal ones stay in their order. */
export function sorted<T>(items: readonly T[], of: (item: T) => Value | undefined, descending: boolean): T[] {
  const keys = new Map<string, string>();
  const text = (v: string): string => {
    let key = keys.get(v);
    if (key === undefined) keys.set(v, key = sortKey(v));
    return key;
  };
  const rank = (v: Value | undefined): number => (v === null || v === undefined || v !== v ? 2 : typeof v === "number" ? 0 : 1);
  const sign = descending ? -1 : 1;
  const all = items.map((item, at) => {
    const v = of(item);
    return { item, at, rank: rank(v), key: typeof v === "string" ? text(v) : v ?? 0 };
  });
  all.sort((a, b) => {
    if (a.rank !== b.rank) return a.rank === 2 || b.rank === 2 ? a.rank - b.rank : sign * (a.rank - b.rank);
    if (a.rank === 2 || a.key === b.key) return a.at - b.at;
    return a.key < b.key ? -sign : sign;
  });
  return all.map(a => a.item);
}
