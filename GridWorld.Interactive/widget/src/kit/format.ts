/** Numbers and times in English notation, like the text around them, with a typographic minus sign. */

const formats = new Map<string, Intl.NumberFormat>();
const locale = "en-US";

function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  let result = formats.get(key);
  if (!result) formats.set(key, result = new Intl.NumberFormat(locale, options));
  return result;
}

const minus = (text: string): string => text.replace(/^-/, "−");

export const none = "–";

/** A number with a fixed number of decimals. */
export function fixed(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined) return none;
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text = format({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  return /[1-9]/.test(text) ? minus(text) : text.replace(/^[-−]/, "");
}

export function count(value: number | null | undefined): string {
  return fixed(value, 0);
}

/** From this value on, a number is shortened to millions, billions or trillions. */
const long = 1e7;

/** Whether a number has too many digits to read, as diverging values have. */
const isVast = (value: number): boolean => Math.abs(value) >= 1e15 && Number.isFinite(value);

function scientific(value: number): string {
  return minus(format({ notation: "scientific", maximumFractionDigits: 2 }).format(value)).replace("E", "e");
}

/** A number with few digits, for a quick look; integers stay integers. */
export function glance(value: number | null | undefined): string {
  if (value === null || value === undefined) return none;
  const size = Math.abs(value);
  if (isVast(value)) return scientific(value);
  if (size >= long && Number.isFinite(value)) return compact(value, 2);
  if (Number.isInteger(value)) return fixed(value, 0);
  if (size >= 10 || !Number.isFinite(value)) return fixed(value, size >= 1000 ? 0 : 1);
  const digits = size >= 1 ? 2 : 3;
  return fixed(value, Number.isInteger(Number(value.toFixed(digits))) ? 0 : digits);
}

/** An integer in little room: millions and more are shortened, with a number of decimals. */
export function short(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value) || Math.abs(value) < 1e6 || isVast(value)) return glance(value);
  return compact(value, digits);
}

function compact(value: number, digits: number): string {
  return minus(format({ notation: "compact", maximumFractionDigits: digits }).format(value));
}

/** Numbers for comparison, all with as many digits as the largest has room for. */
export function alike(values: readonly (number | null)[]): string[] {
  const size = values.reduce<number>((m, v) => (v !== null && Number.isFinite(v) ? Math.max(m, Math.abs(v)) : m), 0);
  return values.map(v =>
    (v !== null && isVast(v)) ? scientific(v)
      : v !== null && Math.abs(v) >= long && Number.isFinite(v) ? compact(v, 4)
      : fixed(v, size >= 1000 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4)
  );
}

/** A number with all its digits, for a value that the user typed. */
export function exact(value: number | null | undefined): string {
  if (value === null || value === undefined) return none;
  return Number.isFinite(value) ? minus(format({ maximumFractionDigits: 12 }).format(value)) : fixed(value, 0);
}

/** A number and its unit, in steps of a thousand: 61.8 and "M/s". */
export function speed(value: number | null | undefined): [string, string] {
  if (value === null || value === undefined || !Number.isFinite(value)) return [none, "steps/s"];
  for (const [size, unit] of [[1e9, "G steps/s"], [1e6, "M steps/s"], [1e4, "k steps/s"]] as const)
    if (value >= size) return [fixed(value / (size === 1e4 ? 1e3 : size), 1), unit];
  return [fixed(value, value < 10 && !Number.isInteger(value) ? 1 : 0), "steps/s"];
}

/** A number that may be very small: with two digits, below a thousandth in powers of ten. */
export function tiny(value: number | null): string {
  return value === null || value === 0 || !(Math.abs(value) < 0.001) ? glance(value) : value.toExponential(1).replace("-", "−");
}

/** A share as a percentage. Only a share of 1 shows 100, and only 0 shows 0. */
export function percent(value: number | null | undefined): string {
  if (value === null || value === undefined) return none;
  const rounded = Math.round(value * 1000) / 10;
  const kept = value < 1 && rounded >= 100 ? 99.9 : value > 0 && rounded <= 0 ? 0.1 : rounded;
  return fixed(kept, Number.isInteger(kept) || kept >= 10 && kept <= 99 ? 0 : 1);
}

/** A span of time with its unit: "0.2 s", "3 min", "1.5 h". */
export function duration(seconds: number): string {
  const [value, unit] = seconds < 60 ? [seconds, "s"] : seconds < 3600 ? [seconds / 60, "min"] : [seconds / 3600, "h"];
  return `${format({ maximumSignificantDigits: 3 }).format(value)} ${unit}`;
}

export function clock(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : time.toLocaleTimeString(locale, { hourCycle: "h23" });
}

export function ago(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 60) return `${fixed(seconds, seconds < 10 ? 1 : 0)} s ago`;
  return seconds < 3600 ? `${count(Math.floor(seconds / 60))} min ago` : `${count(Math.floor(seconds / 3600))} h ago`;
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}
