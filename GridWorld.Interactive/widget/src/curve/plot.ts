import type uPlot from "uplot";
import type { Columns } from "./data";
import { fixed, short } from "../kit/format";
import type { Theme } from "../kit/theme";

/** The callbacks of the plot to its owner. */
export interface PlotSource {
  xRange: () => [number, number];
  yRange: () => [number, number];
  /** The exact optimum, as a dashed line; null draws none. */
  optimum: () => number | null;
  /** Positions and values of points that are not finite. */
  odd: () => readonly (readonly [number, string])[];
  onCursor: (plot: uPlot) => void;
  /** A drag from one place of the x axis to another. */
  onDrag: (from: number, to: number) => void;
}

export interface PlotLook {
  logarithmic: boolean;
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

const yAxisWidth = 54;

/** Mean over its ± std and min–max bands, the moving average over it; the optimum dashed above. Columns as `columns` makes them. */
export function createPlot(library: typeof uPlot, host: HTMLElement, colors: Theme, size: { width: number; height: number }, look: PlotLook,
  source: PlotSource): uPlot
{
  const axis = { stroke: colors.soft, font: `11px ${colors.font}`, ticks: { stroke: colors.line, width: 1, size: 4 } };
  const edge = { stroke: "transparent", width: 0, points: { show: false } };
  const words = look.tick;
  const empty: Columns = [[], [], [], [], [], [], []];
  return new library({
    ...size,
    padding: [10, 22, words ? 0 : 6, 0],
    legend: { show: false },
    pxAlign: 1,
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot's own enum has no values at run time
    scales: { x: { time: false, distr: look.logarithmic ? 3 : 1, range: () => source.xRange() }, y: { range: () => source.yRange() } },
    axes: [
      { ...axis, space: 64, size: words ? 26 : 4, grid: { show: false },
        values: (_, ticks: (number | null)[]) => ticks.map(v => (words === null || v === null ? "" : words(v))) },
      {
        ...axis,
        space: 30,
        size: yAxisWidth,
        grid: { stroke: colors.line, width: 1 },
        ticks: { show: false },
        values: (_, ticks, __, ___, step) => ticks.map(v => (look.powers === true ? power(v) : tick(v, step))),
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
    bands: [{ series: [1, 2], fill: colors.band }, { series: [3, 4], fill: colors.band }],
    cursor: { x: true, y: false, drag: { x: true, y: false, setScale: false, dist: 6 }, points: { show: false },
      bind: { dblclick: () => () => null } },
    hooks: {
      draw: [u => drawOptimum(u, source.optimum(), colors.good), u => drawOdd(u, source.odd(), colors)],
      setCursor: [source.onCursor],
      setSelect: [u => {
        if (u.select.width < 4) return;
        source.onDrag(u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x"));
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      }],
    },
  }, empty, host);
}

/** The mean is fainter if there is a moving average. */
export function emphasise(u: uPlot, averaged: boolean): void {
  const mean = u.series[5];
  if (!mean) return;
  mean.width = averaged ? 1 : 1.8;
  mean.alpha = averaged ? 0.5 : 1;
}

/** The plot area, from uPlot's own numbers: asking the page would force a layout. */
export function inner(u: uPlot): Box {
  const ratio = devicePixelRatio;
  return { left: u.bbox.left / ratio, width: u.bbox.width / ratio, height: u.bbox.height / ratio };
}

function drawOptimum(u: uPlot, optimum: number | null, color: string): void {
  if (optimum === null || !Number.isFinite(optimum)) return;
  const y = Math.round(u.valToPos(optimum, "y", true)), { left, width } = u.bbox, ratio = devicePixelRatio;
  u.ctx.save();
  u.ctx.strokeStyle = color;
  u.ctx.lineWidth = 1.5 * ratio;
  u.ctx.setLineDash([5 * ratio, 4 * ratio]);
  u.ctx.beginPath();
  u.ctx.moveTo(left, y);
  u.ctx.lineTo(left + width, y);
  u.ctx.stroke();
  u.ctx.restore();
}

/** Values that do not fit on the y axis appear at its edge: ∞ above, −∞ and NaN below, over a thin line. */
function drawOdd(u: uPlot, odd: readonly (readonly [number, string])[], colors: Theme): void {
  if (odd.length === 0) return;
  const { top, height } = u.bbox, ratio = devicePixelRatio;
  u.ctx.save();
  u.ctx.strokeStyle = u.ctx.fillStyle = colors.bad;
  u.ctx.lineWidth = ratio;
  u.ctx.font = `600 ${11 * ratio}px ${colors.font}`;
  u.ctx.textAlign = "center";
  let free = -Infinity;
  for (const [x, what] of odd) {
    const at = Math.round(u.valToPos(x, "x", true)) + 0.5;
    u.ctx.globalAlpha = 0.45;
    u.ctx.beginPath();
    u.ctx.moveTo(at, top);
    u.ctx.lineTo(at, top + height);
    u.ctx.stroke();
    u.ctx.globalAlpha = 1;
    if (at < free) continue;
    free = at + 30 * ratio;
    u.ctx.fillText(what, at, what === "∞" ? top + 12 * ratio : top + height - 5 * ratio);
  }
  u.ctx.restore();
}

/** A power of ten: 0.01 for −2, 10⁻⁶ for −6; nothing for a broken one. */
function power(exponent: number): string {
  if (!Number.isInteger(exponent)) return "";
  if (Math.abs(exponent) < 4) return String(Number((10 ** exponent).toPrecision(1)));
  const digits = Array.from(String(Math.abs(exponent)), d => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(d)] ?? "").join("");
  return `10${exponent < 0 ? "⁻" : ""}${digits}`;
}

/** All ticks of an axis with the digits that its steps need. */
export function tick(value: number, step: number): string {
  if (Math.abs(value) >= 1e6) {
    const unit = 1000 ** Math.floor(Math.log10(Math.abs(value)) / 3);
    return short(value, Math.max(0, Math.min(4, Math.ceil(Math.log10(unit / step) - 1e-9))));
  }
  return Math.abs(value) >= 1e5 ? fixed(value, 0) : fixed(value, Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) - 1e-9))));
}
