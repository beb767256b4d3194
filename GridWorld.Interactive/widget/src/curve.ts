import uPlot from "uplot";
import { columns, describe, nonFinite, resolution, yRange, type Range } from "./curve-data";
import { card, el, segments, setAttribute, setHidden, setText } from "./dom";
import { glance, plural } from "./format";
import { createMarkers } from "./marker-layer";
import type { Actions, Moment, Panel } from "./panel";
import { toNumber } from "./protocol";
import { readTheme, type Theme } from "./theme";
import type { Curve } from "./view-state";

/** Points the server is asked for: a point each few pixels reads better than a hedge of single episodes. */
export const pointsForAll = 240;

/** The learning curve: mean, min–max band, the exact optimum, and what happened to the run. */
export function createCurve(actions: Actions): Panel & { retheme: () => void } {
  const note = el("small", { testid: "curve-resolution" });
  const range = segments("Episodes shown", [["all", "All"], ["last", "Last 1000"]] as const, "all", choice =>
    actions.feed.ask(choice === "all" ? { last: null, points: pointsForAll } : { last: 1000, points: 1000 }));
  const host = el("div", { class: "plot", testid: "curve", "data-points": 0, "data-events": 0 });
  const empty = el("p", { class: "empty" }, "No episode has ended yet.");
  const tip = el("div", { class: "tip", hidden: true });
  const cut = el("span", { class: "cut", hidden: true });
  const optimumKey = el("span", { hidden: true }, el("i", { class: "key optimum" }), "optimum (exact)");
  const element = card("Return per episode", "curve-card", note, range.element);
  element.append(
    el("div", { class: "stage" }, host, empty, tip),
    el("div", { class: "legend" },
      el("span", {}, el("i", { class: "key mean" }), "mean"), el("span", {}, el("i", { class: "key band" }), "min–max"),
      optimumKey, el("span", {}, el("i", { class: "key change" }), "change"), el("span", {}, el("i", { class: "key checkpoint" }), "checkpoint"), cut));

  let theme: Theme | null = null;
  let plot: uPlot | null = null;
  let shown: Curve | null = null;
  let optimum: number | null = null;
  let limits: Range = { min: 0, max: 1, below: 0 };
  let size = { width: 0, height: 0 };
  const markers = createMarkers(host);

  const resize = new ResizeObserver(entries => {
    const box = entries[0]?.contentRect;
    if (!box || (box.width === size.width && box.height === size.height)) return;
    size = { width: Math.floor(box.width), height: Math.floor(box.height) };
    actions.redraw();
  });
  resize.observe(host);

  function build(): void {
    plot?.destroy();
    theme ??= readTheme(host);
    plot = new uPlot(options(theme, size), [[], [], [], []], host);
    shown = null;
  }

  function options(colours: Theme, { width, height }: { width: number; height: number }): uPlot.Options {
    const axis = { stroke: colours.soft, font: `11px ${colours.font}`, ticks: { stroke: colours.line, width: 1, size: 4 } };
    return {
      width, height, padding: [10, 18, 0, 0], legend: { show: false }, pxAlign: 1,
      scales: { x: { time: false, range: () => xRange() }, y: { range: () => [limits.min, limits.max] } },
      axes: [
        { ...axis, space: 64, size: 26, grid: { show: false }, values: (_, ticks) => ticks.map(v => (Number.isInteger(v) ? glance(v) : "")) },
        { ...axis, space: 34, size: (_, values) => 14 + 6.6 * Math.max(2, ...labels(values)), grid: { stroke: colours.line, width: 1 }, ticks: { show: false }, values: (_, ticks) => ticks.map(glance) },
      ],
      series: [
        {}, { label: "max", stroke: "transparent", width: 0, points: { show: false } },
        { label: "min", stroke: "transparent", width: 0, points: { show: false } },
        { label: "mean", stroke: colours.curve, width: 1.8, points: { show: false } },
      ],
      bands: [{ series: [1, 2], fill: colours.band }],
      cursor: { x: true, y: false, drag: { x: false, y: false, setScale: false }, points: { show: false } },
      hooks: { draw: [drawOptimum], setCursor: [showTip] },
    };
  }

  function xRange(): [number, number] {
    const points = shown?.points ?? [];
    const first = points[0], last = points[points.length - 1];
    if (!first || !last) return [0, 1];
    const from = first.start <= 1 ? 0 : first.start - 1;
    return [from, Math.max(last.end, from + 1)];
  }

  function drawOptimum(u: uPlot): void {
    if (optimum === null || !theme || !Number.isFinite(optimum)) return;
    const y = Math.round(u.valToPos(optimum, "y", true)), { left, width } = u.bbox, ratio = devicePixelRatio;
    u.ctx.save();
    u.ctx.strokeStyle = theme.good;
    u.ctx.lineWidth = 1.5 * ratio;
    u.ctx.setLineDash([5 * ratio, 4 * ratio]);
    u.ctx.beginPath();
    u.ctx.moveTo(left, y);
    u.ctx.lineTo(left + width, y);
    u.ctx.stroke();
    u.ctx.restore();
  }

  function showTip(u: uPlot): void {
    const bucket = typeof u.cursor.idx === "number" ? shown?.points[u.cursor.idx] : undefined;
    const left = u.cursor.left ?? -1;
    setHidden(tip, bucket === undefined || left < 0);
    if (!bucket || left < 0) return;
    const lines = [describe(bucket), bucket.count === 1 ? `return ${glance(bucket.mean)}` : `mean ${glance(bucket.mean)} ± ${glance(bucket.std)}`];
    if (bucket.count > 1) lines.push(`min ${glance(bucket.min)} · max ${glance(bucket.max)}`);
    tip.replaceChildren(...lines.map((line, i) => el(i === 0 ? "b" : "span", {}, line)));
    const right = left > u.over.clientWidth / 2;
    tip.style.left = right ? "" : `${u.over.offsetLeft + left + 12}px`;
    tip.style.right = right ? `${host.clientWidth - u.over.offsetLeft - left + 12}px` : "";
  }

  function draw({ run }: Moment): void {
    if (size.width < 40 || size.height < 40) return;
    if (!plot) build();
    if (!plot) return;
    const resized = plot.width !== size.width || plot.height !== size.height;
    if (resized) plot.setSize(size);
    const truth = toNumber(run.status?.optimal_return);
    if (run.metrics !== shown || truth !== optimum) {
      shown = run.metrics;
      optimum = truth;
      limits = yRange(shown.points, optimum);
      plot.setData(columns(shown.points));
      const odd = nonFinite(shown.points);
      setText(note, resolution(shown) + (odd > 0 ? ` · ${plural(odd, "point is", "points are")} not finite` : ""));
      setHidden(empty, shown.points.length > 0);
      host.classList.toggle("blank", shown.points.length === 0);
      setHidden(optimumKey, optimum === null);
      setHidden(cut, limits.below === 0);
      setText(cut, `${plural(limits.below, "minimum lies", "minima lie")} below the picture`);
      setAttribute(host, "data-points", String(shown.points.length));
      setAttribute(host, "data-last-episode", String(shown.points.at(-1)?.end ?? 0));
      setAttribute(element, "aria-description", summary(shown, optimum));
    }
    const { over } = plot, at = plot;
    markers.draw(shown.points.length > 0 ? run.events : [], xRange(), e => at.valToPos(e, "x"), { left: over.offsetLeft, width: over.clientWidth, height: over.clientHeight });
  }

  return {
    element, draw,
    retheme: () => {
      theme = null;
      plot?.destroy();
      plot = null;
    },
    dispose: () => {
      resize.disconnect();
      plot?.destroy();
    },
  };
}

/** Lengths of the tick labels; uPlot has none before the first layout. */
function labels(values: string[] | null): number[] {
  return (values ?? []).map(v => v.length);
}

/** The curve for those who don't see it. */
function summary(curve: Curve, optimum: number | null): string {
  const last = curve.points[curve.points.length - 1];
  if (!last) return "No episode has ended yet.";
  return `${describe(last)}: mean return ${glance(last.mean)}.${optimum === null ? "" : ` The optimum is ${glance(optimum)}.`}`;
}
