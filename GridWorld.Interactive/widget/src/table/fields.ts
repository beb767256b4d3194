import { value as wordsOf } from "../kit/event-words";
import { count, exact, glance, none } from "../kit/format";
import { capital } from "../kit/words";
import { stateWords } from "../run/head";
import type { ListedRun } from "../wire/sessions";
import type { WireRunSettings } from "../wire/protocol";

export type Value = number | string | null;

/** Something that is known of every run: a setting it was begun with, or a result. */
export interface Field {
  key: string;
  title: string;
  of: (run: ListedRun) => Value;
  show: (value: Value) => string;
  /** Whether a group shows its mean and interval, not its common value. */
  isResult: boolean;
}

const text = (v: Value): string => (v === null ? none : typeof v === "number" ? exact(v) : v);
const number = (show: (v: number) => string) => (v: Value): string => (typeof v === "number" ? show(v) : text(v));

export const day = (ms: number): string => {
  const t = new Date(ms), two = (n: number): string => String(n).padStart(2, "0");
  return `${t.getFullYear()}-${two(t.getMonth() + 1)}-${two(t.getDate())} ${two(t.getHours())}:${two(t.getMinutes())}`;
};

const result = (key: string, title: string, of: Field["of"], show: (v: number) => string): Field => ({ key, title, of, show: number(show),
  isResult: true });
const fact = (key: string, title: string, of: Field["of"], show: Field["show"] = text): Field => ({ key, title, of, show,
  isResult: false });

export const name = fact("name", "Run", r => r.name);
export const episodes = result("episodes", "Episodes", r => r.episodes, count);
export const steps = result("steps", "Steps", r => r.steps, count);
export const meanReturn = result("return", "Return, last 100", r => r.mean_return_last_100, glance);
export const greedyValue = result("greedy_value", "Greedy value", r => r.greedy_value, glance);
export const optimum = result("optimum", "Optimum", r => r.optimal_value, glance);
export const state = fact("state", "State", r => (r.error === null ? stateWords(r) : "damaged"));
export const created = fact("created", "Created", r => (r.created > 0 ? r.created : null), number(day));
export const note = fact("note", "Note", r => r.note);
const starred = fact("starred", "Starred", r => (r.starred ? "yes" : "no"));
const world = fact("world", "World", r => r.settings?.world ?? null);
const stepLimit = fact("step_limit", "Step limit", r => r.settings?.step_limit ?? null);
const target = fact("target_episodes", "Target episodes", r => r.target_episodes);
const seed = fact("seed", "Seed", r => toValue(r.seed));

/** The settings that every run has, in the order of their columns; those of the learners follow. */
const common: readonly Field[] = [fact("learner", "Learner", r => optionsOf(r.settings).get("name") ?? null), world];
const last: readonly Field[] = [stepLimit, target, seed];
const results: readonly Field[] = [episodes, steps, meanReturn, greedyValue, optimum, state, created, note];

const toValue = (v: string | null): Value => (v !== null && /^\d{1,15}$/.test(v) ? Number(v) : v);

const known = new WeakMap<WireRunSettings, ReadonlyMap<string, Value>>();

/** The options of a run's learner. */
export function optionsOf(settings: WireRunSettings | null): ReadonlyMap<string, Value> {
  if (settings === null) return new Map();
  let found = known.get(settings);
  if (!found) {
    const learner = (settings.learner ?? {}) as Record<string, unknown>;
    found = new Map(
      Object.entries(learner).flatMap(([key, v]): [string, Value][] =>
        v === null || v === undefined ? [] : [[key, typeof v === "number" ? v : wordsOf(v)]]
      ),
    );
    known.set(settings, found);
  }
  return found;
}

const titled = (key: string): string => capital(key.replaceAll("_", " "));

/** All that can be asked of these runs, in the order of columns. */
export function fieldsOf(runs: readonly ListedRun[]): readonly Field[] {
  const options = new Set<string>();
  for (const settings of new Set(runs.map(r => r.settings))) for (const key of optionsOf(settings).keys()) options.add(key);
  options.delete("name");
  const own = [...options].map(key => fact(key, titled(key), r => optionsOf(r.settings).get(key) ?? null));
  return [name, ...common, ...own, ...last, ...results, starred];
}

/** The columns for these runs: the settings in which they differ, and the results that are known. */
export function columnsOf(runs: readonly ListedRun[]): readonly Field[] {
  const readable = runs.filter(r => r.error === null);
  const bySettings = [...new Map(readable.map(r => [r.settings, r])).values()];
  const differs = (field: Field, among: readonly ListedRun[]): boolean => {
    const first = among[0];
    return first !== undefined && among.some(r => field.of(r) !== field.of(first));
  };
  const isShown = (f: Field): boolean => {
    if (f === name || f === episodes || f === steps || f === meanReturn || f === state || f === created) return true;
    if (f === starred) return false;
    if (f.isResult || f === note) return runs.some(r => f.of(r) !== null);
    return differs(f, f === seed || f === target ? readable : bySettings);
  };
  return fieldsOf(runs).filter(isShown);
}

/** Whether two runs have all settings in common but the seed. */
export const sameButSeed = (run: ListedRun): string => `${run.settings?.place ?? -1} ${run.target_episodes ?? ""}`;

/** Texts in an order in which run-2 comes before run-10. */
export const sortKey = (v: string): string => v.toLowerCase().replace(/\d+/g, d => d.padStart(12, "0"));
