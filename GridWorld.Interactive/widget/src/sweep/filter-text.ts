import type { Scale } from "./scale";

/** What a filter says about one axis: a range of its values, or one of its words. */
export interface Brush {
  low: number | null;
  high: number | null;
  word: string | null;
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const part = (name: string): RegExp => new RegExp(`(?<!\\S)${escaped(name)}\\s*(<=|>=|<|>|=)\\s*("[^"]*"|[^\\s"<>=]+)(?!\\S)`, "g");

/** The filter without what it says about an axis. */
export const without = (filter: string, name: string): string => filter.replace(part(name), "").replace(/\s+/g, " ").trim();

/** A bound with three digits, on the side that keeps what was brushed. */
function bound(value: number, up: boolean): string {
  if (value === 0) return "0";
  const power = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2), steps = value / power;
  return String(Number(((up ? Math.ceil(steps - 1e-9) : Math.floor(steps + 1e-9)) * power).toPrecision(6)));
}

/** The filter, which from now on lets only a range of an axis through. */
export function withRange(filter: string, name: string, low: number, high: number): string {
  return `${without(filter, name)} ${name} >= ${bound(low, false)} ${name} <= ${bound(high, true)}`.trim();
}

/** The filter, which from now on lets only one word of an axis through; the same word again lets all through. */
export function withWord(filter: string, name: string, word: string): string {
  const rest = without(filter, name);
  return brushOf(filter, name)?.word === word ? rest : `${rest} ${name} = ${/[\s"<>=]/.test(word) ? `"${word}"` : word}`.trim();
}

/** What a filter says about an axis; null for nothing. */
export function brushOf(filter: string, name: string): Brush | null {
  const brush: Brush = { low: null, high: null, word: null };
  let found = false;
  for (const [, operator, text = ""] of filter.matchAll(part(name))) {
    const plain = text.replaceAll("\"", ""), value = Number(plain);
    found = true;
    if (operator === "=") brush.word = plain;
    else if (operator?.startsWith(">") && Number.isFinite(value)) brush.low = value;
    else if (Number.isFinite(value)) brush.high = value;
  }
  return found ? brush : null;
}

/** Whether a value of an axis lies inside a brush. */
export function isInside({ words }: Scale, { low, high, word }: Brush, value: number | null): boolean {
  if (value === null) return false;
  if (word !== null) return words ? words[value] === word : value === Number(word);
  return (low === null || value >= low) && (high === null || value <= high);
}
