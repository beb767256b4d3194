/** What someone typed as a number: a point or a comma before the decimals, any minus sign; null is no number. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

export interface Setting {
  name: "learning_rate" | "epsilon" | "discount_factor";
  label: string;
  range: string;
  testid: string;
}

export const settings: readonly Setting[] = [
  { name: "learning_rate", label: "Learning rate", range: "0.001 to 1", testid: "learning-rate" },
  { name: "epsilon", label: "Epsilon", range: "0 to 1", testid: "epsilon" },
  { name: "discount_factor", label: "Discount factor", range: "0 to 1", testid: "discount-factor" },
];
