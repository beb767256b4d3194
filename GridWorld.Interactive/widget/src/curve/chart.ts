import type uPlot from "uplot";
import { type Average, columns, oddity } from "./data";
import { createPlot, emphasise, type PlotLook, type PlotSource } from "./plot";
import { bandShares, type Range } from "./range";
import type { XAxis } from "./axis";
import { el, setAttribute } from "../kit/dom";
import { watchRoom } from "../kit/room";
import type { Theme } from "../kit/theme";
import { uplot } from "../kit/uplot";
import type { Bucket } from "../wire/view-state";

export interface ChartData {
  points: readonly Bucket[];
  axis: XAxis;
  average: Average;
  optimum: number | null;
  limits: Range;
  xRange: [number, number];
}

const noPoints: ChartData = { points: [], axis: { at: e => e, episodeAt: x => x }, average: { values: [], window: null, lacks: "" },
  optimum: null, limits: { min: 0, max: 1, lowest: null, highest: null, outside: 0 }, xRange: [0, 1] };

/** One of the two charts that share an x axis. */
export interface Chart {
  host: HTMLElement;
  size: { width: number; height: number };
  plot: uPlot | null;
  /** Whether there is room for a plot, and all that one needs. */
  ready: (theme: Theme, look: PlotLook) => boolean;
  /** Makes the plot where there is none yet: never without data, whose range must suit its scale. */
  show: (data: ChartData) => void;
  /** Puts the dashed line where the other chart's pointer is. */
  follow: (left: number) => void;
  drop: () => void;
  dispose: () => void;
}

export function createChart(testid: string, attributes: Record<string, string | number>, redraw: () => void,
  onCursor: (plot: uPlot) => void, onDrag: (from: number, to: number) => void): Chart
{
  const host = el("div", { class: "plot", testid, ...attributes });
  let data = noPoints;
  let shares = bandShares([], data.limits);
  let needs: { library: typeof uPlot; theme: Theme; look: PlotLook } | null = null;
  const source: PlotSource = {
    xRange: () => data.xRange,
    yRange: () => [data.limits.min, data.limits.max],
    optimum: () => data.optimum,
    shares: () => shares,
    beyond: () =>
      data.points.flatMap(b => {
        const rim = b.mean < data.limits.min ? "bottom" : b.mean > data.limits.max ? "top" : null;
        return rim === null ? [] : [[data.axis.at((b.start + b.end) / 2), rim] as const];
      }),
    onCursor,
    onDrag,
    odd: () =>
      data.points.flatMap(b => {
        const what = oddity(b);
        return what === null ? [] : [[data.axis.at((b.start + b.end) / 2), what] as const];
      }),
  };
  const room = watchRoom(host, redraw);
  const chart: Chart = {
    host,
    size: { width: 0, height: 0 },
    plot: null,
    ready: (theme, look) => {
      chart.size = room.size();
      if (chart.size.width < 40 || chart.size.height < 30) return false;
      const library = uplot(redraw);
      if (!library) return false;
      needs = { library, theme, look };
      if (chart.plot && (chart.plot.width !== chart.size.width || chart.plot.height !== chart.size.height)) chart.plot.setSize(chart.size);
      return true;
    },
    show: next => {
      data = next;
      shares = bandShares(data.points, data.limits);
      if (needs) chart.plot ??= createPlot(needs.library, host, needs.theme, chart.size, needs.look, source);
      if (chart.plot) emphasise(chart.plot, next.average.window !== null);
      // Drawn now, not after the frame's script, so that the frame's budget counts it.
      chart.plot?.batch((u: uPlot) => u.setData(columns(next.points, next.axis, next.average.values)));
      host.classList.toggle("blank", next.points.length === 0);
      setAttribute(host, "data-points", String(next.points.length));
      setAttribute(host, "data-outside", String(next.limits.outside));
    },
    follow: left => chart.plot?.setCursor({ left, top: -10 }, false),
    drop: () => {
      chart.plot?.destroy();
      chart.plot = null;
    },
    dispose: () => {
      room.dispose();
      chart.drop();
    },
  };
  return chart;
}
