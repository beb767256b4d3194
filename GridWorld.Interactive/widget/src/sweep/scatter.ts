import { addChildren, card, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { glance } from "../kit/format";
import { watchRoom } from "../kit/room";
import { readTheme } from "../kit/theme";
import { fitCanvas } from "../map/surface";
import { placeOf, ticksOf, type Scale } from "./scale";
import type { Trials } from "./trials-data";
import { sized } from "../kit/size";

const left = 44, right = 12, top = 8, bottom = 20, near = 12;

/** The objective of the trials against one setting. */
interface Plot {
  element: HTMLElement;
  draw: () => void;
  dispose: () => void;
}

export interface Scatters {
  element: HTMLElement;
  draw: (trials: Trials, selected: number | null) => void;
  redraw: () => void;
  dispose: () => void;
}

/** The objective against each setting. A click on a point selects its trial. */
export function createScatters(onSelect: (trial: number) => void): Scatters {
  const host = el("div", { class: "scatters", testid: "scatters", "data-plots": 0 }),
    element = card("Objective by setting", "scatter-card");
  const empty = el("p", { class: "quiet" }, "No trial has ended yet.");
  addChildren(element, host, empty);
  let trials: Trials | null = null, selected: number | null = null, plots: readonly Plot[] = [], names = "";

  function create(axis: number): Plot {
    const canvas = el("canvas", { role: "img" }), tip = el("div", { class: "tip", hidden: true }), title = el("figcaption");
    const stage = el("div", { class: "scatter-stage" }, canvas, tip), figure = el("figure", {}, title, stage);
    const room = watchRoom(stage, draw);
    const places = (i: number): [number, number] | null => {
      const x = trials?.columns[axis]?.[i] ?? null, y = trials?.objective[i] ?? null;
      const [scale, up] = [trials?.scales[axis], trials?.scales.at(-1)], size = room.size();
      if (x === null || y === null || !scale || !up) return null;
      return [left + placeOf(scale, x) * (size.width - left - right) + spread(scale, i),
        top + (1 - placeOf(up, y)) * (size.height - top - bottom)];
    };

    function draw(): void {
      const t = trials, size = room.size(), scale = t?.scales[axis], up = t?.scales.at(-1);
      if (!t || !scale || !up || size.width < 60) return;
      const context = fitCanvas(canvas, size), theme = readTheme(stage);
      if (!context) return;
      setText(title, scale.title);
      setAttribute(canvas, "aria-label", `${up.title} against ${scale.title}: ${t.numbers.length} trials as points`);
      context.font = `${sized(11)}px ${theme.font}`;
      context.fillStyle = theme.soft;
      context.textAlign = "right";
      for (const { value, text } of ticksOf(up, 4)) {
        const y = Math.round(top + (1 - placeOf(up, value)) * (size.height - top - bottom));
        context.fillStyle = theme.soft;
        context.fillText(text, left - 6, y + 4);
        context.fillStyle = theme.line;
        context.fillRect(left, y, size.width - left - right, 1);
      }
      context.fillStyle = theme.soft;
      for (const { value, text } of ticksOf(scale, Math.max(3, Math.floor((size.width - left) / 58)))) {
        const x = left + placeOf(scale, value) * (size.width - left - right);
        context.textAlign = x > size.width - 30 ? "right" : "center";
        context.fillText(text, Math.min(x, size.width - 2), size.height - 5);
      }
      for (const isIn of [false, true]) {
        context.fillStyle = isIn ? theme.curve : theme.faint;
        context.globalAlpha = isIn ? (t.numbers.length > 400 ? 0.45 : 0.75) : 0.15;
        for (const i of t.order) {
          const at = t.isIn[i] === isIn ? places(i) : null;
          if (at) context.fillRect(at[0] - 1.5, at[1] - 1.5, 3, 3);
        }
      }
      context.globalAlpha = 1;
      const marked = [...t.best.filter(i => t.isIn[i]).map(i => [i, theme.second] as const),
        ...(selected === null ? [] : [[t.numbers.indexOf(selected), theme.bad] as const])];
      for (const [i, color] of marked) {
        const at = i < 0 ? null : places(i);
        if (!at) continue;
        context.fillStyle = color;
        context.beginPath();
        context.arc(at[0], at[1], 4, 0, 7);
        context.fill();
      }
    }

    function nearest(e: MouseEvent): number {
      const box = canvas.getBoundingClientRect(), x = e.clientX - box.left, y = e.clientY - box.top;
      let found = -1, least = near * near;
      for (const i of trials?.order ?? []) {
        const at = places(i), distance = at ? (at[0] - x) ** 2 + (at[1] - y) ** 2 : Infinity;
        if (distance <= least) [found, least] = [i, distance];
      }
      return found;
    }

    canvas.addEventListener("pointermove", e => {
      const i = nearest(e), t = trials, scale = t?.scales[axis];
      canvas.style.cursor = i < 0 ? "" : "pointer";
      setHidden(tip, i < 0);
      if (i < 0 || !t || !scale) return;
      const value = t.columns[axis]?.[i] ?? 0;
      setChildren(tip, el("b", {}, `Trial ${t.numbers[i] ?? ""}`),
        el("span", {}, `${scale.title} ${scale.words?.[value] ?? glance(value)}`), el("span", {}, glance(t.objective[i])));
      const x = places(i)?.[0] ?? 0, isRight = x > room.size().width / 2;
      tip.style.left = isRight ? "" : `${x + 10}px`;
      tip.style.right = isRight ? `${room.size().width - x + 10}px` : "";
    });
    canvas.addEventListener("pointerleave", () => setHidden(tip, true));
    canvas.addEventListener("click", e => {
      const trial = trials?.numbers[nearest(e)];
      if (trial !== undefined) onSelect(trial);
    });
    return { element: figure, draw, dispose: room.dispose };
  }

  return {
    element,
    draw: (next, chosen) => {
      if (next === trials && chosen === selected) return;
      [trials, selected] = [next, chosen];
      const axes = next.scales.slice(0, -1), key = axes.map(s => s.name).join("\n");
      setHidden(empty, next.numbers.length > 0);
      if (key !== names) {
        names = key;
        for (const plot of plots) plot.dispose();
        plots = axes.map((_, a) => create(a));
        setChildren(host, ...plots.map(p => p.element));
        setAttribute(host, "data-plots", String(plots.length));
      }
      for (const plot of plots) plot.draw();
    },
    redraw: () => {
      for (const plot of plots) plot.draw();
    },
    dispose: () => {
      for (const plot of plots) plot.dispose();
    },
  };
}

/** Points of words stand beside each other instead of in one column, always in the same place. */
function spread({ words }: Scale, i: number): number {
  return words ? ((i * 0.618034) % 1 - 0.5) * 22 : 0;
}
