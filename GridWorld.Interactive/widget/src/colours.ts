/**
 * Cividis: from dark blue to yellow, even in lightness, the same to people with and without a colour vision deficiency
 * (Nuñez, Anderton and Renslow 2018, PLOS ONE 13(7) e0199239). Nine of its colours; between them it is straight.
 */
const cividisStops: readonly (readonly [number, number, number])[] = [
  [0, 32, 77], [16, 51, 106], [64, 77, 108], [95, 102, 112], [124, 123, 120],
  [156, 146, 115], [190, 170, 103], [224, 199, 83], [255, 234, 70],
];

export type Rgb = readonly [number, number, number];

/** The colour at `t` from 0 to 1. */
export function cividis(t: number): Rgb {
  const at = Math.min(1, Math.max(0, t)) * (cividisStops.length - 1);
  const i = Math.min(cividisStops.length - 2, Math.floor(at));
  const [a, b] = [cividisStops[i] as Rgb, cividisStops[i + 1] as Rgb];
  const mix = (k: 0 | 1 | 2): number => Math.round(a[k] + (b[k] - a[k]) * (at - i));
  return [mix(0), mix(1), mix(2)];
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

/** Whether dark ink reads better than white on the colour at `t`. */
export function takesDarkInk(t: number): boolean {
  const linear = (c: number): number => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  };
  const [r, g, b] = cividis(t);
  const light = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05);
}
