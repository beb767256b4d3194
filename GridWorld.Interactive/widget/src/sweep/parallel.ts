import { addChildren, card, el, setAttribute, setHidden, setText } from "../kit/dom";
import { count, plural } from "../kit/format";
import { watchRoom } from "../kit/room";
import { readTheme, type Theme } from "../kit/theme";
import { fitCanvas } from "../map/surface";
import { brushOf, without, withRange, withWord } from "./filter-text";
import { placeOf, ticksOf, valueAt, type Scale } from "./scale";
import { brushed, type Trials } from "./trials-data";
import { sized } from "../kit/size";

const top = 42, bottom = 14, reach = 20, linesAtOnce = 250, levels = 10;

export interface Parallel {
  element: HTMLElement;
  /** `filter` is what the trials were filtered by. */
  draw: (trials: Trials, filter: string, selected: number | null) => void;
  redraw: () => void;
  dispose: () => void;
}

/**
 * The trials as lines over their settings, the better the stronger. A drag along an axis lets only that range through, a click on a word
 * only that word: `onFilter` is given the filter that says so.
 */
export function createParallel(onFilter: (filter: string) => void): Parallel {
  const lines = el("canvas"), over = el("canvas", { testid: "parallel", role: "img", "data-lines": 0, "data-in": 0 });
  const host = el("div", { class: "parallel" }, lines, over), empty = el("p", { class: "empty" }, "No trial has ended yet.");
  const note = el("p", { class: "quiet", testid: "parallel-note" });
  const hint = el("small", {}, "drag along an axis to filter");
  const element = card("Trials by setting", "parallel-card", hint);
  addChildren(element, el("div", { class: "parallel-stage" }, host, empty), note);
  const room = watchRoom(host, redraw), spare = document.createElement("canvas");
  let trials: Trials | null = null, filter = "", selected: number | null = null, frame = 0, inside: readonly boolean[] = [];
  let drag: { axis: number; from: number; to: number } | null = null;

  const height = (): number => room.size().height - top - bottom;
  const side = (): number => (room.size().width < 520 ? 46 : 74);
  const xOf = (axis: number): number => {
    const axes = trials?.scales.length ?? 1, free = room.size().width - 2 * side();
    return side() + (axes > 1 ? (axis * free) / (axes - 1) : free / 2);
  };
  const yOf = (place: number): number => top + (1 - place) * height();
  const placeAt = (y: number): number => 1 - (y - top) / height();

  function axisAt(x: number): number {
    const all = trials?.scales.map((_, a) => a) ?? [];
    return all.find(a => Math.abs(xOf(a) - x) <= reach) ?? -1;
  }

  /** All lines, some in a frame, and shown when all are there: a page that draws two thousand at once would not scroll meanwhile. */
  function redraw(): void {
    cancelAnimationFrame(frame);
    const t = trials, size = room.size();
    if (!t || size.width < 80 || size.height < 80) return;
    const context = fitCanvas(spare, size), theme = readTheme(host);
    if (!context) return;
    const xs = t.scales.map((_, a) => xOf(a));
    const out = t.order.filter(i => !inside[i]), kept = t.order.filter(i => inside[i]);
    const jobs: { color: string; alpha: number; width: number; trials: readonly number[] }[] = [];
    const slice = (list: readonly number[], look: (k: number) => { color: string; alpha: number; width: number }): void => {
      for (let k = 0; k < list.length; k += linesAtOnce) jobs.push({ ...look(k), trials: list.slice(k, k + linesAtOnce) });
    };
    slice(out, () => ({ color: theme.faint, alpha: Math.max(0.03, Math.min(0.3, 40 / out.length)), width: 0.7 }));
    // Few lines are strong, many faint; the better half stands out in either case.
    const step = Math.max(1, Math.ceil(kept.length / levels)), strongest = Math.max(0.25, Math.min(0.85, 40 / step));
    for (let k = 0; k < kept.length; k += step) {
      const alpha = strongest * Math.max(0.08, Math.min(1, (k + step) / kept.length) ** 4);
      slice(kept.slice(k, k + step), () => ({ color: theme.curve, alpha, width: 1.1 }));
    }
    const best = t.best.filter(i => inside[i]);
    if (best.length > 0) jobs.push({ color: theme.second, alpha: 1, width: 2.2, trials: best });
    let next = 0;
    const some = (): void => {
      const job = jobs[next++];
      if (job) {
        context.strokeStyle = job.color;
        context.globalAlpha = job.alpha;
        context.lineWidth = job.width;
        context.beginPath();
        for (const i of job.trials) path(context, t, i, xs);
        context.stroke();
        frame = requestAnimationFrame(some);
        return;
      }
      const shown = fitCanvas(lines, size);
      shown?.drawImage(spare, 0, 0, size.width, size.height);
      setAttribute(over, "data-lines", String(t.numbers.length));
      setAttribute(over, "data-in", String(kept.length));
      setAttribute(over, "data-axes", xs.map(x => Math.round(x)).join());
    };
    some();
    overlay(theme);
  }

  function path(context: CanvasRenderingContext2D, t: Trials, i: number, xs: readonly number[]): void {
    let isOn = false;
    t.scales.forEach((scale, a) => {
      const value = t.columns[a]?.[i] ?? null;
      // A setting that the trial does not have is left out: its neighbors are joined.
      if (value === null) return;
      const x = xs[a] ?? 0, y = yOf(placeOf(scale, value));
      if (isOn) context.lineTo(x, y);
      else context.moveTo(x, y);
      isOn = true;
    });
  }

  function overlay(theme: Theme): void {
    const t = trials, size = room.size(), context = fitCanvas(over, size);
    if (!t || !context) return;
    const at = selected === null ? -1 : t.numbers.indexOf(selected);
    if (at >= 0) {
      context.strokeStyle = theme.bad;
      context.lineWidth = 2.4;
      context.beginPath();
      path(context, t, at, t.scales.map((_, a) => xOf(a)));
      context.stroke();
    }
    t.scales.forEach((scale, a) => drawAxis(context, theme, scale, a, t.scales.length));
  }

  function drawAxis(context: CanvasRenderingContext2D, theme: Theme, scale: Scale, a: number, axes: number): void {
    const x = Math.round(xOf(a)) + 0.5, isFirst = a === 0, isLast = a === axes - 1 && a > 0, gap = axes > 1 ? xOf(1) - xOf(0) : 200;
    context.strokeStyle = theme.soft;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, top + height());
    context.stroke();
    const range = drag?.axis === a ? [placeAt(drag.from), placeAt(drag.to)] : rangeOf(scale);
    if (range) {
      const [low, high] = [Math.min(...range), Math.max(...range)].map(v => Math.max(0, Math.min(1, v))) as [number, number];
      context.fillStyle = theme.accent;
      context.globalAlpha = 0.25;
      context.fillRect(x - 7, yOf(high), 14, Math.max(3, yOf(low) - yOf(high)));
      context.globalAlpha = 1;
      context.strokeStyle = theme.accent;
      context.strokeRect(x - 7, yOf(high), 14, Math.max(3, yOf(low) - yOf(high)));
    }
    context.font = `600 ${sized(11)}px ${theme.font}`;
    context.fillStyle = theme.ink;
    context.textAlign = isFirst && axes > 1 ? "left" : isLast ? "right" : "center";
    const edge = isFirst && axes > 1 ? 4 : isLast ? room.size().width - 4 : x;
    context.fillText(cut(context, scale.title, gap * (isFirst || isLast ? 1.0 : 0.94)), edge, 16 + (a % 2 === 1 && gap < 110 ? 13 : 0));
    context.font = `${sized(11)}px ${theme.font}`;
    context.textAlign = isLast ? "left" : "right";
    for (const { value, text } of ticksOf(scale, Math.max(2, Math.floor(height() / 34)))) {
      const y = yOf(placeOf(scale, value)), shown = cut(context, text, side() - 8), width = context.measureText(shown).width;
      context.fillStyle = theme.card;
      context.globalAlpha = 0.8;
      context.fillRect(isLast ? x + 6 : x - 8 - width, y - 7, width + 3, 14);
      context.globalAlpha = 1;
      context.fillStyle = theme.soft;
      context.fillText(shown, isLast ? x + 8 : x - 7, y + 4);
      context.fillRect(x - 2, y - 0.5, 4, 1);
    }
  }

  /** The range of an axis that the filter names, as places. */
  function rangeOf(scale: Scale): [number, number] | null {
    const brush = brushOf(filter, scale.name);
    if (!brush) return null;
    if (brush.word !== null) {
      const at = scale.words ? scale.words.indexOf(brush.word) : Number(brush.word), place = placeOf(scale, at);
      return at < 0 || Number.isNaN(at) ? null : [place - 0.015, place + 0.015];
    }
    return [brush.low === null ? 0 : placeOf(scale, brush.low), brush.high === null ? 1 : placeOf(scale, brush.high)];
  }

  /** The filter that the drag asks for. */
  function filterOf({ axis, from, to }: NonNullable<typeof drag>): string {
    const scale = trials?.scales[axis];
    if (!scale) return filter;
    if (scale.words) return withWord(filter, scale.name, scale.words[Math.round(placeAt(from) * (scale.words.length - 1))] ?? "");
    if (Math.abs(to - from) < 4) return without(filter, scale.name);
    const [low, high] = [placeAt(Math.max(from, to)), placeAt(Math.min(from, to))];
    return withRange(filter, scale.name, valueAt(scale, low), valueAt(scale, high));
  }

  const point = (e: PointerEvent): [number, number] => {
    const box = over.getBoundingClientRect();
    return [e.clientX - box.left, Math.max(top, Math.min(top + height(), e.clientY - box.top))];
  };
  over.addEventListener("pointerdown", e => {
    const [x, y] = point(e), axis = axisAt(x);
    if (axis < 0 || e.button !== 0) return;
    over.setPointerCapture(e.pointerId);
    drag = { axis, from: y, to: y };
    e.preventDefault();
  });
  over.addEventListener("pointermove", e => {
    const [x, y] = point(e);
    over.style.cursor = drag || axisAt(x) >= 0 ? "ns-resize" : "";
    if (!drag) return;
    drag.to = y;
    if (trials && Math.abs(y - drag.from) >= 4 && !trials.scales[drag.axis]?.words) {
      inside = brushed(trials, filterOf(drag));
      redraw();
    }
  });
  const end = (isDone: boolean) => (): void => {
    if (!drag) return;
    const next = isDone ? filterOf(drag) : filter;
    drag = null;
    if (next === filter && trials) {
      inside = trials.isIn;
      redraw();
    } else onFilter(next);
  };
  over.addEventListener("pointerup", end(true));
  over.addEventListener("pointercancel", end(false));

  return {
    element,
    draw: (next, by, chosen) => {
      if (next === trials && by === filter && chosen === selected) return;
      const isOnlyChosen = next === trials && by === filter;
      [trials, filter, selected] = [next, by, chosen];
      setHidden(empty, next.numbers.length > 0);
      const beyond = next.scales.at(-1)?.beyond ?? 0, objective = next.scales.at(-1)?.title ?? "", shown = next.numbers.length;
      setText(note, [
        shown < next.total ? `${count(shown)} of ${count(next.total)} trials, evenly chosen.` : "",
        shown > 0 ? "Orange: the best of each world and learner. The stronger the line, the better the trial in its world." : "",
        beyond > 0 ? `${plural(beyond, "trial")} beyond the ends of ${objective}.` : "",
      ].filter(Boolean).join(" "));
      const axes = next.scales.map(s => s.title).join(", ");
      setAttribute(over, "aria-label", `${plural(shown, "trial")} as lines over ${axes}. The table of trials has their values; `
        + "the filter does what dragging along an axis does.");
      if (isOnlyChosen) {
        overlay(readTheme(host));
        return;
      }
      if (!drag) inside = next.isIn;
      redraw();
    },
    redraw,
    dispose: () => {
      cancelAnimationFrame(frame);
      room.dispose();
    },
  };
}

/** A text that fits, with an ellipsis if need be. */
function cut(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return `${text.slice(0, length)}…`;
}
