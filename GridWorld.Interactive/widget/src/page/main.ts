import "uplot/dist/uPlot.min.css";
import "./style.css";
import "./lists.css";
import "./world.css";
import "./sweep.css";
import { showHelp } from "./help-page";
import { linkTo, readLink } from "../wire/link";
import { mount } from "./mount";

export { mount } from "./mount";

const host = document.getElementById("gridworld");
let cleanup = (): void => undefined;

/** The page for what the address says now. */
function start(): void {
  if (!host) return;
  cleanup();
  const link = readLink(location.hash), token = link?.token ?? "";
  cleanup = link ? mount(host, {
    base: document.baseURI,
    link,
    onRun: id => history.replaceState(null, "", `#${linkTo(token, { run: id, sweep: null })}`),
    // The browser's way back leads from a seed to its sweep.
    onGo: to => history.pushState(null, "", `#${linkTo(token, to)}`),
  }) : showHelp(host);
}

if (host) {
  start();
  addEventListener("hashchange", start);
  addEventListener("pagehide", () => cleanup());
  addEventListener("pageshow", e => {
    if (e.persisted) start();
  });
}
