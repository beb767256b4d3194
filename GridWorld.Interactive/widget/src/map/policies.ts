import { el, setChildren, setText } from "../kit/dom";
import { plural } from "../kit/format";
import { direction, greedy } from "../kit/layout";
import type { WireTile, WirePolicy } from "../wire/protocol";
import { readTheme } from "../kit/theme";

/** A run's greedy actions, one bit each, and its cells. */
export interface Policy {
  width: number;
  height: number;
  actions: readonly string[];
  policy: Uint8Array;
  cells: readonly (WireTile | undefined)[];
}

const bytes = (text: string): Uint8Array => Uint8Array.from(atob(text), c => c.charCodeAt(0));

export function readPolicy(w: WirePolicy): Policy {
  return { ...w, policy: bytes(w.policy), cells: Array.from(bytes(w.cells), n => w.tiles[n - 1]) };
}

/** States in which not all policies have the same greedy actions; null if the worlds differ. */
export function differingStates(policies: readonly Policy[]): Set<number> | null {
  const [first, ...rest] = policies;
  if (
    !first || rest.some(p =>
      p.width !== first.width || p.height !== first.height
      || p.cells.some((c, s) => c?.tile !== first.cells[s]?.tile || c?.kind !== first.cells[s]?.kind)
    )
  ) return null;
  const result = new Set<number>();
  first.cells.forEach((cell, s) => {
    if (cell?.kind !== "wall" && rest.some(p => p.policy[s] !== first.policy[s])) result.add(s);
  });
  return result;
}

/** Shows policies next to each other, and marks the states in which they differ. */
export function createPolicies(): { element: HTMLElement; draw: (policies: readonly { name: string; policy: Policy }[]) => void } {
  const note = el("p", { class: "quiet", testid: "policies-note" }),
    maps = el("div", { class: "policies", testid: "policies", "data-differing": 0 });
  const element = el("div", { hidden: true }, note, maps);
  return {
    element,
    draw: policies => {
      element.hidden = policies.length < 2;
      if (policies.length < 2) return;
      const differing = differingStates(policies.map(p => p.policy));
      setText(note,
        differing === null ? "These runs train in different worlds, so their policies are not compared."
          : differing.size === 0 ? "Their greedy policies are the same in every state."
          : `Their greedy policies differ in ${plural(differing.size, "state")}, marked here.`);
      maps.dataset.differing = String(differing?.size ?? -1);
      if (differing === null) {
        setChildren(maps);
        return;
      }
      setChildren(maps,
        ...policies.map(({ name, policy }) =>
          el("figure", {}, el("figcaption", { title: name }, name), paintPolicy(policy, differing, maps))
        ));
    },
  };
}

/** Draws a policy, with some states marked. */
export function paintPolicy({ width, height, actions, policy, cells }: Policy, differing: ReadonlySet<number>, host: HTMLElement,
  most = 24): HTMLCanvasElement
{
  const cell = Math.max(2, Math.min(most, Math.floor(340 / width), Math.floor(260 / height))), ratio = devicePixelRatio;
  const canvas = el("canvas", { width: Math.round(width * cell * ratio), height: Math.round(height * cell * ratio), role: "img",
    "aria-label": `Greedy policy, ${plural(differing.size, "state")} marked as different` });
  canvas.style.width = `${width * cell}px`;
  const c = canvas.getContext("2d"), theme = readTheme(host);
  if (!c) return canvas;
  c.scale(ratio, ratio);
  c.lineCap = "round";
  cells.forEach((tile, s) => {
    const x = (s % width) * cell, y = Math.floor(s / width) * cell, odd = differing.has(s), isWall = tile?.kind === "wall";
    c.fillStyle = isWall ? theme.line : odd ? theme.warn : theme.sunk;
    c.fillRect(x + 0.5, y + 0.5, cell - 1, cell - 1);
    if (isWall || cell < 8) return;
    c.strokeStyle = odd ? theme.card : theme.soft;
    c.lineWidth = 1.2;
    c.beginPath();
    const middleX = x + cell / 2, middleY = y + cell / 2, chosen = greedy(policy[s] ?? 0, actions.length);
    // If all actions are equal, nothing was learned.
    if (chosen.length < actions.length) {
      for (const a of chosen) {
        const [dx, dy] = direction(actions[a] ?? "") ?? [0, 0], r = cell * 0.36;
        c.moveTo(middleX, middleY);
        c.lineTo(middleX + dx * r, middleY + dy * r);
        c.moveTo(middleX + dx * r - (dx + dy) * r * 0.4, middleY + dy * r - (dy - dx) * r * 0.4);
        c.lineTo(middleX + dx * r, middleY + dy * r);
        c.lineTo(middleX + dx * r - (dx - dy) * r * 0.4, middleY + dy * r - (dy + dx) * r * 0.4);
      }
    }
    c.stroke();
  });
  return canvas;
}
