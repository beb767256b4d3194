import type { Box } from "./plot";
import { addChildren, el, setAttribute, setText } from "../kit/dom";
import { place, words } from "../kit/event-words";
import { count } from "../kit/format";
import { label, marks, type Mark } from "./markers";
import type { WireEvent } from "../wire/protocol";
import { sized } from "../kit/size";

/** The marks over the curve: thin lines that show their events on hover and on focus. */
export function createMarkers(
  host: HTMLElement,
): { draw: (events: readonly WireEvent[], range: [number, number], at: (episode: number) => number, plot: Box) => void } {
  const layer = el("div", { class: "marks", testid: "markers" });
  addChildren(host, layer);
  let drawn = "", seen: readonly WireEvent[] | null = null;

  function draw(events: readonly WireEvent[], [from, to]: [number, number], at: (episode: number) => number, plot: Box): void {
    // Do not place thousands of unchanged events again with every frame.
    const key = [plot.left, plot.width, plot.height, from, to, at(from), at((from + to) / 2), at(to)].join();
    if (key === drawn && events === seen) return;
    [drawn, seen] = [key, events];
    const found = marks(events, from, to, at);
    layer.style.left = `${plot.left}px`;
    layer.style.width = `${plot.width}px`;
    layer.style.height = `${plot.height}px`;
    found.forEach((mark, i) => {
      const node = (layer.children[i] ?? layer.appendChild(blank())) as HTMLElement;
      fill(node, mark, mark.left - (found[i - 1]?.left ?? 0), (found[i + 1]?.left ?? plot.width) - mark.left, plot.width);
    });
    while (layer.children.length > found.length) layer.lastElementChild?.remove();
    setAttribute(host, "data-events", String(found.reduce((n, m) => n + m.events.length, 0)));
  }
  return { draw };
}

function blank(): HTMLElement {
  return el("button", { type: "button", class: "mark", testid: "event-marker" }, el("span", { class: "mark-label" }),
    el("span", { class: "mark-text", role: "tooltip" }));
}

/** The maximum number of events in a mark's tooltip; the others are counted. */
const mostListed = 8;

/** Places the label of a mark if there is room: right of the line, else left, else nowhere. */
function fill(node: HTMLElement, mark: Mark, roomLeft: number, roomRight: number, width: number): void {
  const lines = mark.events.slice(0, mostListed).map(e => `${words(e)} ${place(e)}`);
  if (mark.events.length > mostListed) lines.push(`and ${count(mark.events.length - mostListed)} more`);
  const beside = label(mark, words);
  const [short, text] = [node.children[0] as HTMLElement, node.children[1] as HTMLElement];
  const needs = beside.length * sized(6.2) + 12;
  const right = roomRight > needs;
  node.className = `mark ${mark.tone}${mark.left > width / 2 ? " to-left" : ""}${right ? "" : " label-left"}`;
  node.style.left = `${mark.left}px`;
  setAttribute(node, "aria-label", lines.join("; "));
  setAttribute(node, "data-seq", mark.events.map(e => e.seq).join(" "));
  setText(text, lines.join("\n"));
  setText(short, right || roomLeft > needs ? beside : "");
}
