import type uPlot from "uplot";
import type { AxisKind } from "../curve/axis";
import { symlogTicks, tick } from "../curve/ticks";
import { addChildren, el, segments, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { count, duration, glance, plural, short } from "../kit/format";
import { createMenu, option } from "../kit/menu";
import { watchRoom } from "../kit/room";
import { readTheme, type Theme } from "../kit/theme";
import { uplot } from "../kit/uplot";
import type { ListedRun } from "../wire/sessions";
import type { Curves } from "./curves";
import { across, bandOf, lineOf, limitsOf, together, valueAt, type Line } from "./lines";
import { sized } from "../kit/size";

/** The number of runs that are drawn as lines; the others are drawn as a band. */
export const mostLines = 20;

const colors = ["curve", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"] as const;
const dashes: readonly number[][] = [[], [7, 3], [2, 3]];
const mostNamed = 12;

/** The class of the key of a run in the chart; "" for a run in the band. */
export const keyClass = (
  at: number,
): string => (at < 0 || at >= mostLines ? "" : `line-${at % colors.length} dash-${Math.floor(at / colors.length)}`);

export interface Chart {
  element: HTMLElement;
  /** Draws these runs, if something has changed. `source` stands for what their curves come from. */
  draw: (runs: readonly ListedRun[], curves: Curves, source: number) => void;
  retheme: () => void;
  dispose: () => void;
}

/** The curves of any number of runs. */
export function createChart(redraw: () => void): Chart {
  let axis: AxisKind = "episodes", smoothing = 100, isSymlog = false, isRobust = true;
  const host = el("div", { class: "plot", testid: "compare", "data-lines": 0, "data-band": 0, tabindex: 0, role: "group",
    "aria-label": "Mean return of the chosen runs. Arrow keys move the pointer." });
  const tip = el("div", { class: "tip", hidden: true }), empty = el("p", { class: "empty" });
  const note = el("p", { class: "quiet", testid: "compare-note" });
  const redo = (): void => {
    drawn = "";
    redraw();
  };
  const choose = <T extends string>(label: string, choices: readonly (readonly [T, string])[], chosen: T,
    set: (v: T) => void): HTMLElement =>
    option(label, segments(label, choices, chosen, v => {
      set(v);
      redo();
    }).element);
  const menu = createMenu("compare-options", "Options of the chart",
    choose("X axis", [["episodes", "Episodes"], ["steps", "Steps"], ["time", "Time"]] as const, "episodes", v => axis = v),
    choose("Moving average, episodes", [["0", "Off"], ["10", "10"], ["100", "100"], ["1000", "1000"]] as const, "100",
      v => smoothing = Number(v)),
    choose("Scale of the returns", [["linear", "Linear"], ["symlog", "Symlog"]] as const, "linear", v => isSymlog = v === "symlog"),
    choose("Range", [["robust", "Without outliers"], ["whole", "All points"]] as const, "robust", v => isRobust = v === "robust"));
  const element = el("div", { class: "table-chart" },
    el("div", { class: "chart-head" }, el("h3", {}, "Mean return"), el("span", { class: "spacer" }), menu),
    el("div", { class: "stage" }, host, empty, tip), note);

  let plot: uPlot | null = null, drawn = "";
  let shown: readonly { run: ListedRun; line: Line; at: number }[] = [];
  const room = watchRoom(host, redo);

  function point(u: uPlot): void {
    const left = u.cursor.left ?? -1, at = left < 0 ? NaN : u.posToVal(left, "x");
    const named = shown.slice(0, mostLines).flatMap(s => {
      const value = valueAt(s.line, at);
      return value === null ? [] : [{ ...s, value }];
    }).sort((a, b) => b.value - a.value);
    const rest = across(shown.slice(mostLines).map(s => s.line), at);
    setHidden(tip, named.length === 0 && rest === null);
    if (tip.hidden) return;
    const where = axis === "time" ? duration(at) : `${axis === "steps" ? "step" : "episode"} ${count(at)}`;
    setChildren(tip, el("b", {}, where),
      ...named.slice(0, mostNamed).map(s =>
        el("span", {}, el("i", { class: `key ${keyClass(s.at)}` }), `${glance(s.value)} `, el("em", {}, s.run.name))
      ), ...(named.length > mostNamed ? [el("span", {}, `and ${plural(named.length - mostNamed, "run")} below`)] : []), ...(rest ? [
        el("span", {}, `${plural(rest.n, "other run")}: ${glance(rest.least)} to ${glance(rest.greatest)}, median ${glance(rest.middle)}`),
      ] : []));
    const offset = u.bbox.left / devicePixelRatio, isRight = left > u.bbox.width / devicePixelRatio / 2;
    tip.style.left = isRight ? "" : `${offset + left + 12}px`;
    tip.style.right = isRight ? `${room.size().width - offset - left + 12}px` : "";
  }

  host.addEventListener("keydown", e => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    if (!by || !plot) return;
    e.preventDefault();
    const width = plot.bbox.width / devicePixelRatio, left = Math.min(width, Math.max(0, (plot.cursor.left ?? 0) + by * width / 50));
    plot.setCursor({ left, top: 10 });
  });

  function make(library: typeof uPlot, theme: Theme): void {
    const lines = shown.slice(0, mostLines).map(s => s.line), rest = shown.slice(mostLines).map(s => s.line), band = bandOf(rest);
    const bands = rest.length > 0 ? [band.greatest, band.least, band.middle] : [];
    const { x, columns } = together([...bands, ...lines]), limits = limitsOf(columns, isRobust, isSymlog);
    const words = { stroke: theme.soft, font: `${sized(11)}px ${theme.font}` }, none = { show: false };
    const edge = { stroke: "transparent", width: 0, points: none }, x0 = x[0] ?? 0, x1 = x.at(-1) ?? 1;
    plot?.destroy();
    plot = new library({
      ...room.size(),
      padding: [10, 22, 0, 0],
      legend: none,
      scales: {
        x: { time: false, range: () => [x0, x1 > x0 ? x1 : x0 + 1] },
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot's own enum has no values at run time
        y: { distr: isSymlog ? 4 : 1, asinh: 1, range: () => [limits.min, limits.max] },
      },
      cursor: { x: true, y: false, drag: { x: false, y: false }, points: none },
      axes: [
        { ...words, space: sized(64), size: sized(26), grid: none, ticks: { stroke: theme.line, width: 1, size: 4 },
          values: (_, t) => t.map(v => (axis === "time" ? duration(v) : Number.isInteger(v) ? short(v) : "")) },
        {
          ...words,
          space: sized(30),
          size: sized(54),
          grid: { stroke: theme.line, width: 1 },
          ticks: none,
          ...(isSymlog
            ? { splits: (u: uPlot) => symlogTicks(limits.min, limits.max, u.bbox.height / devicePixelRatio / sized(26)),
              filter: (_: uPlot, t: number[]) => t, values: (_: uPlot, t: number[]) => t.map(v => glance(v)) }
            : { values: (_: uPlot, t: number[], __: number, ___: number, step: number) => t.map(v => tick(v, step)) }),
        },
      ],
      series: [{}, ...(bands.length > 0 ? [edge, edge, { stroke: theme.soft, width: 1.4, dash: [4, 4], points: none }] : []),
        ...lines.map((_, i) => ({ stroke: theme[colors[i % colors.length] ?? "ink"], width: 1.7,
          dash: dashes[Math.floor(i / colors.length)] ?? [], points: none })
        )],
      bands: bands.length > 0 ? [{ series: [1, 2], fill: theme.band }] : [],
      hooks: { setCursor: [point] },
    }, [x, ...columns], host);
    const beyond = [limits.lowest === null ? "" : `down to ${glance(limits.lowest)}`,
      limits.highest === null ? "" : `up to ${glance(limits.highest)}`].filter(Boolean).join(" and ");
    setAttribute(host, "data-lines", String(lines.filter(l => l.x.length > 0).length));
    setAttribute(host, "data-band", String(rest.filter(l => l.x.length > 0).length));
    setAttribute(host, "data-clipped", String(limits.clipped));
    setText(note, [
      rest.length === 0 ? ""
        : `The first ${mostLines} runs are lines. The band is the range of the other ${count(rest.length)}, dashed: their median.`,
      limits.clipped === 0 ? "" : `${plural(limits.clipped, "point")} outside the range, ${beyond}.`,
    ].filter(Boolean).join(" "));
  }

  return {
    element,
    draw: (runs, curves, source) => {
      const size = room.size(), missing = curves.missing();
      const key = [source, runs.map(r => r.run_id).join(), size.width, size.height].join(" ");
      setHidden(empty, runs.length > 0 && missing < runs.length);
      setText(empty, runs.length === 0 ? "Choose runs in the table to see their curves." : "Loading the curves …");
      if (key === drawn || size.width < 40 || size.height < 40) return;
      const library = uplot(redo);
      if (!library) return;
      drawn = key;
      shown = runs.map((run, at) => ({ run, at, line: lineOf(curves.of(run.run_id), axis, smoothing) }));
      host.classList.toggle("blank", runs.length === 0);
      make(library, readTheme(host));
      if (missing > 0) addChildren(note, ` Loading ${plural(missing, "curve")} …`);
    },
    retheme: () => {
      drawn = "";
    },
    dispose: () => {
      room.dispose();
      plot?.destroy();
    },
  };
}
