import "uplot/dist/uPlot.min.css";
import "./style.css";
import "./lists.css";
import "./world.css";
import { showHelp } from "./help-page";
import type { Hub } from "./feed";
import { connectHub } from "./hub";
import { readLink } from "./link";
import { mount } from "./mount";

export { mount } from "./mount";

/** How long a connection may take before the page is built without it, in ms. */
const patience = 100;

const host = document.getElementById("gridworld");
let cleanup = (): void => undefined;

/** The page for what the address says now. */
function start(begun?: Hub): void {
  if (!host) return;
  cleanup();
  const link = readLink(location.hash);
  const onRun = (id: string): void => history.replaceState(null, "", `#${link?.token ?? ""}/${encodeURIComponent(id)}`);
  cleanup = link ? mount(host, { base: document.baseURI, link, onRun, ...(begun ? { hub: begun } : {}) }) : showHelp(host);
}

if (host) {
  // Nothing else is done until the server is reached, if that is soon: what it says then comes while the page is built.
  const link = readLink(location.hash), hub = link ? connectHub(document.baseURI, link.token) : undefined;
  await Promise.race([hub?.start().catch(() => undefined), new Promise(goOn => setTimeout(goOn, patience))]);
  start(hub);
  addEventListener("hashchange", () => start());
  addEventListener("pagehide", () => cleanup());
  addEventListener("pageshow", e => {
    if (e.persisted) start();
  });
}
