import { card, el, segments, setAttribute, setText } from "./dom";
import { glance } from "./format";
import { createInspector } from "./inspect";
import { layerNamed, layers, type Layer } from "./layers";
import type { Layout } from "./layout";
import { paintMap } from "./map-paint";
import { createMapView, everything } from "./map-view";
import type { Actions, Moment, Panel } from "./panel";
import type { WorldFacts } from "./protocol";
import { readTheme, type Theme } from "./theme";
import { coversAll, extent, type Tile, type Tiles } from "./tiles";
import type { RunData } from "./view-state";

/** The world: a colour for each state, an arrow for each greedy action, a box with the state under the pointer. */
export function createWorld(actions: Actions): Panel & { nextLayer: () => void; retheme: () => void } {
  const canvas = el("canvas", { testid: "map", tabindex: 0, role: "img", "aria-label": "World", "data-version": 0 });
  const [low, high, meaning] = [el("span"), el("span"), el("span", { class: "meaning" })];
  const inspector = createInspector(actions);
  const view = createMapView(canvas, {
    look: (state, aloud) => {
      if (run) inspector.look(state, run, aloud);
      actions.redraw();
    },
    region: region => actions.feed.ask({ map: { layer: layerNow(), ...region } }),
    redraw: actions.redraw,
  });
  const picker = segments("Layer", layers.map(l => [l.name, l.title] as const), "value", choose);
  const element = card("World", "world-card", picker.element);
  element.append(view.element, el("div", { class: "scale" }, low, el("span", { class: "ramp" }), high, view.tools), meaning, inspector.element);

  let size = { width: 0, height: 0 };
  let theme: Theme | null = null;
  let run: RunData | null = null;
  let painted: { tiles: Tiles; agent: number | null; theme: Theme; layout: Layout } | null = null;
  let version = 0;
  /** The whole world as it was last seen: stands where the detail of another place has not come yet. */
  let overview: { tiles: Tiles; layer: string; run: string } | null = null;

  const resize = new ResizeObserver(entries => {
    const box = entries[0]?.contentRect;
    if (!box) return;
    size = { width: Math.floor(box.width), height: Math.floor(box.height) };
    actions.redraw();
  });
  resize.observe(view.element);

  function layerNow(): string {
    return actions.feed.request.map?.layer ?? "value";
  }

  function choose(layer: string): void {
    actions.feed.ask({ map: { ...(actions.feed.request.map ?? everything), layer } });
  }

  function draw(moment: Moment): void {
    run = moment.run;
    const { world, tiles } = run;
    if (!world || size.width < 20 || size.height < 20) return;
    theme ??= readTheme(view.element);
    view.element.style.setProperty("--shape", String(world.width / world.height));
    const layout = view.place(size, world);
    const same = painted?.tiles === tiles && painted.agent === run.agent && painted.theme === theme
      && painted.layout.cell === layout.cell && painted.layout.left === layout.left && painted.layout.top === layout.top;
    if (!same) {
      const layer = layerNamed(tiles.values().next().value?.layer ?? "value");
      const shown = underlaid(run, world, layer);
      const range = extent(shown);
      paint(shown, world, layer, range, layout, theme, run.agent);
      say(world, layer, range);
      if (painted?.tiles !== tiles) setAttribute(canvas, "data-version", String(++version));
      setAttribute(canvas, "data-episode", String(tiles.values().next().value?.episode ?? 0));
      painted = { tiles, agent: run.agent, theme, layout };
    }
    picker.press(layerNow());
    view.placeRing();
    inspector.refresh(run);
  }

  function underlaid({ tiles, sessionId }: RunData, world: WorldFacts, layer: Layer): Tile[] {
    const detail = [...tiles.values()];
    if (coversAll(tiles, world.width, world.height)) overview = { tiles, layer: layer.name, run: sessionId };
    else if (overview?.layer === layer.name && overview.run === sessionId) return [...overview.tiles.values(), ...detail];
    return detail;
  }

  function say(world: WorldFacts, layer: Layer, range: [number, number] | null): void {
    setText(low, range ? glance(layer.logarithmic ? 0 : range[0]) : "");
    setText(high, range ? glance(range[1]) : "");
    setText(meaning, range ? layer.meaning : layer.nothing);
    setAttribute(canvas, "aria-label", `World ${world.name}, ${world.width} by ${world.height}, ${layer.meaning}${range ? ` from ${glance(range[0])} to ${glance(range[1])}` : ""}. Arrow keys look at a state, plus and minus zoom.`);
    setAttribute(canvas, "data-layer", layer.name);
  }

  function paint(tiles: Tile[], world: WorldFacts, layer: Layer, range: [number, number] | null, layout: Layout, colours: Theme, at: number | null): void {
    const context = canvas.getContext("2d");
    if (!context) return;
    const ratio = devicePixelRatio, width = Math.round(size.width * ratio), height = Math.round(size.height * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    const agent = at === null ? null : { x: at % world.width, y: Math.floor(at / world.width) };
    paintMap(context, { tiles, layer, extent: range, layout, theme: colours, actions: world.actions, agent });
  }

  return {
    element, draw,
    nextLayer: () => {
      const at = layers.findIndex(l => l.name === layerNow());
      choose((layers[(at + 1) % layers.length] ?? layers[0])?.name ?? "value");
    },
    retheme: () => {
      theme = null;
    },
    dispose: () => {
      resize.disconnect();
      view.dispose();
      inspector.dispose();
    },
  };
}
