import { addChildren, setAttribute } from "./dom";

/** A node's place in a drawing of this size, and how far it is from a start. */
export interface GraphLayout {
  width: number;
  height: number;
  at: readonly { x: number; y: number }[];
}

const column = 84, row = 46, margin = 26;

/**
 * States from left to right by their distance from a start, those that no start leads to last; in a column, each near the states that
 * lead to it.
 */
export function layGraph(states: number, starts: readonly number[], edges: readonly (readonly number[])[]): GraphLayout {
  const next: number[][] = Array.from({ length: states }, () => []), before: number[][] = Array.from({ length: states }, () => []);
  for (const [from = 0, to = 0] of edges) {
    next[from]?.push(to);
    before[to]?.push(from);
  }
  const distance = new Array<number>(states).fill(-1), open = [...new Set(starts)];
  for (const start of open) distance[start] = 0;
  for (const state of open)
    for (const to of next[state] ?? [])
      if (distance[to] === -1) {
        distance[to] = (distance[state] ?? 0) + 1;
        open.push(to);
      }
  const last = Math.max(...distance) + 1, columns: number[][] = [];
  distance.forEach((d, state) => (columns[d === -1 ? last : d] ??= []).push(state));
  const y = new Array<number>(states).fill(0), tallest = Math.max(...columns.map(c => c.length)), height = tallest * row;
  for (const column of columns) {
    const wish = new Map(column.map(state => {
      const from = (before[state] ?? []).filter(b => (distance[b] ?? -1) < (distance[state] ?? -1) && distance[b] !== -1);
      return [state, from.length === 0 ? height / 2 : from.reduce((sum, b) => sum + (y[b] ?? 0), 0) / from.length];
    }));
    column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || a - b);
    column.forEach((state, i) => y[state] = (i + 0.5) * (height / column.length));
  }
  return {
    width: (columns.length - 1) * column + 2 * margin,
    height: height + 2 * margin,
    at: distance.map((d, state) => ({ x: margin + (d === -1 ? last : d) * column, y: margin + (y[state] ?? 0) })),
  };
}

/** An element of a drawing, with attributes. */
export const svg = <K extends keyof SVGElementTagNameMap>(tag: K, attributes: Record<string, string | number>): SVGElementTagNameMap[K] => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, String(value));
  return element;
};

export interface GraphNode {
  /** The words under the pointer. */
  title: string;
  /** Null: nothing is known of it. */
  fill: string | null;
  ink: string;
  isAgent: boolean;
  isEnd: boolean;
}

/** Draws states as circles with their numbers, and possible steps as arrows; a state that can stay has a thicker edge. */
export function drawGraph({ width, height, at }: GraphLayout, edges: readonly (readonly number[])[], nodes: readonly GraphNode[],
  look: (state: number) => void): SVGSVGElement
{
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": "Graph of the states" });
  const head = svg("marker", { id: "graph-head", viewBox: "0 0 6 6", refX: 6, refY: 3, markerWidth: 6, markerHeight: 6, orient: "auto" });
  addChildren(head, svg("path", { d: "M0 0L6 3L0 6z", class: "head" }));
  const defs = svg("defs", {}), radius = 14, loops = new Set<number>();
  addChildren(defs, head);
  addChildren(picture, defs);
  for (const [from = 0, to = 0] of edges) {
    const a = at[from], b = at[to];
    if (!a || !b) continue;
    if (from === to) {
      loops.add(from);
      continue;
    }
    // Bent to one side, so that there and back are two lines.
    const [dx, dy] = [b.x - a.x, b.y - a.y], length = Math.hypot(dx, dy), bend = Math.min(40, 10 + 0.12 * length);
    const [cx, cy] = [(a.x + b.x) / 2 - (dy / length) * bend, (a.y + b.y) / 2 + (dx / length) * bend];
    const cut = (p: { x: number; y: number }): string => {
      const d = Math.hypot(cx - p.x, cy - p.y);
      return `${(p.x + ((cx - p.x) / d) * (radius + 1)).toFixed(1)} ${(p.y + ((cy - p.y) / d) * (radius + 1)).toFixed(1)}`;
    };
    addChildren(picture,
      svg("path", { class: "edge", d: `M${cut(a)}Q${cx.toFixed(1)} ${cy.toFixed(1)} ${cut(b)}`, "marker-end": "url(#graph-head)" }));
  }
  nodes.forEach((node, state) => {
    const p = at[state];
    if (!p) return;
    const group = svg("g", { class: `node${node.isAgent ? " agent" : ""}${node.isEnd ? " end" : ""}${loops.has(state) ? " loop" : ""}`,
      "data-state": state });
    const circle = svg("circle", { cx: p.x, cy: p.y, r: radius }), text = svg("text", { x: p.x, y: p.y }), title = svg("title", {});
    if (node.fill !== null) {
      circle.style.fill = node.fill;
      text.style.fill = node.ink;
    }
    addChildren(text, String(state));
    addChildren(title, node.title);
    addChildren(group, circle, text, title);
    group.addEventListener("pointerenter", () => look(state));
    addChildren(picture, group);
  });
  return picture;
}
