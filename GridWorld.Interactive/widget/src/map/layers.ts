import { glance, plural } from "../kit/format";
import type { WirePath } from "../wire/protocol";

export interface Layer {
  name: string;
  title: string;
  /** The meaning of the colors. */
  meaning: string;
  /** The meaning for a planner, if it is another. */
  planned?: string;
  scale: "straight" | "logarithmic" | "centred";
  /** Whether the best actions are drawn over the colors. */
  arrows: boolean;
  /** The numbers in cells that have room for one. */
  numbers: "real" | "whole" | "none";
  /** The text if there is nothing to show. */
  nothing: string;
}

const unvisited = "no state visited yet", unsolved = "the exact solution is not known yet";

export const layers: readonly Layer[] = [
  { name: "value", numbers: "real", title: "Value", meaning: "discounted value of the best action",
    planned: "discounted value of the state", scale: "straight", arrows: true, nothing: unvisited },
  { name: "q", numbers: "none", title: "Q", meaning: "discounted value of each action, in its direction", scale: "straight", arrows: false,
    nothing: unvisited },
  { name: "policy", numbers: "none", title: "Policy", meaning: "best actions; orange where they are not optimal", scale: "straight",
    arrows: true, nothing: "best actions; whether they are optimal is not known yet" },
  { name: "visits", numbers: "whole", title: "Visits", meaning: "visits, on a logarithmic scale",
    planned: "updates of the state, on a logarithmic scale", scale: "logarithmic", arrows: false, nothing: unvisited },
  { name: "td_error", numbers: "real", title: "TD", meaning: "mean |expected TD error| of the tried actions",
    planned: "change that an update of the state would make", scale: "straight", arrows: false, nothing: unvisited },
  { name: "optimal_difference", numbers: "real", title: "vs optimal",
    meaning: "value minus optimal value: orange is too low, purple too high", scale: "centred", arrows: true, nothing: unsolved },
  { name: "optimal_value", numbers: "real", title: "Optimal", meaning: "exact optimal value, discounted, and the optimal actions",
    scale: "straight", arrows: true, nothing: unsolved },
  { name: "last_change", numbers: "whole", title: "Changed", meaning: "episode of the last change of the best actions", scale: "straight",
    arrows: true, nothing: "replaying the run to find the last changes of the best actions…" },
];

export const layerNamed = (name: string): Layer => layers.find(l => l.name === name) ?? (layers[0] as Layer);

/** How the colors are spread where some numbers lie beyond them. */
export function beyondWords([least, greatest]: readonly [number, number], ends: readonly [number, number]): string {
  const to = [least < ends[0] && glance(least) !== glance(ends[0]) ? `down to ${glance(least)}` : "",
    greatest > ends[1] && glance(greatest) !== glance(ends[1]) ? `up to ${glance(greatest)}` : ""].filter(Boolean).join(" and ");
  return `colors end 3 interquartile ranges beyond the quartiles; × is outside, ${to}`;
}

/** The meaning of the colors while only the newest episodes were looked at for changes. */
export const knownWords = (after: number): string => `changes of the best actions after episode ${glance(after)}, looking further back…`;

/** Where the greedy policy leads from the start. */
export function pathWords(path: WirePath | null, isPlanned: boolean): string {
  if (!path) return "";
  const steps = plural(path.states.length - 1, "step"),
    end =
      { terminal: `ends after ${steps}`, restart: `falls back to the start after ${steps}`, loop: "goes round in circles",
        open: `is known for ${steps}` }[path.end];
  return `The greedy path from the start ${isPlanned && path.end === "open" ? "is not known yet" : end}.`;
}

/** The numbers at the two ends of the layer's scale. */
export function scaleEnds(layer: Layer, [least, greatest]: readonly [number, number]): [number, number] {
  if (layer.name === "policy") return [0, 1];
  if (layer.scale === "logarithmic") return [0, greatest];
  if (layer.scale === "straight") return [least, greatest];
  const most = Math.max(Math.abs(least), Math.abs(greatest));
  return [-most, most];
}
