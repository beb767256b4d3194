import { toNumber, type WireAxis, type WireNumber } from "../wire/protocol";
import { limitsOf } from "../table/lines";
import { exact } from "../kit/format";

/** An axis of the charts of a sweep: a setting, the world, the learner, or the objective. */
export interface Scale {
  name: string;
  /** In words: "learning rate". */
  title: string;
  words: readonly string[] | null;
  isLog: boolean;
  from: number;
  to: number;
  /** Values that lie beyond the ends, and are drawn there. */
  beyond: number;
}

export const titleOf = (name: string): string => name.replaceAll("_", " ");

const finite = (values: readonly (number | null)[]): number[] => values.filter((v): v is number => v !== null && Number.isFinite(v));

/** The scale of an axis. Of an objective, outliers are left beyond the ends. */
export function scaleOf({ name, is_logarithmic: isLog, words }: WireAxis, values: readonly (number | null)[], isRobust: boolean): Scale {
  const known = finite(values), from = known.reduce((a, b) => Math.min(a, b), Infinity),
    to = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const whole = { name, title: titleOf(name), words, isLog: isLog && from > 0, from, to, beyond: 0 };
  if (words) return { ...whole, isLog: false, from: 0, to: words.length - 1 };
  if (known.length === 0) return { ...whole, isLog: false, from: 0, to: 1 };
  if (!isRobust) return whole;
  const { lowest, highest, clipped } = limitsOf([known], true);
  if (clipped === 0 || (lowest === null && highest === null)) return whole;
  const { min, max } = limitsOf([known], true), margin = (max - min) / 22;
  return { ...whole, isLog: false, from: lowest === null ? from : min + margin, to: highest === null ? to : max - margin, beyond: clipped };
}

/** Where a value lies, from 0 to 1; outliers at the ends. Infinite values are beyond them, too. */
export function placeOf({ isLog, from, to }: Scale, value: number): number {
  if (to <= from) return 0.5;
  const at = isLog ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
  return Math.max(0, Math.min(1, at));
}

/** The value at a place from 0 to 1. */
export function valueAt({ isLog, from, to }: Scale, place: number): number {
  const at = Math.max(0, Math.min(1, place));
  return isLog ? from * (to / from) ** at : from + (to - from) * at;
}

/** Ticks with their words: the words themselves, or round numbers, as many as there is room for. */
export function ticksOf(scale: Scale, most: number): { value: number; text: string }[] {
  const { words, isLog, from, to } = scale;
  if (words) {
    const every = Math.ceil(words.length / Math.max(1, most));
    return words.flatMap((text, value) => (value % every === 0 ? [{ value, text }] : []));
  }
  if (to <= from) return [{ value: from, text: short(from) }];
  const values = isLog ? logTicks(from, to, most) : linearTicks(from, to, most);
  return values.map(value => ({ value, text: short(value) }));
}

/** A tick has as many digits as it needs, and no more than three. */
const short = (value: number): string => exact(Number(value.toPrecision(3)));

function linearTicks(from: number, to: number, most: number): number[] {
  const rough = (to - from) / Math.max(1, most), power = 10 ** Math.floor(Math.log10(rough)),
    step = [1, 2, 5, 10].map(d => d * power).find(s => s >= rough) ?? rough;
  const found: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k++) found.push(Number((k * step).toPrecision(12)));
  return found;
}

function logTicks(from: number, to: number, most: number): number[] {
  for (const digits of [[1, 2, 5], [1, 3], [1]]) {
    const found: number[] = [];
    for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++)
      for (const d of digits) found.push(Number((d * 10 ** power).toPrecision(3)));
    const inside = found.filter(v => v >= from * (1 - 1e-9) && v <= to * (1 + 1e-9));
    if (inside.length <= most && inside.length > 1) return inside;
  }
  return [from, to];
}

/** A column of the server's answer as numbers; null where a trial has no such setting, ±Infinity at the scale's ends. */
export const columnOf = (column: readonly (WireNumber | null)[]): readonly (number | null)[] => column.map(v => toNumber(v));
