export interface Layer {
  name: string;
  title: string;
  /** What the colours stand for, in words. */
  meaning: string;
  logarithmic: boolean;
}

export const layers: readonly Layer[] = [
  { name: "value", title: "Value", meaning: "value of the best action", logarithmic: false },
  { name: "visits", title: "Visits", meaning: "visits, on a logarithmic scale", logarithmic: true },
];

export const layerNamed = (name: string): Layer => layers.find(l => l.name === name) ?? (layers[0] as Layer);
