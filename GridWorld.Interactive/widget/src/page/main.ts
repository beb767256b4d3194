import "./style.css";
import "./curve.css";
import "./lists.css";
import "./world.css";
import "./sweep.css";
import "./layout.css";
import { showHelp } from "./help-page";
import { linkTo, readLink } from "../wire/link";
import { mount, type Mounted } from "./mount";

export { mount } from "./mount";

const host = document.getElementById("gridworld");
let shown: Mounted | null = null, cleanup = (): void => undefined;

/** The page for what the address says now. */
function start(): void {
  if (!host) return;
  cleanup();
  const link = readLink(location.hash), token = link?.token ?? "";
  shown = link && mount(host, {
    base: document.baseURI,
    link,
    onPlace: (run, place, isNew) => {
      const to = `#${linkTo(token, { run, sweep: null, place })}`;
      if (isNew) history.pushState(null, "", to);
      else history.replaceState(null, "", to);
    },
    // The browser's way back leads from a seed to its sweep.
    onGo: to => history.pushState(null, "", `#${linkTo(token, to)}`),
  });
  cleanup = shown ?? showHelp(host);
}

/** The browser went back or forward, or someone wrote another address. */
function arrive(): void {
  const link = readLink(location.hash);
  if (!link || shown?.visit(link) !== true) start();
}

if (host) {
  start();
  addEventListener("hashchange", arrive);
  // A page that does not come back takes everything with it; to tidy it up only delays the next one.
  addEventListener("pagehide", e => {
    if (e.persisted) cleanup();
  });
  addEventListener("pageshow", e => {
    if (e.persisted) start();
  });
}
