import { Refusal } from "./api";
import { episodesCsv, fileName } from "./csv";
import { button, el, setHidden, setText } from "./dom";
import type { Actions, Moment, Panel } from "./panel";
import { readTheme } from "./theme";
import type { RunData } from "./view-state";

interface Download {
  title: string;
  what: string;
  ending: string;
  make: (run: RunData) => Promise<Blob>;
}

/** A copy on the card's own ground: the canvases of the page are transparent. */
function onPaper(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = el("canvas", { width: canvas.width, height: canvas.height });
  const context = copy.getContext("2d");
  if (context) {
    context.fillStyle = readTheme(canvas).card;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(canvas, 0, 0);
  }
  return copy;
}

/** A menu of files: what the page shows, and what the server has of the run. */
export function createDownloads(actions: Actions, page: () => HTMLElement): Panel {
  const picture = (selector: string) => (): Promise<Blob> => {
    const canvas = page().querySelector<HTMLCanvasElement>(selector);
    return new Promise((done, fail) => {
      if (!canvas || canvas.width === 0) fail(new Error("Nothing is drawn yet."));
      else onPaper(canvas).toBlob(blob => (blob ? done(blob) : fail(new Error("The picture could not be made."))), "image/png");
    });
  };
  const list: readonly Download[] = [
    { title: "Metrics (JSON)", what: "metrics", ending: "json", make: run => actions.api.download("api/metrics", { session: run.sessionId, points: 1000 }) },
    { title: "Events (JSON)", what: "events", ending: "json", make: run => actions.api.download("api/events", { session: run.sessionId }) },
    { title: "Episodes in the list (CSV)", what: "episodes", ending: "csv", make: run => Promise.resolve(new Blob([episodesCsv(run.episodes)], { type: "text/csv" })) },
    { title: "Picture of the curve (PNG)", what: "curve", ending: "png", make: picture("[data-testid=curve] canvas") },
    { title: "Picture of the world (PNG)", what: "world", ending: "png", make: picture("[data-testid=map]") },
  ];
  const note = el("p", { class: "err", role: "alert", hidden: true });
  const menu = el("div", { class: "menu", id: "gw-downloads", popover: "auto", testid: "downloads", role: "group", "aria-label": "Downloads" });
  const open = el("button", { type: "button", popovertarget: "gw-downloads", testid: "downloads-button", "aria-label": "Downloads", title: "Downloads" }, "⋯");
  const element = el("span", { class: "files" }, open, menu);
  let run: RunData | null = null;

  menu.append(el("h2", {}, "Downloads"), ...list.map(d => button(d.title, { "data-what": d.what }, () => void get(d))), note);
  menu.addEventListener("toggle", () => {
    const at = open.getBoundingClientRect();
    menu.style.top = `${at.bottom + 6}px`;
    menu.style.right = `${document.documentElement.clientWidth - at.right}px`;
  });

  async function get(download: Download): Promise<void> {
    if (!run) return;
    setHidden(note, true);
    try {
      const url = URL.createObjectURL(await download.make(run));
      el("a", { href: url, download: fileName(run.status?.name ?? run.sessionId, download.what, download.ending) }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
      menu.hidePopover();
    } catch (reason) {
      setText(note, reason instanceof Refusal || reason instanceof Error ? reason.message : "The file could not be made.");
      setHidden(note, false);
    }
  }

  return {
    element,
    draw: (moment: Moment) => {
      run = moment.run;
      open.disabled = run.status === null;
    },
  };
}
