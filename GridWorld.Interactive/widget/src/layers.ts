export interface Layer {
  name: string;
  title: string;
  /** What the colours stand for, in words. */
  meaning: string;
  logarithmic: boolean;
  /** What is said where there is nothing to show. */
  nothing: string;
}

export const layers: readonly Layer[] = [
  { name: "value", title: "Value", meaning: "value of the best action", logarithmic: false, nothing: "nothing visited yet" },
  { name: "visits", title: "Visits", meaning: "visits, on a logarithmic scale", logarithmic: true, nothing: "nothing visited yet" },
  { name: "optimal_value", title: "Optimal", meaning: "exact optimal value; the arrows are the agent's", logarithmic: false, nothing: "the exact solution is not known yet" },
  { name: "optimal_difference", title: "vs optimal", meaning: "value of the best action less the optimal value", logarithmic: false, nothing: "the exact solution is not known yet" },
];

export const layerNamed = (name: string): Layer => layers.find(l => l.name === name) ?? (layers[0] as Layer);
