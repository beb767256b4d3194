import { barFilter, barWords, type Bar } from "./histogram";
import { Refusal } from "../wire/api";
import { episodesCsv } from "./csv";
import { addChildren, button, card, el, setAttribute, setHidden, setText } from "../kit/dom";
import { count, exact, glance, tiny } from "../kit/format";
import { createLatest } from "../wire/latest";
import { glyph } from "../kit/layout";
import type { Actions, Moment, Panel } from "../kit/panel";
import type { WireRows } from "../wire/protocol";
import { createRows } from "../kit/rows";
import { createSamples } from "./samples";
import { got, readWhole } from "../kit/setting";
import { courseOf, toEpisode } from "../wire/series";
import type { EpisodeRow, RunData } from "../wire/view-state";

const atOnce = 200;

/** The episodes, one per row, newest first. Older rows are requested from the server. */
export function createLog(actions: Actions): Panel & { choose: (bar: Bar | null) => void } {
  const note = el("small", { testid: "log-note" });
  const jump = el("input", { testid: "log-jump", inputmode: "numeric", autocomplete: "off", placeholder: "Episode",
    "aria-label": "Jump to episode", "aria-describedby": "gw-log-error" });
  const newest = button("Newest", { testid: "log-newest", hidden: true }, () => show(null));
  const copy = button("Copy", { testid: "log-copy", title: "Copy the rows as CSV" }, () => void copyRows());
  const error = el("span", { class: "err", id: "gw-log-error", testid: "log-error", role: "alert", hidden: true });
  const form = el("form", { class: "jump" }, jump, el("button", { type: "submit", testid: "log-jump-send" }, "Go"));
  const element = card("Episodes", "log-card", note, newest, form, copy, error);
  const episodes = createRows("Episodes", "log", [
    { title: "Episode", kind: "first" },
    { title: "Return", kind: "number" },
    { title: "Steps", kind: "number" },
    { title: "Epsilon", kind: "number" },
    { title: "Learning rate", kind: "number roomy wide" },
    { title: "Mean Q", kind: "number" },
    { title: "Actions", kind: "number roomy actions" },
    { title: "End", kind: "number last" },
  ], "No episode has ended yet.", actions.redraw, key => actions.openEpisode(Number(key)));
  const passes = createRows("Passes", "log", [
    { title: "Pass", kind: "first" },
    { title: "Value at the start", kind: "number" },
    { title: "Updates", kind: "number" },
    { title: "Residual", kind: "number" },
    { title: "Policy changes", kind: "number last" },
  ], "No pass has ended yet.", actions.redraw, key => actions.openEpisode(Number(key)));
  addChildren(element, episodes.element, passes.element);
  const heading = element.querySelector("h2") as HTMLElement;
  const samples = createSamples(actions);
  let rows = episodes;
  /** Rows of the past that were asked for; null follows the run. */
  let past: { run: string; course: number; rows: readonly EpisodeRow[]; wanted: number; words?: string } | null = null;
  let run: RunData | null = null;
  const latest = createLatest();

  const fail = (text: string | null): void => {
    setText(error, text ?? "");
    setHidden(error, text === null);
    setAttribute(jump, "aria-invalid", text === null ? null : "true");
  };

  function show(next: typeof past): void {
    past = next;
    latest();
    fail(null);
    rows.reset();
    actions.redraw();
  }

  async function jumpTo(text: string): Promise<void> {
    const isLatest = latest(), last = run?.status?.episodes ?? 0, episode = readWhole(text);
    if (!run || episode === null || episode < 1 || episode > last) {
      fail(`Episode must be a whole number from 1 to ${count(last)}${got(text)}.`);
      return;
    }
    try {
      const first = Math.max(1, episode - atOnce / 2);
      const { rows: found } = await actions.api.get<WireRows>("api/episodes", { session: run.sessionId, start: first, count: atOnce });
      if (!isLatest()) return;
      if (!found.some(r => r[0] === episode)) {
        fail(`The row of episode ${count(episode)} is no longer stored. To see the episode, replay it in the Agent tab.`);
        return;
      }
      show({ run: run.sessionId, course: courseOf(run.events), rows: found.map(toEpisode), wanted: episode });
    } catch (reason) {
      if (isLatest()) fail(reason instanceof Refusal ? reason.message : "The episodes could not be loaded.");
    }
  }

  /** The newest episodes of a bar of the histogram; null follows the run again. */
  async function choose(bar: Bar | null): Promise<void> {
    if (bar === null || !run) {
      show(null);
      return;
    }
    const isLatest = latest(), { sessionId, events } = run;
    try {
      const { rows: found } = await actions.api.get<WireRows>("api/episodes", { session: sessionId,
        filter: barFilter(bar) || "return < 1e308", count: atOnce });
      if (isLatest()) show({ run: sessionId, course: courseOf(events), rows: found.map(toEpisode), wanted: 0, words: barWords(bar) });
    } catch (reason) {
      if (isLatest()) fail(reason instanceof Refusal ? reason.message : "The episodes could not be loaded.");
    }
  }

  async function copyRows(): Promise<void> {
    const list = past?.rows ?? run?.episodes ?? [];
    try {
      await navigator.clipboard.writeText(episodesCsv(list.map(samples.of)));
      setText(copy, "Copied");
    } catch {
      setText(copy, "Not allowed here");
    }
    setTimeout(() => setText(copy, "Copy"), 2000);
  }

  form.addEventListener("submit", e => {
    e.preventDefault();
    void jumpTo(jump.value);
  });

  function actionsOf(e: EpisodeRow, names: readonly string[]): string {
    return e.actions === null ? "–" : e.actions.map((n, a) => `${glyph(names[a] ?? "")}${count(n)}`).join(" ");
  }

  function draw(moment: Moment): void {
    run = moment.run;
    const planner = run.world?.planner === true;
    rows = planner ? passes : episodes;
    setText(heading, planner ? "Passes" : "Episodes");
    setAttribute(jump, "placeholder", planner ? "Pass" : "Episode");
    for (const list of [episodes, passes]) setHidden(list.element, list !== rows);
    if (past && (past.run !== run.sessionId || past.course !== courseOf(run.events))) past = null;
    const list = past?.rows ?? run.episodes, names = run.world?.actions ?? [];
    const last = list[list.length - 1]?.episode ?? 0, first = list[0]?.episode ?? 0, all = run.status?.episodes ?? last;
    setHidden(newest, past === null);
    setText(note,
      list.length === 0 ? ""
        : past?.words !== undefined ? `${list.length < atOnce ? "" : "the newest "}${count(list.length)} with a return of ${past.words}`
        : past ? `${count(first)} to ${count(last)}`
        : list.length < last ? `the last ${count(list.length)} of ${count(all)}` : "all of them");
    setAttribute(rows.element, "data-newest", String(last));
    const row = (i: number): EpisodeRow => samples.of(list[list.length - 1 - i] as EpisodeRow);
    const drawn = rows.draw(samples.source(list), list.length, last, i => {
      const e = row(i);
      return { key: String(e.episode),
        texts: planner ? [count(e.episode), glance(e.return), count(e.length), tiny(e.residual), count(e.policyChanges)]
          : [count(e.episode), glance(e.return), count(e.length), exact(e.epsilon), exact(e.learningRate), glance(e.meanQ),
            actionsOf(e, names), e.terminated ? "terminated" : "truncated"] };
    });
    // Rows of a bar lie far apart; only neighbors are rerun together.
    if (drawn && !planner && past?.words === undefined)
      samples.look(run.sessionId, Array.from({ length: drawn.count }, (_, i) => row(drawn.first + i)));
    if (past && past.wanted > 0) {
      rows.reveal(list.length - 1 - list.findIndex(e => e.episode === past?.wanted), list.length);
      past.wanted = 0;
    }
  }
  return {
    element,
    draw,
    choose: bar => void choose(bar),
    dispose: () => {
      episodes.dispose();
      passes.dispose();
      samples.dispose();
    },
  };
}
