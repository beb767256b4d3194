import uPlot from "uplot";
import { fixed, short } from "./format";
import type { Theme } from "./theme";

/** What the plot asks its owner while it draws. */
export interface PlotSource {
  xRange: () => [number, number];
  yRange: () => [number, number];
  optimum: () => number | null;
  onCursor: (plot: uPlot) => void;
  /** A drag from one place of the x axis to another. */
  onDrag: (from: number, to: number) => void;
}

/** Space inside the axes, in CSS pixels. */
export interface Box {
  left: number;
  width: number;
  height: number;
}

/** Mean over its ± std and min–max bands; the optimum dashed above. Columns as `columns` makes them. */
export function createPlot(host: HTMLElement, colours: Theme, size: { width: number; height: number }, source: PlotSource): uPlot {
  const axis = { stroke: colours.soft, font: `11px ${colours.font}`, ticks: { stroke: colours.line, width: 1, size: 4 } };
  const edge = { stroke: "transparent", width: 0, points: { show: false } };
  return new uPlot({
    ...size, padding: [10, 24, 0, 0], legend: { show: false }, pxAlign: 1,
    scales: { x: { time: false, range: () => source.xRange() }, y: { range: () => source.yRange() } },
    axes: [
      { ...axis, space: 64, size: 26, grid: { show: false }, values: (_, ticks) => ticks.map(v => (Number.isInteger(v) ? short(v) : "")) },
      {
        ...axis, space: 34, size: (_, values) => 14 + 6.6 * Math.max(2, ...lengths(values)), grid: { stroke: colours.line, width: 1 },
        ticks: { show: false }, values: (_, ticks, __, ___, step) => ticks.map(v => tick(v, step)),
      },
    ],
    series: [{}, edge, edge, edge, edge, { stroke: colours.curve, width: 1.8, points: { show: false } }],
    bands: [{ series: [1, 2], fill: colours.band }, { series: [3, 4], fill: colours.band }],
    cursor: { x: true, y: false, drag: { x: true, y: false, setScale: false, dist: 6 }, points: { show: false }, bind: { dblclick: () => () => null } },
    hooks: {
      draw: [u => drawOptimum(u, source.optimum(), colours.good)],
      setCursor: [source.onCursor],
      setSelect: [u => {
        if (u.select.width < 4) return;
        source.onDrag(u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x"));
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      }],
    },
  }, [[], [], [], [], [], []], host);
}

/** Where the axes leave room, from uPlot's own numbers: asking the page would force a layout. */
export function inner(u: uPlot): Box {
  const ratio = devicePixelRatio;
  return { left: u.bbox.left / ratio, width: u.bbox.width / ratio, height: u.bbox.height / ratio };
}

function drawOptimum(u: uPlot, optimum: number | null, colour: string): void {
  if (optimum === null || !Number.isFinite(optimum)) return;
  const y = Math.round(u.valToPos(optimum, "y", true)), { left, width } = u.bbox, ratio = devicePixelRatio;
  u.ctx.save();
  u.ctx.strokeStyle = colour;
  u.ctx.lineWidth = 1.5 * ratio;
  u.ctx.setLineDash([5 * ratio, 4 * ratio]);
  u.ctx.beginPath();
  u.ctx.moveTo(left, y);
  u.ctx.lineTo(left + width, y);
  u.ctx.stroke();
  u.ctx.restore();
}

/** All ticks of an axis with the digits that its steps need. */
function tick(value: number, step: number): string {
  return Math.abs(value) >= 1e6 ? short(value) : fixed(value, Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) - 1e-9))));
}

/** Lengths of the tick labels; uPlot has none before the first layout. */
function lengths(values: string[] | null): number[] {
  return (values ?? []).map(v => v.length);
}
