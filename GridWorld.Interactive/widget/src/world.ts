import { card, el, segments, setAttribute, setText } from "./dom";
import { glance } from "./format";
import { createInspector } from "./inspect";
import { layerNamed, layers } from "./layers";
import { cellAt, fit, type Layout } from "./layout";
import { paintMap } from "./map-paint";
import type { Actions, Moment, Panel } from "./panel";
import { readTheme, type Theme } from "./theme";
import { extent, type Tiles } from "./tiles";
import type { RunData } from "./view-state";

/** The world: a colour for each state, an arrow for each greedy action, a box with the state under the pointer. */
export function createWorld(actions: Actions): Panel & { nextLayer: () => void; retheme: () => void } {
  const canvas = el("canvas", { testid: "map", tabindex: 0, role: "img", "aria-label": "World", "data-version": 0 });
  const ring = el("div", { class: "ring", hidden: true });
  const host = el("div", { class: "viewport" }, canvas, ring);
  const [low, high, meaning] = [el("span"), el("span"), el("span", { class: "meaning" })];
  const inspector = createInspector(actions);
  const picker = segments("Layer", layers.map(l => [l.name, l.title] as const), "value", choose);
  const element = card("World", "world-card", el("small", { testid: "world-name" }), picker.element);
  element.append(host, el("div", { class: "scale" }, low, el("span", { class: "ramp" }), high), meaning, inspector.element);
  const name = element.querySelector("small") as HTMLElement;

  let size = { width: 0, height: 0 };
  let theme: Theme | null = null;
  let layout: Layout | null = null;
  let run: RunData | null = null;
  let painted: { tiles: Tiles; agent: number | null; width: number; height: number; theme: Theme } | null = null;
  let version = 0;
  let hovered: number | null = null;
  let pinned: number | null = null;

  function choose(layer: string): void {
    const map = actions.feed.request.map;
    actions.feed.ask({ map: map ? { ...map, layer } : null });
  }

  const resize = new ResizeObserver(entries => {
    const box = entries[0]?.contentRect;
    if (!box) return;
    size = { width: Math.floor(box.width), height: Math.floor(box.height) };
    actions.redraw();
  });
  resize.observe(host);

  function lookAt(state: number | null, aloud = false): void {
    if (!run) return;
    hovered = state;
    inspector.look(state ?? pinned, run, aloud);
    actions.redraw();
  }

  function stateAt(event: PointerEvent | MouseEvent): number | null {
    const world = run?.world;
    if (!world || !layout) return null;
    const box = canvas.getBoundingClientRect();
    const at = cellAt(layout, event.clientX - box.left, event.clientY - box.top, world.width, world.height);
    return at ? at.y * world.width + at.x : null;
  }

  canvas.addEventListener("pointermove", e => {
    const state = stateAt(e);
    if (state !== hovered) lookAt(state);
  });
  canvas.addEventListener("pointerleave", () => lookAt(null));
  canvas.addEventListener("click", e => {
    const state = stateAt(e);
    pinned = state === pinned ? null : state;
    lookAt(state);
  });
  canvas.addEventListener("keydown", e => {
    const world = run?.world;
    const step = { ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowDown: [0, 1], ArrowLeft: [-1, 0] }[e.key];
    if (!world || !step) return;
    e.preventDefault();
    const from = pinned ?? world.starts?.[0] ?? 0;
    const x = Math.min(world.width - 1, Math.max(0, (from % world.width) + (step[0] ?? 0)));
    const y = Math.min(world.height - 1, Math.max(0, Math.floor(from / world.width) + (step[1] ?? 0)));
    pinned = y * world.width + x;
    lookAt(pinned, true);
  });

  function draw(moment: Moment): void {
    run = moment.run;
    const world = run.world;
    if (!world || size.width < 20 || size.height < 20) return;
    theme ??= readTheme(host);
    host.style.setProperty("--shape", String(world.width / world.height));
    setText(name, world.name === "" ? `${world.width} × ${world.height}` : world.name);
    layout = fit(size.width - 2, size.height - 2, world.width, world.height);
    const first = run.tiles.values().next().value;
    const layer = layerNamed(first?.layer ?? "value");
    const fresh = painted?.tiles !== run.tiles || painted.agent !== run.agent || painted.width !== size.width || painted.height !== size.height || painted.theme !== theme;
    if (fresh) {
      const range = extent(run.tiles);
      paint(world.width, world.actions, layer.name, range);
      setText(low, range ? glance(layer.logarithmic ? 0 : range[0]) : "");
      setText(high, range ? glance(range[1]) : "");
      setText(meaning, range ? layer.meaning : layer.nothing);
      setAttribute(canvas, "aria-label", `World ${world.name}, ${world.width} by ${world.height}, ${layer.meaning}${range ? ` from ${glance(range[0])} to ${glance(range[1])}` : ""}. Arrow keys look at a state.`);
      setAttribute(canvas, "data-layer", layer.name);
      if (painted?.tiles !== run.tiles) setAttribute(canvas, "data-version", String(++version));
      setAttribute(canvas, "data-episode", String(first?.episode ?? 0));
      painted = { tiles: run.tiles, agent: run.agent, ...size, theme };
    }
    picker.press(actions.feed.request.map?.layer ?? "value");
    placeRing(world.width);
    inspector.refresh(run);
  }

  function paint(width: number, names: readonly string[], layer: string, range: [number, number] | null): void {
    const context = canvas.getContext("2d");
    if (!context || !layout || !theme || !run) return;
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.round(size.width * ratio) || canvas.height !== Math.round(size.height * ratio)) {
      canvas.width = Math.round(size.width * ratio);
      canvas.height = Math.round(size.height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    const agent = run.agent === null ? null : { x: run.agent % width, y: Math.floor(run.agent / width) };
    paintMap(context, { tiles: run.tiles, layer: layerNamed(layer), extent: range, layout, theme, actions: names, agent });
  }

  function placeRing(width: number): void {
    const state = hovered ?? pinned;
    ring.hidden = state === null || !layout;
    if (state === null || !layout) return;
    const side = Math.max(layout.cell, 6);
    ring.style.width = ring.style.height = `${side}px`;
    ring.style.transform = `translate(${layout.left + (state % width) * layout.cell}px, ${layout.top + Math.floor(state / width) * layout.cell}px)`;
    ring.classList.toggle("pinned", state === pinned);
  }

  return {
    element, draw,
    nextLayer: () => {
      const at = layers.findIndex(l => l.name === actions.feed.request.map?.layer);
      choose((layers[(at + 1) % layers.length] ?? layers[0])?.name ?? "value");
    },
    retheme: () => {
      theme = null;
    },
    dispose: () => {
      resize.disconnect();
      inspector.dispose();
    },
  };
}
