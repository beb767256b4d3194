import { button, el, segments, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { drawGraph, layGraph } from "../kit/graph";
import { alike, count, glance, none, plural } from "../kit/format";
import { actionWords } from "../kit/layout";
import type { Actions } from "../kit/panel";
import { layerNamed, scaleEnds } from "./layers";
import { shadesOf } from "./picture";
import { toNumber, type WireTable, type WireTableRow } from "../wire/protocol";
import type { RunData } from "../wire/view-state";

const rowsShown = 200, leastPause = 500;

/** States × actions with the values as colors, or the states as a graph: stands for the map where states have no place on one. */
export function createStateTable(actions: Actions, look: (state: number) => void): {
  element: HTMLElement;
  draw: (run: RunData) => void;
  /** The state that was clicked. */
  kept: () => number | null;
  keep: (state: number | null) => void;
  dispose: () => void;
} {
  const head = el("tr"), body = el("tbody"), range = el("span", { class: "meaning" });
  const back = button("Previous", {}, () => go(-rowsShown)), next = button("Next", {}, () => go(rowsShown));
  const pager = el("div", { class: "line" }, back, range, next);
  const forms = segments<"table" | "graph">("Form", [["table", "Table"], ["graph", "Graph"]], "table", form => {
    setHidden(list, form === "graph");
    setHidden(graph, form === "table");
  });
  const list = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Values of the states" },
    el("table", {}, el("thead", {}, head), body));
  const graph = el("div", { class: "scroll", testid: "state-graph", tabindex: 0, role: "region", "aria-label": "Graph of the states",
    hidden: true });
  const element = el("div", { class: "state-table", testid: "state-table", hidden: true }, forms.element, list, graph, pager);
  let run: RunData | null = null;
  let start = 0;
  let shown = "";
  let kept: number | null = null;
  let loading = false;
  const life = { over: false };

  function go(by: number): void {
    start += by;
    void load();
  }

  function keep(state: number | null): void {
    kept = state;
    for (const row of body.querySelectorAll<HTMLElement>("tr"))
      row.querySelector("button")?.setAttribute("aria-pressed", String(row.dataset.state === String(kept)));
    if (state !== null) look(state);
  }

  const wanted = (): string => JSON.stringify([run?.sessionId, run?.at, run?.tiles.values().next().value?.episode, start]);

  async function load(): Promise<void> {
    if (loading || life.over || !run || shown === wanted()) return;
    loading = true;
    shown = wanted();
    const asked = run;
    try {
      const table = await actions.api.get<WireTable>("api/agent/table", { session: asked.sessionId, at: asked.at, start,
        count: rowsShown });
      fill(table, asked);
    } catch {
      // What is shown stays until there is something newer to ask for.
    }
    await new Promise(resume => setTimeout(resume, leastPause));
    loading = false;
    await load();
  }

  function fill(table: WireTable, { world }: RunData): void {
    if (!world) return;
    const rows = table.rows.map(row => ({ ...row, q: row.q.map(v => toNumber(v)) }));
    const layer = layerNamed("q"), known = rows.filter(row => row.visits > 0).flatMap(row => row.q.filter(v => v !== null));
    const extent = known.length === 0 ? null : [Math.min(...known), Math.max(...known)] as [number, number];
    const shades = shadesOf({ layer, extent: extent && (scaleEnds(layer, extent)) });
    const inkOn = (shade: number): string => (shades.isLight(shade) ? "rgba(0,0,0,.9)" : "#fff");
    setChildren(head,
      ...["state", ...world.actions.map(actionWords), "optimal value", "visits"].map(text => el("th", { scope: "col" }, text)));
    setChildren(body, ...rows.map(row => rowOf(row, table.agent)));
    setText(range, `${plural(world.states, "state")}, ${count(start)} to ${count(start + rows.length - 1)}`);
    setHidden(pager, world.states <= rowsShown);
    back.disabled = start === 0;
    next.disabled = start + rowsShown >= world.states;
    setHidden(forms.element, !table.edges);
    if (table.edges) fillGraph(table.edges);
    setAttribute(element, "data-episode", String(table.episode));

    function fillGraph(edges: readonly (readonly number[])[]): void {
      const nodes = rows.map(row => {
        const values = row.q.filter(v => v !== null), value = row.visits > 0 && values.length > 0 ? Math.max(...values) : null;
        const shade = value === null || row.terminal ? -1 : shades.of(value), label = row.label === "" ? "" : ` ${row.label}`;
        return { title: `${row.state}${label}: ${row.terminal ? "end" : `value ${glance(value)}`}`,
          fill: shade < 0 ? null : shades.css(shade), ink: inkOn(shade), isAgent: row.state === table.agent, isEnd: row.terminal };
      });
      setChildren(graph, drawGraph(layGraph(nodes.length, world?.starts ?? [], edges), edges, nodes, look));
    }

    function rowOf(row: Omit<WireTableRow, "q"> & { q: (number | null)[] }, agent: number): HTMLElement {
      const best = Math.max(...row.q.map(v => v ?? -Infinity)), texts = alike(row.q), isOpen = row.visits > 0 && !row.terminal;
      const name = button(row.label === "" ? String(row.state) : `${row.state} ${row.label}`, { class: "link",
        "aria-pressed": String(row.state === kept) }, () => keep(kept === row.state ? null : row.state));
      const line = el("tr", { "data-state": row.state, "aria-current": row.state === agent ? "true" : undefined,
        class: row.terminal ? "end" : "" }, el("th", { scope: "row" }, name), ...row.q.map((v, a) => {
          const cell = el("td", { class: v === best && isOpen ? "best" : "" }, row.terminal ? "" : texts[a] ?? none);
          const shade = isOpen && v !== null ? shades.of(v) : -1;
          if (shade >= 0) {
            cell.style.background = shades.css(shade);
            cell.style.color = inkOn(shade);
          }
          return cell;
        }), el("td", {}, row.terminal ? "end" : glance(toNumber(row.optimal ?? null))), el("td", {}, count(row.visits)));
      line.addEventListener("pointerenter", () => look(row.state));
      return line;
    }
  }

  return {
    element,
    draw: now => {
      if (now.sessionId !== run?.sessionId) [start, kept] = [0, null];
      run = now;
      setHidden(element, now.world?.table !== true);
      if (now.world?.table === true) void load();
    },
    kept: () => kept,
    keep,
    dispose: () => {
      life.over = true;
    },
  };
}
