import { fixed, short } from "../kit/format";
import { symlog } from "./axis";

/** All ticks of an axis with the digits that its steps need. */
export function tick(value: number, step: number): string {
  if (Math.abs(value) >= 1e6) {
    const unit = 1000 ** Math.floor(Math.log10(Math.abs(value)) / 3);
    return short(value, Math.max(0, Math.min(4, Math.ceil(Math.log10(unit / step) - 1e-9))));
  }
  return Math.abs(value) >= 1e5 ? fixed(value, 0) : fixed(value, Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) - 1e-9))));
}

/** A power of ten: 0.01 for −2, 10⁻⁶ for −6; nothing for a broken one. */
export function power(exponent: number): string {
  if (!Number.isInteger(exponent)) return "";
  if (Math.abs(exponent) < 4) return String(Number((10 ** exponent).toPrecision(1)));
  const digits = Array.from(String(Math.abs(exponent)), d => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(d)] ?? "").join("");
  return `10${exponent < 0 ? "⁻" : ""}${digits}`;
}

/**
 * Ticks of a symmetric logarithmic axis: 0 and 1, 2, 5 times powers of ten, as many as have room; between two of them, even steps. The axis
 * is linear up to `linear`, a power of ten.
 */
export function symlogTicks(min: number, max: number, most: number, linear = 1): number[] {
  const place = symlog(linear), room = (place(max) - place(min)) / Math.max(1, most);
  const found: number[] = [0], greatest = Math.max(Math.abs(min), Math.abs(max));
  // Tenths, too, if all lies near 0.
  const first = Math.round(Math.log10(linear)) - (greatest <= 2 * linear ? 1 : 0);
  for (let power = first; power < 300 && 10 ** power <= greatest; power++)
    for (const digit of [1, 2, 5]) for (const sign of [1, -1]) found.push(sign * Number(`${digit}e${power}`));
  const kept: number[] = [];
  for (const v of found.filter(v => v >= min && v <= max).sort((a, b) => a - b))
    if (kept.length === 0 || place(v) - place(kept.at(-1) ?? 0) >= room) kept.push(v);
  if (kept.length > 1) return kept;
  // Between two of these, the scale is nearly linear.
  const step = niceStep((2.5 * (max - min)) / Math.max(1, most)), from = Math.ceil(min / step);
  return Array.from({ length: Math.floor(max / step) - from + 1 }, (_, i) => (from + i) * step);
}

/** The greatest of 1, 2 and 5 times a power of ten that is not above a size. */
export function niceStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size)), digit = size / power;
  return (digit >= 5 ? 5 : digit >= 2 ? 2 : 1) * power;
}
