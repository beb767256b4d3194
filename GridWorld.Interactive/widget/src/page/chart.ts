// Draws the chart that stands in the address's fragment: base64 of {"data": […], "layout": {…}}. The page has no token and asks no server.
import { setText } from "../kit/dom";

interface Chart {
  data: unknown[];
  layout: Record<string, unknown>;
}

declare const Plotly: { newPlot(place: HTMLElement, data: unknown[], layout: object, config: object): Promise<unknown> };

const decode = (fragment: string): Chart | null => {
  try {
    const chart = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(fragment), c => c.charCodeAt(0)))) as Partial<Chart>;
    return Array.isArray(chart.data) && chart.layout !== undefined ? { data: chart.data, layout: chart.layout } : null;
  } catch {
    return null;
  }
};

// The page's policy refuses style elements and attributes. Plotly writes its rules into sheets that the policy does not mind, and its
// attributes as properties.
const page = document as unknown as { createElement: (name: string) => Element };
const create = page.createElement.bind(document);
page.createElement = name => {
  if (name !== "style")
    return create(name);
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  return Object.defineProperty(create("meta"), "sheet", { value: sheet });
};

const elements = Element.prototype as { setAttribute: (name: string, value: string) => void };
const set = elements.setAttribute;
elements.setAttribute = function(this: Element, name, value) {
  if (name === "style")
    (this as HTMLElement).style.cssText = value;
  else
    set.call(this, name, value);
};

// Plotly's script is after this one.
window.addEventListener("DOMContentLoaded", () => {
  const chart = decode(location.hash.slice(1));
  const place = document.getElementById("chart");
  if (place && chart)
    void Plotly.newPlot(place, chart.data, { ...chart.layout, autosize: true, width: undefined, height: undefined }, { displaylogo: false,
      responsive: true });
  else if (place)
    setText(place, "This link does not contain a chart.");
});

export {};
