import { sizeWords } from "../kit/places";
import { Refusal } from "../wire/api";
import { episodesCsv, fileName } from "./csv";
import { addChildren, button, card, el, setHidden, setText } from "../kit/dom";
import { count } from "../kit/format";
import { layerNamed } from "../map/layers";
import { rampOf } from "../map/picture";
import { isolated } from "../kit/names";
import type { Actions, Moment, Panel } from "../kit/panel";
import { draw, type Paper } from "./paper";
import type { RunData } from "../wire/view-state";

interface Download {
  title: string;
  says: string;
  what: string;
  /** One button per ending. */
  endings: readonly string[];
  make: (run: RunData, ending: string) => Promise<Blob>;
}

/** The run in one line: its name, what learns in which world, and how far it is. */
function about({ status, world, at }: RunData): string {
  const where = world ? `${isolated(world.name)} ${sizeWords(world, count)}` : "";
  return [status ? isolated(status.name || status.run_id) : "", world?.learner, where,
    world?.seed === undefined ? "" : `seed ${world.seed}`, status ? `episode ${count(at ?? status.episodes)}` : ""].filter(Boolean).join(
      " · ",
    );
}

function curvePaper(page: HTMLElement, run: RunData): Paper {
  const card = page.querySelector(".curve-card"), title = card?.querySelector("h2")?.textContent ?? "";
  return {
    title: `${title}, and steps per episode below`,
    about: about(run),
    canvases: drawn(card, "canvas"),
    marks: [...(card?.querySelectorAll<HTMLElement>(".mark") ?? [])],
    legend: [...(card?.querySelectorAll(".legend > span:not([hidden])") ?? [])].map(e => ({ key: e.querySelector(".key"),
      text: e.textContent })
    ).filter(e => e.text !== ""),
  };
}

function worldPaper(page: HTMLElement, run: RunData): Paper {
  const card = page.querySelector(".world-card"), canvases = drawn(card, "[data-testid=map]"),
    layer = layerNamed(canvases[0]?.dataset.layer ?? "value");
  const [low, , high] = [...(card?.querySelectorAll(".scale > span") ?? [])].map(e => e.textContent);
  return {
    title: `World: ${layer.title}`,
    about: about(run),
    canvases,
    legend: [],
    scale: { low: low ?? "", high: high ?? "", ramp: rampOf(layer), meaning: card?.querySelector(".meaning")?.textContent ?? "" },
  };
}

const drawn = (card: Element | null, selector: string): HTMLCanvasElement[] =>
  [...(card?.querySelectorAll<HTMLCanvasElement>(selector) ?? [])].filter(c => c.width > 0);

/** Downloads: what the page shows, and the data that the server has of the run. */
export function createDownloads(actions: Actions, page: () => HTMLElement): Panel {
  const picture = (paper: (page: HTMLElement, run: RunData) => Paper) => (run: RunData): Promise<Blob> =>
    new Promise((done, fail) => {
      draw(paper(page(), run)).toBlob(blob => (blob ? done(blob) : fail(new Error("The picture could not be created."))), "image/png");
    });
  const table = (what: string) => (run: RunData, format: string): Promise<Blob> =>
    actions.api.download("api/export", { session: run.sessionId, what, format });
  const list: readonly Download[] = [
    { title: "Metrics", says: "one row per episode", what: "metrics", endings: ["csv", "json"], make: table("metrics") },
    { title: "Q-table", says: "one row per state and action", what: "q-table", endings: ["csv", "json"], make: table("q-table") },
    { title: "Policy", says: "one row per state", what: "policy", endings: ["csv", "json"], make: table("policy") },
    { title: "Trajectories", says: "every step of the last 10 episodes", what: "trajectories", endings: ["csv", "json"],
      make: (run, format) => actions.api.download("api/trajectories", { session: run.sessionId, last: 10, format }) },
    { title: "Events", says: "everything that happened to the run", what: "events", endings: ["csv", "json"], make: table("events") },
    { title: "Episodes in the list", says: "the rows loaded in this live view", what: "episodes", endings: ["csv"],
      make: run => Promise.resolve(new Blob([episodesCsv(run.episodes)], { type: "text/csv" })) },
    { title: "Curve", says: "as it is drawn now", what: "curve", endings: ["png"], make: picture(curvePaper) },
    { title: "World", says: "as it is drawn now", what: "world", endings: ["png"], make: picture(worldPaper) },
    { title: "Animation", says: "how the run learned, replayed for it", what: "animation", endings: ["gif"],
      make: run => actions.api.download("api/animation", { session: run.sessionId }) },
    { title: "Run file", says: "the complete run, to open or resume elsewhere", what: "run", endings: ["db"],
      make: run => actions.api.download("api/run-file", { session: run.sessionId }) },
  ];
  const note = el("p", { class: "err", role: "alert", testid: "downloads-error", hidden: true });
  const element = card("Downloads", "downloads-card");
  addChildren(element, note,
    el("ul", { class: "downloads", testid: "downloads" },
      ...list.map(d =>
        el("li", {}, el("span", {}, el("b", {}, d.title), " ", el("span", { class: "quiet" }, d.says)), ...d.endings.map(e =>
          button(e === "db" ? "Download" : e.toUpperCase(), { "data-what": d.what, "data-ending": e,
            "aria-label": e === "db" ? "Download the run file" : `${d.title} as ${e.toUpperCase()}` }, () =>
            void get(d, e))
        ))
      )));
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
      setText(note, reason instanceof Refusal || reason instanceof Error ? reason.message : "The file could not be created.");
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
