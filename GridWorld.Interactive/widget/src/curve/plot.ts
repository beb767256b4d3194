import type uPlot from "uplot";
import type { Columns } from "./data";
import { type Beyond, drawBeyond, drawOdd, drawOptimum } from "./draw";
import { power, symlogTicks, tick } from "./ticks";
import { glance } from "../kit/format";
import type { Theme } from "../kit/theme";
import { sized } from "../kit/size";

/** The callbacks of the plot to its owner. */
export interface PlotSource {
  xRange: () => [number, number];
  yRange: () => [number, number];
  /** The exact optimum, as a dashed line; null draws none. */
  optimum: () => number | null;
  /** The points outside the picture, by place. */
  beyond: () => readonly Beyond[];
  /** How much of the picture's height the ± std and the min–max bands take, from 0 to 1. */
  shares: () => { deviation: number; extremes: number };
  /** Positions and values of points that are not finite. */
  odd: () => readonly (readonly [number, string])[];
  onCursor: (plot: uPlot) => void;
  /** A drag from one place of the x axis to another. */
  onDrag: (from: number, to: number) => void;
}

export interface PlotLook {
  /** Up to where a symmetric logarithmic x axis is linear; null for an axis that is linear everywhere. */
  symlogX: number | null;
  /** Whether the y axis is symmetric logarithmic: linear up to ±1, logarithmic beyond. */
  symlog: boolean;
  /** Ticks of the x axis in words; the lower of two charts has them. */
  tick: ((value: number) => string) | null;
  line: string;
  /** Whether the y axis shows the powers of ten of its numbers. */
  powers?: boolean;
}

/** Space inside the axes, in CSS pixels. */
export interface Box {
  left: number;
  width: number;
  height: number;
}

/** The opacity of the mean under its moving average. */
export const faintMean = 0.75;

/** Mean over its ± std and min–max bands, the moving average over it; the optimum dashed above. Columns as `columns` makes them. */
export function createPlot(library: typeof uPlot, host: HTMLElement, colors: Theme, size: { width: number; height: number }, look: PlotLook,
  source: PlotSource): uPlot
{
  const axis = { stroke: colors.soft, font: `${sized(11)}px ${colors.font}`, ticks: { stroke: colors.line, width: 1, size: 4 } };
  const edge = { stroke: "transparent", width: 0, points: { show: false } };
  const words = look.tick;
  const empty: Columns = [[], [], [], [], [], [], []];
  return new library({
    ...size,
    padding: [10, 22, words ? 0 : 6, 0],
    legend: { show: false },
    pxAlign: 1,
    /* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- uPlot's own enum has no values at run time */
    scales: { x: { time: false, distr: look.symlogX === null ? 1 : 4, asinh: look.symlogX ?? 1, range: () => source.xRange() },
      y: { distr: look.symlog ? 4 : 1, asinh: 1, range: () => source.yRange() } },
    /* eslint-enable @typescript-eslint/no-unsafe-enum-assignment */
    axes: [
      { ...axis, space: sized(64), size: words ? sized(26) : 4, grid: { show: false },
        values: (_, ticks: number[]) => ticks.map(v => words?.(v) ?? ""), ...(look.symlogX === null ? {} : {
          splits: (u: uPlot) => symlogTicks(...source.xRange(), u.bbox.width / devicePixelRatio / sized(64), look.symlogX ?? 1),
          filter: (_: uPlot, ticks: number[]) => ticks,
        }) },
      {
        ...axis,
        space: sized(30),
        size: sized(54),
        grid: { stroke: colors.line, width: 1 },
        ticks: { show: false },
        ...(look.symlog
          ? { splits: (u: uPlot) => symlogTicks(...source.yRange(), u.bbox.height / devicePixelRatio / sized(26)),
            filter: (_: uPlot, ticks: number[]) => ticks, values: (_: uPlot, ticks: number[]) => ticks.map(glance) } : {
            values: (_: uPlot, ticks: number[], __: number, ___: number, step: number) =>
              ticks.map(v => (look.powers === true ? power(v) : tick(v, step))),
          }),
      },
    ],
    series: [
      {},
      edge,
      edge,
      edge,
      edge,
      { stroke: look.line, width: 1, alpha: 1, points: { show: false } },
      { stroke: look.line, width: 2, points: { show: false } },
    ],
    bands: [{ series: [1, 2], fill: () => faded(colors.band, source.shares().extremes) }, { series: [3, 4],
      fill: () => faded(colors.band, source.shares().deviation) }],
    cursor: { x: true, y: false, drag: { x: true, y: false, setScale: false, dist: 6 }, points: { show: false },
      bind: { dblclick: () => () => null } },
    hooks: {
      draw: [u => drawOptimum(u, source.optimum(), colors.good), u => drawBeyond(u, source.beyond(), look.line),
        u => drawOdd(u, source.odd(), colors)],
      setCursor: [source.onCursor],
      setSelect: [u => {
        if (u.select.width < 4) return;
        source.onDrag(u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x"));
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      }],
    },
  }, empty, host);
}

/** A band's color: the more of the picture the band takes, the less it says and the fainter it is. */
const faded = (color: string, share: number): string =>
  `color-mix(in srgb, ${color} ${Math.round(100 * Math.max(0.25, 1 - share))}%, transparent)`;

/** The mean is fainter if there is a moving average, though not below a contrast of 3 to 1. */
export function emphasise(u: uPlot, averaged: boolean): void {
  const mean = u.series[5];
  if (!mean) return;
  mean.width = averaged ? 1 : 1.8;
  mean.alpha = averaged ? faintMean : 1;
}

/** The plot area, from uPlot's own numbers: asking the page would force a layout. */
export function inner(u: uPlot): Box {
  const ratio = devicePixelRatio;
  return { left: u.bbox.left / ratio, width: u.bbox.width / ratio, height: u.bbox.height / ratio };
}
