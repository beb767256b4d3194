import { describe, expect, it } from "vitest";
import { faintMean } from "../../src/curve/plot";

const [sheet = ""] = Object.values(import.meta.glob("../../src/page/style.css", { query: "?raw", import: "default", eager: true }));
/** The colors of the light and of the dark theme, by name. */
const [light, dark] = sheet.split(":root {").slice(1, 3).map(block =>
  new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/g)].map(([, name = "", color = ""]) => [name, rgb(color)]))
);

type Rgb = readonly [number, number, number];

function rgb(color: string): Rgb {
  const digits = color.length === 4 ? Array.from(color.slice(1), d => d + d) : [color.slice(1, 3), color.slice(3, 5), color.slice(5)];
  const [r = NaN, g = NaN, b = NaN] = digits.map(d => parseInt(d, 16) / 255);
  return [r, g, b];
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = (c: Rgb): number => {
    const [r, g, b] = c.map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const over = (color: Rgb, ground: Rgb, alpha: number): Rgb =>
  color.map((v, i) => v * alpha + (ground[i] ?? 0) * (1 - alpha)) as unknown as Rgb;

describe.each([["light", light], ["dark", dark]] as const)("in the %s theme", (_, colors) => {
  const of = (name: string): Rgb => colors?.get(name) ?? [NaN, NaN, NaN];

  it.each(["card", "sunk", "warnbg"])("words in the accent's color can be read on %s",
    ground => expect(contrast(of("accent"), of(ground))).toBeGreaterThanOrEqual(4.5));
  it.each(["void", "grid"])("a wall stands out from %s", ground => expect(contrast(of("wall"), of(ground))).toBeGreaterThanOrEqual(3));
  it("so does the thin curve from the card", () =>
    expect(contrast(over(of("curve"), of("card"), faintMean), of("card"))).toBeGreaterThanOrEqual(3));
});
