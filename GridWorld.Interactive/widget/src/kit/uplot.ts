import type uPlot from "uplot";

type Library = typeof uPlot;

let here: Library | null = null;
let loading: Promise<void> | null = null;

/**
 * uPlot, or null until it is ready, when `then` is called. It is in the bundle, but starts by making the locale's number formats,
 * which takes longer than the rest of the page and is best done while the server answers.
 */
export function uplot(then: () => void): Library | null {
  if (here) return here;
  loading ??= import("uplot").then(module => {
    here = module.default;
  });
  void loading.then(then);
  return null;
}
