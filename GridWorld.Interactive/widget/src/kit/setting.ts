import type { WireLearnerSetting } from "../wire/protocol";

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

/**
 * Makes a field per setting, and makes them anew only where the settings are others: what someone is typing outlives the same settings
 * sent again. The settings are compared by reference first, since every drawing asks.
 */
export function createFields<T>(make: (setting: WireLearnerSetting) => T,
  show: (fields: readonly T[]) => void): (settings: readonly WireLearnerSetting[]) => readonly T[]
{
  let fields: readonly T[] = [], drawn: readonly WireLearnerSetting[] = [];
  return settings => {
    if (settings !== drawn && JSON.stringify(settings) !== JSON.stringify(drawn)) {
      fields = settings.map(make);
      show(fields);
    }
    drawn = settings;
    return fields;
  };
}
