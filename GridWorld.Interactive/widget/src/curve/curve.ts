import type uPlot from "uplot";
import { linearUpTo, xAxis, type XAxis } from "./axis";
import { createChart, type Chart } from "./chart";
import { type Average, describe, gaps, movingAverage, nonFinite, residuals, resolution } from "./data";
import { createLegend } from "./legend";
import { createListing } from "./listing";
import { createCurveOptions } from "./options";
import { inner } from "./plot";
import { rangeOf, wholePowers, wholeRange, type Range, type YAxis } from "./range";
import { createTip } from "./tip";
import { addChildren, card, el, segments, setAttribute, setHidden, setText } from "../kit/dom";
import { missing, type createEventList } from "../kit/event-list";
import { count, duration, glance, plural, short } from "../kit/format";
import { createMarkers } from "./marker-layer";
import type { Actions, Moment, Panel } from "../kit/panel";
import { toNumber } from "../wire/protocol";
import { readTheme, type Theme } from "../kit/theme";
import { many, wordsOf } from "../kit/words";
import type { Bucket, RunData } from "../wire/view-state";
import { dragged, scaled, shifted, type Span } from "./zoom";

/** The number of points to request: one point every few pixels is easier to read than single episodes. */
export const pointsForAll = 240;

/** The learning curve and, on the same axis, the steps of the episodes. Drag to zoom. */
export function createCurve(actions: Actions, events: ReturnType<typeof createEventList>): Panel & { retheme: () => void } {
  const range = segments("Episodes shown", [["all", "All"], ["last", "Last 1000"]] as const, "all",
    choice => actions.feed.ask({ start: null, end: null, last: choice === "all" ? null : 1000 }));
  const menu = createCurveOptions(isAnother => {
    if ((actions.feed.request.axis === true) !== (options.axis !== "episodes")) actions.feed.ask({ axis: options.axis !== "episodes" });
    if (isAnother) drop();
    shown = null;
    actions.redraw();
  });
  const options = menu.options;
  const legend = createLegend(to => menu.extend(to)), listing = createListing();
  const empty = el("p", { class: "empty" }, "No episode has ended yet."), stepsTitle = el("h3", { hidden: true }, "Steps");
  const tip = createTip();
  const upper = createChart("curve", { tabindex: 0, role: "group",
    "aria-label": "Learning curve. Plus and minus zoom, arrow keys move, 0 shows the whole run.", "data-events": 0 }, actions.redraw,
    u => point(u, lower), drag);
  const lower = createChart("steps-curve", { role: "img", "aria-label": "Steps per episode" }, actions.redraw, u => point(u, upper), drag);
  const element = card("Return per episode", "curve-card", el("span", { class: "spacer" }), range.element, menu.element);
  const title = element.querySelector("h2") as HTMLElement;
  addChildren(element, el("div", { class: "stage" }, upper.host, empty, tip.element),
    el("div", { class: "stage steps" }, stepsTitle, lower.host), ...legend.elements, listing.element);

  let theme: Theme | null = null;
  let run: RunData | null = null;
  let shown: { metrics: unknown; lengths: unknown; axis: unknown; optimum: number | null } | null = null;
  let isPlanned = false;
  /** The parts of a new curve that are still to draw. */
  let rest: (() => void)[] = [];
  let points: readonly Bucket[] = [];
  let limits: Range = rangeOf([], null, options.y);
  let axis: XAxis = xAxis("episodes", []);
  const markers = createMarkers(upper.host);

  const episodes = (): number => run?.status?.episodes ?? 0;
  const span = (): Span => {
    const { start, end } = actions.feed.request;
    return start === null || end === null ? null : { start, end };
  };

  function zoom(to: Span): void {
    actions.feed.ask({ start: to?.start ?? null, end: to?.end ?? null, last: null });
  }

  function drag(a: number, b: number): void {
    const to = dragged(axis.episodeAt(a), axis.episodeAt(b), episodes());
    if (to) zoom(to);
  }

  function point(u: uPlot, other: Chart): void {
    const at = typeof u.cursor.idx === "number" ? u.cursor.idx : -1;
    tip.show(u, points[at], run?.lengths.points[at], options.measure === "gap" ? "gap" : wordsOf(run?.world ?? null).value,
      upper.size.width, wordsOf(run?.world ?? null), limits);
    if ((u.cursor.left ?? -1) !== (other.plot?.cursor.left ?? -1)) other.follow(u.cursor.left ?? -10);
  }

  element.addEventListener("dblclick", e => {
    if (span() && e.target instanceof Element && e.target.closest(".stage")) zoom(null);
  });
  upper.host.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const moves: Record<string, () => Span> = {
      "+": () => scaled(span(), 0.5, episodes()),
      "=": () => scaled(span(), 0.5, episodes()),
      "-": () => scaled(span(), 2, episodes()),
      "0": () => null,
      ArrowLeft: () => shifted(span(), -1, episodes()),
      ArrowRight: () => shifted(span(), 1, episodes()),
    };
    const move = moves[e.key];
    if (!move) return;
    e.preventDefault();
    zoom(move());
  });

  function xRange(): [number, number] {
    const first = points[0], last = points[points.length - 1];
    if (!first || !last) return [0, 1];
    const from = axis.at(first.start <= 1 ? 0 : first.start - 1), to = axis.at(last.end);
    return [from, to > from ? to : from + 1];
  }

  /** A planner's values have no outliers. */
  const extent = (): YAxis => (isPlanned ? { ...options.y, extent: "all" } : options.y);

  function drop(): void {
    upper.drop();
    lower.drop();
    shown = null;
    rest = [];
  }

  const tick = (v: number): string => {
    if (options.axis === "time") return duration(v);
    return Number.isInteger(v) ? short(v) : "";
  };

  /**
   * What there is to draw of a curve. Its words come last; at first they are written now, since the plots take the room that they
   * leave.
   */
  function show(data: RunData, optimum: number | null): (() => void)[] {
    const gap = options.measure === "gap" && optimum !== null;
    axis = xAxis(options.axis, data.axis);
    points = gap ? gaps(data.metrics.points, optimum) : data.metrics.points;
    const average = movingAverage(points, isPlanned ? 0 : options.smoothing), line = gap ? 0 : optimum, across = xRange();
    limits = rangeOf(points, line, extent());
    const words = (): void => say(data, average, optimum, gap);
    const below = isPlanned ? residuals(data.episodes, { start: points[0]?.start ?? 1, end: points.at(-1)?.end ?? 0 })
      : data.lengths.points;
    if (!upper.plot) words();
    return [
      () => upper.show({ points, axis, average, optimum: line, limits, xRange: across }),
      () =>
        lower.show({ points: below, axis, average: movingAverage(below, isPlanned ? 0 : options.smoothing), optimum: null,
          limits: isPlanned ? wholePowers(wholeRange(below, null)) : rangeOf(below, null, options.y), xRange: across }),
      ...(upper.plot ? [words] : []),
    ];
  }

  function say(data: RunData, average: Average, optimum: number | null, gap: boolean): void {
    const odd = nonFinite(points), at = span(), words = wordsOf(data.world), { episode } = words, s = data.status, known = events.of(data),
      last = points[points.length - 1];
    setText(title, gap ? "Gap to the optimal policy" : isPlanned ? "Value at the start, pass by pass" : "Return per episode");
    setText(stepsTitle, isPlanned ? "Residual: the largest change of a pass" : "Steps");
    setText(empty, `No ${episode} has ended yet.`);
    setHidden(empty, points.length > 0);
    setHidden(stepsTitle, points.length === 0);
    legend.say({ planner: isPlanned, gap, window: average.window, optimum, discount: toNumber(s?.discount_factor),
      recent: isPlanned ? last?.mean ?? null : s && s.episodes >= 100 ? toNumber(s.mean_return_last_100) : null, limits,
      extent: options.y.extent,
      note: [at ? `${many(episode)} ${count(at.start)}–${count(at.end)}` : "", resolution(data.metrics, episode) + average.lacks,
        odd > 0 ? plural(odd, "point is not finite", "points are not finite") : ""].filter(Boolean).join(" · "),
      events: missing(known) > 0 ? `marks of the newest ${plural(known.length, "event")}` : "" });
    listing.draw(points, title.textContent, words, Date.now());
    setAttribute(upper.host, "data-last-episode", String(last?.end ?? 0));
    setAttribute(upper.host, "data-bucket", String(data.metrics.bucket));
    setAttribute(upper.host, "data-odd", String(odd));
    setAttribute(element, "aria-description",
      last
        ? `${describe(last, episode)}: mean ${gap ? "gap" : words.value} ${glance(last.mean)}.${
          optimum === null ? ""
            : isPlanned ? ` The optimal value is ${glance(optimum)}.`
            : ` The expected return of the γ-optimal policy is ${glance(optimum)}.`
        }` : `No ${episode} has ended yet.`);
  }

  function draw(moment: Moment): boolean {
    run = moment.run;
    // The two kinds of runs have different axes.
    if (isPlanned !== (run.world?.planner === true)) {
      isPlanned = !isPlanned;
      drop();
    }
    menu.name(wordsOf(run.world));
    const optimum = toNumber(run.status?.optimal_return);
    menu.offerGap(optimum !== null);
    theme ??= readTheme(upper.host);
    if (shown?.metrics !== run.metrics || shown.lengths !== run.lengths || shown.axis !== run.axis || shown.optimum !== optimum) {
      shown = { metrics: run.metrics, lengths: run.lengths, axis: run.axis, optimum };
      rest = show(run, optimum);
    }
    const look = { symlogX: options.symlog ? linearUpTo(options.axis) : null, symlog: options.y.symlog, line: theme.curve };
    if (
      !upper.ready(theme, { ...look, tick: null })
      || !lower.ready(theme, { ...look, symlog: look.symlog && !isPlanned, tick, powers: isPlanned })
    ) return false;
    rest.shift()?.();
    if (rest.length > 0) return true;
    range.press(span() !== null ? null : actions.feed.request.last ? "last" : "all");
    const plot = upper.plot, first = points[0], last = points[points.length - 1];
    if (plot)
      markers.draw(last ? events.of(run) : [], [first && first.start > 1 ? first.start - 1 : 0, last?.end ?? 0],
        e => plot.valToPos(axis.at(e), "x"), inner(plot));
    return false;
  }

  return {
    element,
    draw,
    retheme: () => {
      theme = null;
      drop();
    },
    dispose: () => {
      upper.dispose();
      lower.dispose();
    },
  };
}
