/**
 * What someone typed as a number: a point or a comma before the decimals, any minus sign; null is not a number, or one that may be a
 * thousand as well as a 1.
 */
export function readNumber(text: string): number | null {
  if (/^[+\-−]?[1-9]\d{0,2}(,\d{3})+$/.test(text.trim())) return null;
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/** Parses a typed integer, with or without the thousands separators of any language; null if it is not an integer. */
export function readWhole(text: string): number | null {
  const plain = text.trim();
  const digits = /^\d{1,3}([,.'’\s])\d{3}(\1\d{3})*$/.test(plain) ? plain.replace(/\D/g, "") : plain;
  const value = /^\d+(e\d+)?$/i.test(digits) ? Number(digits) : NaN;
  return Number.isSafeInteger(value) ? value : null;
}

/** The typed text for an error message; nothing for an empty field. */
export const got = (text: string): string => (text.trim() === "" ? "" : ` (got ${text.trim()})`);
