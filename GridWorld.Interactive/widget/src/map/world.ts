import { gradient } from "./colors";
import { addChildren, card, el, segments, setAttribute, setHidden, setText } from "../kit/dom";
import { createDriver } from "./drive";
import { createEditor } from "./edit";
import { glance } from "../kit/format";
import { createInspector } from "./inspect";
import { kindsOf } from "../kit/kinds";
import { beyondWords, knownWords, pathWords, layerNamed, layers, scaleEnds, type Layer } from "./layers";
import type { Layout } from "../kit/layout";
import type { Region } from "./camera";
import { createBlocks } from "./blocks";
import { rampOf } from "./picture";
import { middleOf } from "./paint-actions";
import { createMapView, everything } from "./view";
import { nothingOver, paintOverlay, pinsOf, type Overlay, type Pin } from "./overlay";
import { isolated } from "../kit/names";
import { createStateTable } from "./state-table";
import { createModePicker } from "../kit/mode-picker";
import { placesOf, sizeWords } from "../kit/places";
import type { Actions, Moment, Panel } from "../kit/panel";
import type { WireWorld } from "../wire/protocol";
import { watchRoom } from "../kit/room";
import { fitCanvas } from "./surface";
import { readTheme, type Theme } from "../kit/theme";
import { beyond, coversAll, extent, type Tile, type Tiles } from "../wire/tiles";
import type { RunData } from "../wire/view-state";

/** Time for the map's details in one frame, in ms; those that take longer follow in the next. */
const blockBudget = 2;

type Mode = "look" | "edit" | "drive";

export interface WorldPanel extends Panel {
  /** Whether the map was drawn at all. */
  isDrawn: () => boolean;
  nextLayer: () => void;
  layer: () => string;
  choose: (layer: string) => void;
  /** The state that was kept by a click or by the keyboard. */
  kept: () => number | null;
  keep: (state: number | null) => void;
  retheme: () => void;
  /** Shows a path over the map instead of the agent's current position; null removes the path. */
  follow: (overlay: Overlay | null) => void;
}

