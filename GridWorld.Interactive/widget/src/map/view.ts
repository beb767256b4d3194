import { including, isWhole, moved, scaledRegion, wholeWorld, withMargin, type Region } from "./camera";
import { button, el, setHidden } from "../kit/dom";
import { cellAt, fit, type Layout } from "../kit/layout";
import { placesOf } from "../kit/places";
import { pinsBelow } from "./overlay";
import { detailsFrom } from "./paint";
import type { WireWorld } from "../wire/protocol";

/** Larger than any world: the server cuts it to the map. */
export const everything: Region = { x: 0, y: 0, width: 1 << 20, height: 1 << 20 };

/** Cells smaller than this show no arrows, so there is something to zoom for. */
const readableCell = 11;
const askAfter = 200;

export interface MapEvents {
  /** The state under the pointer, or the one that the keyboard moved to. */
  look: (state: number | null, aloud: boolean) => void;
  /** Another part of the world is in sight. */
  region: (region: Region) => void;
  redraw: () => void;
  /** A press, or a drag on, over a cell: true where it was used, and so neither pins nor moves the map. */
  press: (state: number, goesOn: boolean) => boolean;
  release: () => void;
  /** A key over the map with the cell it is at: true where it was used. */
  key: (event: KeyboardEvent, state: number | null) => boolean;
}

