import { el, setText } from "./dom";
import { plural } from "./format";
import { direction, greedy } from "./layout";
import { readTheme } from "./theme";

/** A run's greedy actions, a bit each, and its cells. */
export interface Policy {
  width: number;
  height: number;
  actions: readonly string[];
  policy: Uint8Array;
  cells: Uint8Array;
}

export interface WirePolicy {
  width: number;
  height: number;
  actions: string[];
  policy: string;
  cells: string;
}

const bytes = (text: string): Uint8Array => Uint8Array.from(atob(text), c => c.charCodeAt(0));

export function readPolicy(w: WirePolicy): Policy {
  return { ...w, policy: bytes(w.policy), cells: bytes(w.cells) };
}

/** States in which not all policies have the same greedy actions; null where the worlds are not alike. */
export function differingStates(policies: readonly Policy[]): Set<number> | null {
  const [first, ...rest] = policies;
  if (!first || rest.some(p => p.width !== first.width || p.height !== first.height || p.cells.some((c, s) => c !== first.cells[s]))) return null;
  const result = new Set<number>();
  first.cells.forEach((cell, s) => {
    if (cell !== wall && rest.some(p => p.policy[s] !== first.policy[s])) result.add(s);
  });
  return result;
}

const wall = "#".charCodeAt(0);

/** Policies beside each other, the states in which they differ marked. */
export function createPolicies(): { element: HTMLElement; draw: (policies: readonly { name: string; policy: Policy }[]) => void } {
  const note = el("p", { class: "quiet", testid: "policies-note" }), maps = el("div", { class: "policies", testid: "policies", "data-differing": 0 });
  const element = el("div", { hidden: true }, note, maps);
  return {
    element,
    draw: policies => {
      element.hidden = policies.length < 2;
      if (policies.length < 2) return;
      const differing = differingStates(policies.map(p => p.policy));
      setText(note, differing === null ? "These runs train in different worlds, so their policies are not laid beside each other."
        : differing.size === 0 ? "Their greedy policies are the same in every state." : `Their greedy policies differ in ${plural(differing.size, "state")}, marked here.`);
      maps.dataset.differing = String(differing?.size ?? -1);
      if (differing === null) {
        maps.replaceChildren();
        return;
      }
      maps.replaceChildren(...policies.map(({ name, policy }) => el("figure", {}, el("figcaption", { title: name }, name), paint(policy, differing, maps))));
    },
  };
}

function paint({ width, height, actions, policy, cells }: Policy, differing: ReadonlySet<number>, host: HTMLElement): HTMLCanvasElement {
  const cell = Math.max(2, Math.min(24, Math.floor(340 / width), Math.floor(260 / height))), ratio = devicePixelRatio;
  const canvas = el("canvas", { width: Math.round(width * cell * ratio), height: Math.round(height * cell * ratio), role: "img", "aria-label": `Greedy policy, ${plural(differing.size, "state")} marked as different` });
  canvas.style.width = `${width * cell}px`;
  const c = canvas.getContext("2d"), theme = readTheme(host);
  if (!c) return canvas;
  c.scale(ratio, ratio);
  c.lineCap = "round";
  cells.forEach((kind, s) => {
    const x = (s % width) * cell, y = Math.floor(s / width) * cell, odd = differing.has(s);
    c.fillStyle = kind === wall ? theme.line : odd ? theme.warn : theme.sunk;
    c.fillRect(x + 0.5, y + 0.5, cell - 1, cell - 1);
    if (kind === wall || cell < 8) return;
    c.strokeStyle = odd ? theme.card : theme.soft;
    c.lineWidth = 1.2;
    c.beginPath();
    const middleX = x + cell / 2, middleY = y + cell / 2, chosen = greedy(policy[s] ?? 0, actions.length);
    // Where every action is as good as any, nothing was learnt.
    if (chosen.length < actions.length) for (const a of chosen) {
      const [dx, dy] = direction(actions[a] ?? "") ?? [0, 0], r = cell * 0.36;
      c.moveTo(middleX, middleY);
      c.lineTo(middleX + dx * r, middleY + dy * r);
      c.moveTo(middleX + dx * r - (dx + dy) * r * 0.4, middleY + dy * r - (dy - dx) * r * 0.4);
      c.lineTo(middleX + dx * r, middleY + dy * r);
      c.lineTo(middleX + dx * r - (dx - dy) * r * 0.4, middleY + dy * r - (dy + dx) * r * 0.4);
    }
    c.stroke();
  });
  return canvas;
}
