import "uplot/dist/uPlot.min.css";
import "./style.css";
import "./lists.css";
import "./world.css";
import { showHelp } from "./help-page";
import { readLink } from "../wire/link";
import { mount } from "./mount";

export { mount } from "./mount";

const host = document.getElementById("gridworld");
let cleanup = (): void => undefined;

/** The page for what the address says now. */
function start(): void {
  if (!host) return;
  cleanup();
  const link = readLink(location.hash);
  const onRun = (id: string): void => history.replaceState(null, "", `#${link?.token ?? ""}/${encodeURIComponent(id)}`);
  cleanup = link ? mount(host, { base: document.baseURI, link, onRun }) : showHelp(host);
}

if (host) {
  start();
  addEventListener("hashchange", start);
  addEventListener("pagehide", () => cleanup());
  addEventListener("pageshow", e => {
    if (e.persisted) start();
  });
}
