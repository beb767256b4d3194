import type uPlot from "uplot";
import { tick } from "../curve/ticks";
import { addChildren, card, el, segments, setAttribute, setChildren, setHidden } from "../kit/dom";
import { count, glance, short } from "../kit/format";
import { watchRoom } from "../kit/room";
import { readTheme } from "../kit/theme";
import { uplot } from "../kit/uplot";
import { limitsOf } from "../table/lines";
import { sweep, type Api } from "../wire/api";
import { createLatest } from "../wire/latest";
import { toNumber, type WireEnsembleCurve, type WireNumber } from "../wire/protocol";
import { sized } from "../kit/size";

const near = 14;

export interface Band {
  element: HTMLElement;
  /** Asks for the curve again. */
  renew: () => void;
  redraw: () => void;
  dispose: () => void;
}

const numbers = (values: readonly WireNumber[]): (number | null)[] =>
  values.map(v => {
    const n = toNumber(v);
    return n !== null && Number.isFinite(n) ? n : null;
  });

/** The mean return over the seeds with its 95 % band, and some single seeds, faint. A click on one opens it as a run. */
export function createBand(api: Api, id: string, open: (seed: string) => void): Band {
  let axis: "episodes" | "steps" = "episodes", curve: WireEnsembleCurve | null = null, plot: uPlot | null = null, busy = false;
  let columns: (number | null)[][] = [], nearest = -1;
  const host = el("div", { class: "plot", testid: "band", "data-points": 0, "data-lines": 0, tabindex: 0, role: "group",
    "aria-label": "Mean return over the seeds. Arrow keys move the pointer; the table of seeds opens them." });
  const tip = el("div", { class: "tip", hidden: true }), empty = el("p", { class: "empty" }, "No seed has ended enough episodes yet.");
  const choice = segments("X axis", [["episodes", "Episodes"], ["steps", "Steps"]] as const, axis, v => {
    axis = v;
    renew();
  });
  const element = card("Mean return over the seeds", "band-card", choice.element);
  addChildren(element, el("div", { class: "stage" }, host, empty, tip),
    el("div", { class: "legend" }, el("span", {}, el("i", { class: "key" }), "mean"),
      el("span", {}, el("i", { class: "key deviation" }), "95 % bootstrap interval of the mean"),
      el("span", {}, el("i", { class: "key faint" }), "single seeds")));
  const room = watchRoom(host, redraw), latest = createLatest();

  function renew(): void {
    if (busy) return;
    busy = true;
    const isLatest = latest(), of = axis;
    api.get<WireEnsembleCurve>(sweep(id, "curve"), { axis, points: 200, lines: 40 }).then(found => {
      if (!isLatest()) return;
      curve = found;
      columns = [numbers(found.low), numbers(found.high), ...found.lines.map(l => numbers(l.values)), numbers(found.mean)];
      redraw();
    }, () => undefined).finally(() => {
      busy = false;
      if (of !== axis) renew();
    });
  }

  function redraw(): void {
    const size = room.size(), library = uplot(redraw);
    setHidden(empty, curve === null || curve.ends.length > 0);
    if (!library || curve === null || curve.ends.length === 0 || size.width < 60 || size.height < 60) return;
    const { ends, lines } = curve, theme = readTheme(host), { min, max } = limitsOf(columns, true), none = { show: false };
    const words = { stroke: theme.soft, font: `${sized(11)}px ${theme.font}` }, edge = { stroke: "transparent", width: 0, points: none };
    const x0 = ends[0] ?? 0, x1 = ends.at(-1) ?? 1;
    plot?.destroy();
    plot = new library({
      ...size,
      padding: [10, 22, 0, 0],
      legend: none,
      scales: { x: { time: false, range: () => [x0, x1 > x0 ? x1 : x0 + 1] }, y: { range: () => [min, max] } },
      cursor: { x: true, y: false, drag: { x: false, y: false }, points: none },
      axes: [
        { ...words, space: sized(64), size: sized(26), grid: none, ticks: { stroke: theme.line, width: 1, size: 4 },
          values: (_, t) => t.map(v => (Number.isInteger(v) ? short(v) : "")) },
        { ...words, space: sized(30), size: sized(54), grid: { stroke: theme.line, width: 1 }, ticks: none,
          values: (_, t, __, ___, step) => t.map(v => tick(v, step)) },
      ],
      series: [{}, edge, edge,
        ...lines.map((_, i) => ({ stroke: theme.faint, width: i === nearest ? 2 : 1, alpha: i === nearest ? 1 : 0.28, points: none })), {
        stroke: theme.curve,
        width: 2.4,
        points: none,
      }],
      bands: [{ series: [2, 1], fill: theme.band }],
      hooks: { setCursor: [point] },
    }, [ends, ...columns], host);
    setAttribute(host, "data-points", String(ends.length));
    setAttribute(host, "data-lines", String(lines.length));
  }

  function point(u: uPlot): void {
    const at = u.cursor.idx, left = u.cursor.left ?? -1;
    setHidden(tip, at === null || at === undefined || left < 0 || curve === null);
    if (tip.hidden || !curve || typeof at !== "number") return;
    let least = near;
    nearest = -1;
    curve.lines.forEach((_, i) => {
      const value = columns[i + 2]?.[at];
      const distance = value === null || value === undefined ? Infinity : Math.abs(u.valToPos(value, "y") - (u.cursor.top ?? -100));
      if (distance < least) [nearest, least] = [i, distance];
    });
    const line = curve.lines[nearest], mean = columns.at(-1)?.[at], low = columns[0]?.[at], high = columns[1]?.[at];
    host.style.cursor = line ? "pointer" : "";
    setChildren(tip, el("b", {}, `${axis === "steps" ? "step" : "episode"} ${count(curve.ends[at])}`),
      el("span", {}, `mean ${glance(mean)}, ${glance(low)} to ${glance(high)}`),
      ...(line ? [el("span", {}, `seed ${line.seed}: ${glance(columns[nearest + 2]?.[at])} · click to open`)] : []));
    const offset = u.bbox.left / devicePixelRatio, isRight = left > u.bbox.width / devicePixelRatio / 2;
    tip.style.left = isRight ? "" : `${offset + left + 12}px`;
    tip.style.right = isRight ? `${room.size().width - offset - left + 12}px` : "";
  }

  host.addEventListener("click", () => {
    const line = curve?.lines[nearest];
    if (line && !tip.hidden) open(line.seed);
  });
  host.addEventListener("keydown", e => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    if (!by || !plot) return;
    e.preventDefault();
    const width = plot.bbox.width / devicePixelRatio, left = Math.min(width, Math.max(0, (plot.cursor.left ?? 0) + by * width / 50));
    plot.setCursor({ left, top: -100 });
  });
  return {
    element,
    renew,
    redraw,
    dispose: () => {
      room.dispose();
      plot?.destroy();
    },
  };
}