/** The world: its layers, the state under the pointer, and the edits, drive or replay over it. */
export function createWorld(actions: Actions): WorldPanel {
  const canvas = el("canvas", { testid: "map", tabindex: 0, role: "application", "aria-roledescription": "map", "aria-label": "World",
    "data-version": 0 });
  const overlay = el("canvas", { class: "overlay", testid: "map-overlay", "aria-hidden": "true" });
  const [low, high, meaning, ramp] = [el("span"), el("span"), el("span", { class: "meaning" }), el("span", { class: "ramp" })];
  const inspector = createInspector(actions);
  const editor = createEditor(actions), driver = createDriver(actions, state => {
    showModeOf(state);
    view.follow(state);
  });
  const view = createMapView(canvas, overlay, {
    look: (state, aloud) => {
      if (run) inspector.look(state, run, aloud, state !== null && state === view.pinned());
      actions.redraw();
    },
    region: region => look(region),
    redraw: actions.redraw,
    press: (state, goesOn) => {
      if (mode !== "edit" || !run) return false;
      editor.paint(cellOf(state), goesOn, run);
      return true;
    },
    release: editor.release,
    key: (e, state) =>
      run !== null && (mode === "edit" ? editor.key(e, state === null ? null : cellOf(state), run) : mode === "drive" && driver.key(e)),
  });
  const modes = segments<Mode>("What clicks and keys do", [["look", "Inspect"], ["edit", "Edit"], ["drive", "Drive"]], "look", m => {
    mode = m;
    if (m !== "look") canvas.focus({ preventScroll: true });
    actions.redraw();
  });
  const picker = segments("Layer", layers.map(l => [l.name, l.title] as const), "value", choose);
  picker.element.classList.add("layers");
  const table = createStateTable(actions, state => {
    isPointed = true;
    if (run) inspector.look(state, run, false, false);
    actions.redraw();
  });
  const scale = el("div", { class: "scale" }, low, ramp, high, view.tools);
  const modePicker = createModePicker(() => look());
  const element = card("World", "world-card", modes.element, picker.element);
  // After a click on a button of the driver, the keys still work.
  driver.element.addEventListener("keydown", e => {
    if (run !== null && !e.ctrlKey && !e.metaKey && !e.altKey && driver.key(e)) e.preventDefault();
  });
  addChildren(element, view.element, scale, meaning, modePicker.element, table.element, inspector.element, editor.element, driver.element);

  const blocks = createBlocks();
  let mode: Mode = "look";
  let theme: Theme | null = null;
  let run: RunData | null = null;
  let painted: { tiles: Tiles; theme: Theme; layout: Layout; isDone: boolean } | null = null;
  let overlaid: unknown[] = [];
  let pins: { of: Tiles; all: Pin[] } | null = null;
  let version = 0;
  let followed: Overlay | null = null;
  /** Whether a row of the table was pointed at: before, there is nothing to say below it. */
  let isPointed = false;
  /** The whole world as it was last seen: stands where the detail of another place has not come yet. */
  let overview: { tiles: Tiles; layer: string; run: string; mode: number } | null = null;

  const room = watchRoom(view.element, actions.redraw);

  function layerNow(): string {
    return actions.feed.request.map?.layer ?? "value";
  }

  function choose(layer: string): void {
    look({}, layer);
    picker.press(layer);
  }

  /** Asks for a part of the map, or for the same part in what else was chosen. */
  function look(region: Partial<Region> = {}, layer = layerNow()): void {
    const { x, y, width, height } = { ...(actions.feed.request.map ?? everything), ...region }, shown = modePicker.mode();
    actions.feed.look({ layer, x, y, width, height, ...(shown === null ? {} : { mode: shown }) });
  }

  /** The map goes where a replayed or driven agent is, unless another mode was chosen. */
  function showModeOf(state: number | null): void {
    if (run?.world && modePicker.follow(state === null ? null : placesOf(run.world).mode(state))) look();
  }

  /** The cell that a state lies in, by the number of its first state: the map that is edited has one mode. */
  const cellOf = (state: number): number => {
    const places = run?.world ? placesOf(run.world) : null;
    return places?.stateAt(places.x(state), places.y(state), 0) ?? state;
  };

  /** All but the map: it takes the room that they leave. */
  function drawWords({ run: now }: Moment): void {
    run = now;
    if (!run.world) return;
    const shape = run.world.width / run.world.height;
    view.element.style.setProperty("--shape", String(shape));
    element.classList.toggle("flat", shape > 2);
    element.classList.toggle("flattest", shape > 8);
    element.classList.toggle("tall", shape < 0.25);
    picker.press(layerNow());
    table.draw(run);
    for (const part of [view.element, scale, meaning, picker.element]) setHidden(part, run.world.table);
    modePicker.draw(run.world, shownMode(run));
    setHidden(modes.buttons.edit, !run.world.editable);
    modes.press(mode);
    setAttribute(element, "data-mode", mode);
    for (const [part, of] of [[inspector.element, "look"], [editor.element, "edit"], [driver.element, "drive"]] as const)
      setHidden(part, mode !== of || (of === "look" && run.world.table && !isPointed));
    inspector.refresh(run);
    editor.draw(run);
    driver.draw(run, mode === "drive");
  }

  function draw(moment: Moment): void {
    drawWords(moment);
    const size = room.size(), { run: now } = moment, { world, tiles } = now;
    if (!world || size.width < 20 || size.height < 20) return;
    theme ??= readTheme(view.element);
    const layout = view.place(size, world, shownMode(now));
    const same = painted?.isDone === true && painted.tiles === tiles && painted.theme === theme
      && painted.layout.cell === layout.cell && painted.layout.left === layout.left && painted.layout.top === layout.top;
    if (!same) drawMap(now, world, layout, theme);
    drawOverlay(now, world, layout, theme);
    view.placeRing();
  }

  function drawMap(now: RunData, world: WireWorld, layout: Layout, colors: Theme): void {
    const isFresh = painted?.tiles !== now.tiles;
    const layer = layerNamed(now.tiles.values().next().value?.layer ?? "value");
    const shown = underlaid(now, world, layer);
    const range = extent(shown);
    const context = fitCanvas(canvas, view.size());
    const isDone = !context
      || blocks.paint(context, { tiles: shown, layer, extent: range, layout, size: view.size(), theme: colors, kinds: kindsOf(world),
        actions: world.actions, fences: world.fences }, blockBudget);
    say(world, layer, shown);
    if (isFresh) setAttribute(canvas, "data-version", String(++version));
    setAttribute(canvas, "data-episode", String(now.tiles.values().next().value?.episode ?? 0));
    for (const [name, value] of [["cell", layout.cell], ["left", layout.left], ["top", layout.top]] as const)
      setAttribute(canvas, `data-${name}`, value.toFixed(2));
    painted = { tiles: now.tiles, theme: colors, layout, isDone };
    if (!isDone) actions.redraw();
  }

  function drawOverlay(now: RunData, world: WireWorld, layout: Layout, colors: Theme): void {
    const shown = mode === "drive" ? driver.overlay()
      : mode === "edit" ? { ...nothingOver, edits: editor.overlay() }
      : followed ?? { ...nothingOver, agent: now.agent, path: pathIn(now, world) };
    if (pins?.of !== now.tiles) pins = { of: now.tiles, all: pinsOf([...now.tiles.values()], world, shownMode(now)) };
    view.placeAgent(shown.agent, middleOf(layerNamed(layerNow()), layout.cell));
    setAttribute(overlay, "data-agent", shown.agent === null ? null : String(shown.agent));
    setAttribute(overlay, "data-path", now.path ? now.path.end : null);
    setAttribute(overlay, "data-pins", String(pins.all.length));
    const looks = [now.path, shown.path.length, pins.all,
      JSON.stringify([shown.trail, [...shown.edits], layout, view.size(), shownMode(now)]), colors];
    if (looks.every((v, k) => v === overlaid[k])) return;
    overlaid = looks;
    const context = fitCanvas(overlay, view.size());
    if (context)
      paintOverlay(context, { ...shown, pins: pins.all, agent: null, middle: middleOf(layerNamed(layerNow()), layout.cell) }, world, layout,
        colors);
  }

  function underlaid({ tiles, sessionId }: RunData, world: WireWorld, layer: Layer): Tile[] {
    const detail = [...tiles.values()];
    const mode = detail[0]?.mode ?? 0;
    if (coversAll(tiles, world.width, world.height)) overview = { tiles, layer: layer.name, run: sessionId, mode };
    else if (overview?.layer === layer.name && overview.run === sessionId && overview.mode === mode)
      return [...overview.tiles.values(), ...detail];
    return detail;
  }

  function say(world: WireWorld, layer: Layer, shown: readonly Tile[]): void {
    const range = extent(shown);
    const ends = range && scaleEnds(layer, range), far = beyond(shown);
    const means = world.planner ? layer.planned ?? layer.meaning : layer.meaning;
    const after = shown.at(-1)?.after ?? null;
    const words = range
      ? (after === null || after === 0 ? `${means}${ends && far ? `; ${beyondWords(far, ends)}` : ""}` : knownWords(after))
      : after === 0 ? "the best actions never changed" : layer.nothing;
    const [least, most] = ends ? (layer.name === "policy" ? ["not optimal", "optimal"] : [glance(ends[0]), glance(ends[1])]) : ["", ""];
    setText(low, least);
    setText(high, most);
    setText(meaning, words);
    ramp.style.background = gradient(rampOf(layer));
    setAttribute(canvas, "aria-label",
      `World ${isolated(world.name)}, ${sizeWords(world, String).replace("×", "by")}, ${words}${ends ? ` from ${least} to ${most}` : ""}. ${
        pathWords(run?.path ?? null, world.planner)
      } Arrow keys inspect a state, plus and minus zoom.`);
    setAttribute(canvas, "data-layer", layer.name);
  }

  /** The part of the greedy path that lies in the shown mode. */
  function pathIn(now: RunData, world: WireWorld): readonly number[] {
    const states = now.path?.states ?? [];
    return world.modes === 1 ? states : states.filter(s => placesOf(world).mode(s) === shownMode(now));
  }

  const shownMode = (now: RunData): number => now.tiles.values().next().value?.mode ?? 0;

  return {
    element,
    draw,
    isDrawn: () => painted !== null,
    nextLayer: () => {
      const at = layers.findIndex(l => l.name === layerNow());
      choose((layers[(at + 1) % layers.length] ?? layers[0])?.name ?? "value");
    },
    layer: layerNow,
    choose: name => {
      if (name !== layerNow() && layers.some(l => l.name === name)) choose(name);
    },
    kept: () => (run?.world?.table === true ? table.kept() : view.pinned()),
    keep: state => (run?.world?.table === true ? table.keep(state) : view.pin(state)),
    retheme: () => {
      theme = null;
    },
    follow: to => {
      followed = to;
      const last = to?.agent ?? null;
      showModeOf(last);
      if (last !== null) view.follow(last);
      actions.redraw();
    },
    dispose: () => {
      room.dispose();
      view.dispose();
      inspector.dispose();
      editor.dispose();
      table.dispose();
    },
  };
}
