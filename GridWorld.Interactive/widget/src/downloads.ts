import { Refusal } from "./api";
import { episodesCsv, fileName } from "./csv";
import { button, card, el, setHidden, setText } from "./dom";
import type { Actions, Moment, Panel } from "./panel";
import { readTheme } from "./theme";
import type { RunData } from "./view-state";

interface Download {
  title: string;
  says: string;
  what: string;
  /** One button per ending. */
  endings: readonly string[];
  make: (run: RunData, ending: string) => Promise<Blob>;
}

/** A copy on the card's own ground: the canvases of the page are transparent. */
function onPaper(canvases: readonly HTMLCanvasElement[]): HTMLCanvasElement {
  const width = Math.max(...canvases.map(c => c.width)), copy = el("canvas", { width, height: canvases.reduce((h, c) => h + c.height, 0) });
  const context = copy.getContext("2d");
  if (context && canvases[0]) {
    context.fillStyle = readTheme(canvases[0]).card;
    context.fillRect(0, 0, copy.width, copy.height);
    let top = 0;
    for (const canvas of canvases) {
      context.drawImage(canvas, 0, top);
      top += canvas.height;
    }
  }
  return copy;
}

/** Files to keep: what the page shows, and what the server has of the run. */
export function createDownloads(actions: Actions, page: () => HTMLElement): Panel {
  const picture = (selector: string) => (): Promise<Blob> => {
    const canvases = [...page().querySelectorAll<HTMLCanvasElement>(selector)].filter(c => c.width > 0);
    return new Promise((done, fail) => {
      if (canvases.length === 0) fail(new Error("Nothing is drawn yet."));
      else onPaper(canvases).toBlob(blob => (blob ? done(blob) : fail(new Error("The picture could not be made."))), "image/png");
    });
  };
  const table = (what: string) => (run: RunData, format: string): Promise<Blob> => actions.api.download("api/export", { session: run.sessionId, what, format });
  const list: readonly Download[] = [
    { title: "Metrics", says: "one row per episode", what: "metrics", endings: ["csv", "json"], make: table("metrics") },
    { title: "Q-table", says: "one row per state and action", what: "q-table", endings: ["csv", "json"], make: table("q-table") },
    { title: "Policy", says: "one row per state", what: "policy", endings: ["csv", "json"], make: table("policy") },
    { title: "Trajectories", says: "every step of the last 10 episodes", what: "trajectories", endings: ["csv", "json"], make: (run, format) => actions.api.download("api/trajectories", { session: run.sessionId, last: 10, format }) },
    { title: "Events", says: "everything that happened to the run", what: "events", endings: ["csv", "json"], make: table("events") },
    { title: "Episodes in the list", says: "the rows loaded in this page", what: "episodes", endings: ["csv"], make: run => Promise.resolve(new Blob([episodesCsv(run.episodes)], { type: "text/csv" })) },
    { title: "Curve", says: "as it is drawn now", what: "curve", endings: ["png"], make: picture(".curve-card canvas") },
    { title: "World", says: "as it is drawn now", what: "world", endings: ["png"], make: picture("[data-testid=map]") },
    { title: "Run file", says: "the whole run, to show or train elsewhere", what: "run", endings: ["db"], make: run => actions.api.download("api/run-file", { session: run.sessionId }) },
  ];
  const note = el("p", { class: "err", role: "alert", testid: "downloads-error", hidden: true });
  const element = card("Downloads", "downloads-card");
  element.append(note, el("ul", { class: "downloads", testid: "downloads" }, ...list.map(d => el("li", {},
    el("span", {}, el("b", {}, d.title), " ", el("span", { class: "quiet" }, d.says)),
    ...d.endings.map(e => button(e === "db" ? "Download" : e.toUpperCase(), { "data-what": d.what, "data-ending": e, "aria-label": e === "db" ? "Download the run file" : `${d.title} as ${e.toUpperCase()}` }, () => void get(d, e)))))));
  let run: RunData | null = null;

  async function get(download: Download, ending: string): Promise<void> {
    if (!run) return;
    setHidden(note, true);
    try {
      const url = URL.createObjectURL(await download.make(run, ending));
      const name = ending === "db" ? `${run.sessionId}.run.db` : fileName(run.status?.name ?? run.sessionId, download.what, ending);
      el("a", { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch (reason) {
      setText(note, reason instanceof Refusal || reason instanceof Error ? reason.message : "The file could not be made.");
      setHidden(note, false);
    }
  }

  return {
    element,
    draw: (moment: Moment) => {
      run = moment.run;
    },
  };
}
