import type uPlot from "uplot";
import { columns, describe, nonFinite, resolution, yRange, type Range } from "./curve-data";
import { createPlot, inner } from "./curve-plot";
import { card, el, segments, setAttribute, setHidden, setText } from "./dom";
import { count, glance, plural } from "./format";
import { createMarkers } from "./marker-layer";
import type { Actions, Moment, Panel } from "./panel";
import { toNumber } from "./protocol";
import { readTheme, type Theme } from "./theme";
import type { Curve, RunData } from "./view-state";
import { dragged, scaled, shifted, type Span } from "./zoom";

/** Points the server is asked for: a point each few pixels reads better than a hedge of single episodes. */
export const pointsForAll = 240;

type Measure = "return" | "length";

/** The learning curve: mean, bands, the exact optimum, and what happened to the run. Drag for detail. */
export function createCurve(actions: Actions): Panel & { retheme: () => void } {
  const note = el("small", { testid: "curve-resolution" });
  const range = segments("Episodes shown", [["all", "All"], ["last", "Last 1000"]] as const, "all", choice =>
    actions.feed.ask({ start: null, end: null, last: choice === "all" ? null : 1000 }));
  const measure = segments("Measure", [["return", "Return"], ["length", "Steps"]] as const, "return", choice => {
    measured = choice;
    shown = null;
    actions.redraw();
  });
  const host = el("div", { class: "plot", testid: "curve", tabindex: 0, role: "group", "aria-label": "Learning curve. Plus and minus zoom, arrow keys move, 0 shows the whole run.", "data-points": 0, "data-events": 0 });
  const empty = el("p", { class: "empty" }, "No episode has ended yet.");
  const tip = el("div", { class: "tip", hidden: true });
  const cut = el("span", { class: "cut", hidden: true });
  const optimumKey = el("span", { hidden: true }, el("i", { class: "key optimum" }), "optimum (exact)");
  const key = (kind: string, text: string): HTMLElement => el("span", {}, el("i", { class: `key ${kind}` }), text);
  const element = card("Return per episode", "curve-card", measure.element, el("span", { class: "break" }), note, range.element);
  const title = element.querySelector("h2") as HTMLElement;
  element.append(
    el("div", { class: "stage" }, host, empty, tip),
    el("div", { class: "legend" }, key("mean", "mean"), key("deviation", "± std"), key("band", "min–max"), optimumKey, key("change", "change"), key("checkpoint", "checkpoint, pause"), cut));

  let theme: Theme | null = null;
  let plot: uPlot | null = null;
  let run: RunData | null = null;
  let measured: Measure = "return";
  let shown: Curve | null = null;
  let optimum: number | null = null;
  let limits: Range = { min: 0, max: 1, lowest: null, highest: null };
  let size = { width: 0, height: 0 };
  const markers = createMarkers(host);
  const resize = new ResizeObserver(entries => {
    const box = entries[0]?.contentRect;
    if (!box || (box.width === size.width && box.height === size.height)) return;
    size = { width: Math.floor(box.width), height: Math.floor(box.height) };
    actions.redraw();
  });
  resize.observe(host);

  const episodes = (): number => run?.status?.episodes ?? 0;
  const span = (): Span => {
    const { start, end } = actions.feed.request;
    return start === null || end === null ? null : { start, end };
  };

  function zoom(to: Span): void {
    actions.feed.ask({ start: to?.start ?? null, end: to?.end ?? null, last: null });
  }

  host.addEventListener("dblclick", () => {
    if (span()) zoom(null);
  });
  host.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const moves: Record<string, () => Span> = {
      "+": () => scaled(span(), 0.5, episodes()), "=": () => scaled(span(), 0.5, episodes()), "-": () => scaled(span(), 2, episodes()),
      "0": () => null, ArrowLeft: () => shifted(span(), -1, episodes()), ArrowRight: () => shifted(span(), 1, episodes()),
    };
    const move = moves[e.key];
    if (!move) return;
    e.preventDefault();
    zoom(move());
  });

  function xRange(): [number, number] {
    const points = shown?.points ?? [];
    const first = points[0], last = points[points.length - 1];
    if (!first || !last) return [0, 1];
    const from = first.start <= 1 ? 0 : first.start - 1;
    return [from, Math.max(last.end, from + 1)];
  }

  function showTip(u: uPlot): void {
    const bucket = typeof u.cursor.idx === "number" ? shown?.points[u.cursor.idx] : undefined;
    const left = u.cursor.left ?? -1;
    setHidden(tip, bucket === undefined || left < 0);
    if (!bucket || left < 0) return;
    const name = measured === "return" ? "return" : "steps";
    const lines = [describe(bucket), bucket.count === 1 ? `${name} ${glance(bucket.mean)}` : `mean ${name} ${glance(bucket.mean)} ± ${glance(bucket.std)}`];
    if (bucket.count > 1) lines.push(`min ${glance(bucket.min)} · max ${glance(bucket.max)}`);
    tip.replaceChildren(...lines.map((line, i) => el(i === 0 ? "b" : "span", {}, line)));
    const box = inner(u), right = left > box.width / 2;
    tip.style.left = right ? "" : `${box.left + left + 12}px`;
    tip.style.right = right ? `${size.width - box.left - left + 12}px` : "";
  }

  function show(curve: Curve, truth: number | null, to: uPlot): void {
    shown = curve;
    optimum = truth;
    limits = yRange(curve.points, optimum);
    to.setData(columns(curve.points));
    const odd = nonFinite(curve.points), at = span();
    setText(note, (at ? `episodes ${count(at.start)}–${count(at.end)} · ` : "") + resolution(curve) + (odd > 0 ? ` · ${plural(odd, "point is", "points are")} not finite` : ""));
    setText(title, measured === "return" ? "Return per episode" : "Steps per episode");
    setHidden(empty, curve.points.length > 0);
    host.classList.toggle("blank", curve.points.length === 0);
    host.classList.toggle("falls", measured === "length");
    setHidden(optimumKey, optimum === null);
    const beyond = [limits.lowest === null ? "" : `down to ${glance(limits.lowest)}`, limits.highest === null ? "" : `up to ${glance(limits.highest)}`].filter(Boolean);
    setHidden(cut, beyond.length === 0);
    setText(cut, `single episodes ${beyond.join(" and ")}`);
    setAttribute(host, "data-points", String(curve.points.length));
    setAttribute(host, "data-last-episode", String(curve.points.at(-1)?.end ?? 0));
    setAttribute(host, "data-bucket", String(curve.bucket));
    setAttribute(element, "aria-description", summary(curve, optimum, measured));
  }

  function draw(moment: Moment): void {
    run = moment.run;
    if (size.width < 40 || size.height < 40) return;
    theme ??= readTheme(host);
    plot ??= createPlot(host, theme, size, { xRange, yRange: () => [limits.min, limits.max], optimum: () => optimum, onCursor: showTip, onDrag: (a, b) => {
      const to = dragged(a, b, episodes());
      if (to) zoom(to);
    } });
    if (plot.width !== size.width || plot.height !== size.height) plot.setSize(size);
    setHidden(measure.element, run.lengths.points.length === 0);
    element.classList.toggle("two-lines", run.lengths.points.length > 0);
    const curve = measured === "return" ? run.metrics : run.lengths;
    const truth = measured === "return" ? toNumber(run.status?.optimal_return) : null;
    if (curve !== shown || truth !== optimum) show(curve, truth, plot);
    range.press(span() !== null ? null : actions.feed.request.last ? "last" : "all");
    const at = plot;
    markers.draw(curve.points.length > 0 ? run.events : [], xRange(), e => at.valToPos(e, "x"), inner(plot));
  }

  return {
    element, draw,
    retheme: () => {
      theme = shown = null;
      plot?.destroy();
      plot = null;
    },
    dispose: () => {
      resize.disconnect();
      plot?.destroy();
    },
  };
}

/** The curve for those who don't see it. */
function summary(curve: Curve, optimum: number | null, measured: Measure): string {
  const last = curve.points[curve.points.length - 1];
  if (!last) return "No episode has ended yet.";
  return `${describe(last)}: mean ${measured === "return" ? "return" : "steps"} ${glance(last.mean)}.${optimum === null ? "" : ` The optimum is ${glance(optimum)}.`}`;
}
