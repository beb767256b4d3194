import type uPlot from "uplot";

type Library = typeof uPlot;

let here: Library | null = null;
let loading: Promise<void> | null = null;

/**
 * uPlot, or null until it is ready, when `then` is called. It is in the bundle, but begins with the locale's number formats, which takes a browser
 * longer than all the rest of the page: time that is best spent while the server answers.
 */
export function uplot(then: () => void): Library | null {
  if (here) return here;
  loading ??= import("uplot").then(module => {
    here = module.default;
  });
  void loading.then(then);
  return null;
}
