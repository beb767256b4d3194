export type Rgb = readonly [number, number, number];

/**
 * Cividis: from dark blue to yellow, even in lightness, the same to people with and without a color vision deficiency
 * (Nuñez, Anderton and Renslow 2018, PLOS ONE 13(7) e0199239). Nine of its colors; between them it is straight.
 */
const cividisStops: readonly Rgb[] = [
  [0, 32, 77],
  [16, 51, 106],
  [64, 77, 108],
  [95, 102, 112],
  [124, 123, 120],
  [156, 146, 115],
  [190, 170, 103],
  [224, 199, 83],
  [255, 234, 70],
];

/**
 * PuOr: orange below, white in the middle, purple above; told apart with a red-green deficiency too
 * (Harrower and Brewer 2003, The Cartographic Journal 40(1), 27–37: ColorBrewer).
 */
const puOrStops: readonly Rgb[] = [
  [179, 88, 6],
  [224, 130, 20],
  [253, 184, 99],
  [254, 224, 182],
  [247, 247, 247],
  [216, 218, 235],
  [178, 171, 210],
  [128, 115, 172],
  [84, 39, 136],
];

/** Where all greedy actions are optimal white, where none is PuOr's orange. */
const agreementStops: readonly Rgb[] = [[253, 184, 99], [254, 224, 182], [247, 247, 247]];

export type Ramp = (t: number) => Rgb;

const ramp = (stops: readonly Rgb[]): Ramp => t => {
  const at = Math.min(1, Math.max(0, t)) * (stops.length - 1);
  const i = Math.min(stops.length - 2, Math.floor(at));
  const [a, b] = [stops[i] as Rgb, stops[i + 1] as Rgb];
  const mix = (k: 0 | 1 | 2): number => Math.round(a[k] + (b[k] - a[k]) * (at - i));
  return [mix(0), mix(1), mix(2)];
};

/** The color at `t` from 0 to 1. */
export const cividis: Ramp = ramp(cividisStops);
export const puOr: Ramp = ramp(puOrStops);
export const agreement: Ramp = ramp(agreementStops);

/** A ramp as the background of its legend. */
export function gradient(colors: Ramp): string {
  const stops = Array.from({ length: 9 }, (_, i) => `rgb(${colors(i / 8).join(" ")})`);
  return `linear-gradient(90deg, ${stops.join(", ")})`;
}

/**
 * Where a value lies between least and greatest; visits on a logarithmic scale, as few states get most of them.
 * Where all are alike none is high or low.
 */
export function position(value: number, least: number, greatest: number, logarithmic: boolean): number {
  if (logarithmic) {
    const top = Math.log1p(Math.max(0, greatest));
    return top === 0 ? 0 : Math.log1p(Math.max(0, value)) / top;
  }
  return greatest === least ? 0.5 : (value - least) / (greatest - least);
}

/** Whether dark ink reads better than white on a color (WCAG 2.2, relative luminance). */
export function takesDarkInk([r, g, b]: Rgb): boolean {
  const linear = (c: number): number => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  };
  const light = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05);
}