/** Which part of the world is in sight, and which state is pointed at: by pointer, by keyboard, by buttons. */
export function createMapView(canvas: HTMLCanvasElement, overlay: HTMLCanvasElement, events: MapEvents): {
  element: HTMLElement;
  tools: HTMLElement;
  /** Gives the canvas the room in the box that the map of a mode needs, and no more. Where the map then lies on it. */
  place: (box: { width: number; height: number }, world: WireWorld, mode: number) => Layout;
  /** Of the canvas, in CSS pixels. */
  size: () => { width: number; height: number };
  pinned: () => number | null;
  /** Keeps a state, as a click does; null keeps none. */
  pin: (state: number | null) => void;
  /** Moves the map just so far that a state is in sight. */
  follow: (state: number) => void;
  placeRing: () => void;
  /** Where the agent is, or nowhere. By itself, since it moves with every batch and a canvas would be drawn again. */
  placeAgent: (state: number | null, middle: number) => void;
  dispose: () => void;
} {
  const ring = el("div", { class: "ring", hidden: true }), agent = el("div", { class: "here", hidden: true });
  const tools = el("div", { class: "zoom", role: "group", "aria-label": "Zoom", hidden: true },
    button("+", { title: "Zoom in (+)", "aria-label": "Zoom in" }, () => zoom(0.5)),
    button("−", { title: "Zoom out (−)", "aria-label": "Zoom out" }, () => zoom(2)),
    button("Whole", { title: "Show the whole world (0)", testid: "map-whole" }, () => go(null)));
  const board = el("div", { class: "board" }, canvas, overlay, ring, agent), element = el("div", { class: "viewport" }, board);
  /** Of the board, in CSS pixels. */
  let size = { width: 0, height: 0 };
  let world: WireWorld | null = null;
  let mode = 0;
  let region: Region | null = null;
  let layout: Layout | null = null;
  let hovered: number | null = null;
  let pinned: number | null = null;
  let pressed = false;
  let drag: { x: number; y: number; from: Region; moving: boolean } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function go(to: Region | null): void {
    if (!world) return;
    region = to === null || isWhole(to, world) ? null : to;
    clearTimeout(timer);
    timer = setTimeout(() => events.region(region && world && layout ? withMargin(inSight(layout), world) : everything), askAfter);
    events.redraw();
  }

  function inSight({ cell, left, top }: Layout): Region {
    const facts = world ?? { width: 1, height: 1 }, x = Math.max(0, -left / cell), y = Math.max(0, -top / cell);
    return { x, y, width: Math.min(facts.width - x, size.width / cell), height: Math.min(facts.height - y, size.height / cell) };
  }

  function zoom(factor: number, cx?: number, cy?: number): void {
    if (!world) return;
    const now = region ?? wholeWorld(world);
    // Keys and buttons keep what someone looks at in its place, else the middle.
    const [x, y] = pinned === null ? [now.x + now.width / 2, now.y + now.height / 2]
      : [placesOf(world).x(pinned) + 0.5, placesOf(world).y(pinned) + 0.5];
    go(scaledRegion(now, world, factor, cx ?? x, cy ?? y));
  }

  function cellOf(event: MouseEvent): { x: number; y: number } | null {
    if (!world || !layout) return null;
    const box = canvas.getBoundingClientRect();
    return cellAt(layout, event.clientX - box.left, event.clientY - box.top, world.width, world.height);
  }

  /** Lays a square over a state's cell, as far from its upper edge as the middle of the cell or another part of it. */
  function over(node: HTMLElement, state: number | null, side: number, middle = 0.5): void {
    setHidden(node, state === null || !layout);
    if (state === null || !layout || !world) return;
    const at = (index: number, from: number, cell: number, part = 0.5): number => from + (index + part) * cell - side / 2;
    node.style.width = node.style.height = `${side}px`;
    const places = placesOf(world);
    node.style.transform = `translate(${at(places.x(state), layout.left, layout.cell)}px, ${
      at(places.y(state), layout.top, layout.cell, middle)
    }px)`;
  }

  const stateAt = (event: MouseEvent): number | null => {
    const at = cellOf(event);
    return at && world ? placesOf(world).stateAt(at.x, at.y, mode) : null;
  };

  function lookAt(state: number | null, aloud = false): void {
    hovered = state;
    events.look(state ?? pinned, aloud);
  }

  canvas.addEventListener("pointerdown", e => {
    const state = e.button === 0 ? stateAt(e) : null;
    pressed = state !== null && events.press(state, false);
    if (pressed) canvas.setPointerCapture(e.pointerId);
    else if (region && e.button === 0) drag = { x: e.clientX, y: e.clientY, from: region, moving: false };
  });
  canvas.addEventListener("pointermove", e => {
    if (drag && world && layout) {
      const [dx, dy] = [e.clientX - drag.x, e.clientY - drag.y];
      if (!drag.moving && Math.hypot(dx, dy) > 4) {
        drag.moving = true;
        canvas.setPointerCapture(e.pointerId);
      }
      if (drag.moving) {
        go(moved(drag.from, world, -dx / layout.cell, -dy / layout.cell));
        return;
      }
    }
    const state = stateAt(e);
    if (pressed && state !== null && state !== hovered) events.press(state, true);
    if (state !== hovered) lookAt(state);
  });
  const drop = (): void => {
    drag = null;
    if (pressed) events.release();
    pressed = false;
  };
  canvas.addEventListener("pointerup", () => {
    if (pressed) events.release();
  });
  canvas.addEventListener("pointercancel", drop);
  canvas.addEventListener("pointerleave", () => lookAt(null));
  canvas.addEventListener("click", e => {
    const wasUsed = pressed || drag?.moving === true;
    drag = null;
    pressed = false;
    if (wasUsed) return;
    const state = stateAt(e);
    pinned = state === pinned ? null : state;
    lookAt(state);
  });
  element.addEventListener("click", e => {
    if (e.target !== element) return;
    pinned = null;
    lookAt(null);
  });
  canvas.addEventListener("dblclick", e => {
    const at = cellOf(e);
    if (at && !tools.hidden) zoom(0.5, at.x, at.y);
  });
  // Only with Ctrl or ⌘ (and for pinching): a bare wheel scrolls the notebook.
  canvas.addEventListener("wheel", e => {
    const at = cellOf(e);
    if (!at || tools.hidden || !(e.ctrlKey || e.metaKey)) return;
    e.preventDefault();
    zoom(Math.exp(Math.max(-60, Math.min(60, e.deltaY)) * 0.006), at.x, at.y);
  }, { passive: false });
  canvas.addEventListener("keydown", e => {
    if (!world) return;
    if (events.key(e, pinned)) {
      e.preventDefault();
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "Escape" && pinned !== null) {
      e.preventDefault();
      pinned = null;
      lookAt(null);
      return;
    }
    const step = { ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowDown: [0, 1], ArrowLeft: [-1, 0] }[e.key];
    const zooms: Record<string, () => void> = { "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2), "0": () => go(null) };
    if (!step && !(e.key in zooms)) return;
    e.preventDefault();
    if (!step) {
      zooms[e.key]?.();
      return;
    }
    const from = pinned ?? world.starts[0] ?? 0, places = placesOf(world);
    const x = Math.min(world.width - 1, Math.max(0, places.x(from) + (step[0] ?? 0)));
    const y = Math.min(world.height - 1, Math.max(0, places.y(from) + (step[1] ?? 0)));
    pinned = places.stateAt(x, y, mode) ?? pinned;
    if (region) go(including(region, world, x, y));
    lookAt(pinned, true);
  });

  return {
    element,
    tools,
    place: (box, facts, shown) => {
      if (world && (world.width !== facts.width || world.height !== facts.height)) region = pinned = hovered = null;
      world = facts;
      mode = shown;
      const part = region ?? wholeWorld(facts);
      const at = fit(box.width - 2, box.height - 2, part.width, part.height);
      // Cells of whole pixels stand on whole pixels.
      const whole = (v: number): number => (at.cell >= detailsFrom ? Math.round(v) : v);
      const [left, top] = [whole(at.left - part.x * at.cell), whole(at.top - part.y * at.cell)];
      // The lines around the outer cells reach a little further, and pins out of small ones.
      const rim = at.cell < pinsBelow ? 20 : 1;
      const begin = (v: number): number => Math.max(0, Math.floor(v) - rim),
        end = (v: number, most: number): number => Math.min(most, Math.ceil(v) + rim);
      const [x, y] = [begin(left), begin(top)];
      size = { width: end(left + facts.width * at.cell, box.width) - x, height: end(top + facts.height * at.cell, box.height) - y };
      for (const [side, v] of [["left", x], ["top", y], ["width", size.width], ["height", size.height]] as const)
        board.style[side] = `${v}px`;
      layout = { ...at, left: left - x, top: top - y };
      setHidden(tools, region === null && at.cell >= readableCell);
      canvas.classList.toggle("zoomed", region !== null);
      return layout;
    },
    size: () => size,
    pinned: () => pinned,
    pin: state => {
      if (state === pinned) return;
      pinned = state;
      lookAt(null);
    },
    follow: state => {
      if (!region || !world) return;
      const to = including(region, world, placesOf(world).x(state), placesOf(world).y(state));
      if (to !== region) go(to);
    },
    placeRing: () => {
      const looked = hovered ?? pinned, state = looked !== null && world && placesOf(world).mode(looked) === mode ? looked : null;
      over(ring, state, Math.max(layout?.cell ?? 0, 6));
      ring.classList.toggle("pinned", state !== null && state === pinned);
    },
    placeAgent: (state, middle) => {
      const cell = layout?.cell ?? 0, line = Math.max(1.5, cell * 0.07);
      over(agent, state, 2 * Math.max(2.5, cell * 0.26) + line, middle);
      agent.style.borderWidth = `${line}px`;
    },
    dispose: () => clearTimeout(timer),
  };
}
