import { addChildren, button, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { count } from "../kit/format";
import { visible } from "../kit/names";
import { onThemeChange } from "../kit/theme";
import { Refusal, sweep, type Api } from "../wire/api";
import { toNumber, type WireSweepPlot, type WireSweepStatus, type WireTrial, type WireTrials } from "../wire/protocol";
import { createSweeps } from "../wire/sweeps";
import { createBand } from "./band";
import { createBest } from "./best";
import { barFilter, createHistogram } from "../run/histogram";
import { createFacts } from "./facts";
import { createHead } from "./head";
import { createImportance } from "./importance";
import { createParallel } from "./parallel";
import { createScatters } from "./scatter";
import { createSeeds } from "./seeds";
import { noTrials, readPlot, type Trials } from "./trials-data";
import { createTrials, settingsWords } from "./trials";
import { createWorkers } from "./workers";
import { glance } from "../kit/format";

export interface SweepSource {
  api: Api;
  /** The sweep or ensemble. */
  id: string;
  showRun: (id: string | null) => void;
  showSweep: (id: string) => void;
}

/** Between two looks at a sweep in training, and at one that has ended, in ms; the plots are renewed at most every so often. */
const often = 1000, seldom = 5000, plotEvery = 2000;

/** All that is seen of a sweep or an ensemble, in `host`. Returns a function that removes it. */
export function createSweepPage(host: HTMLElement, { api, id, showRun, showSweep }: SweepSource): () => void {
  let status: WireSweepStatus | null = null, trials: Trials = noTrials, filter = "", selected: number | null = null,
    said: string | null = null;
  let fault: string | null = null, isSent = false, stamp = "", plotted = "", plotAt = 0, isPlotting = false;
  let timer: ReturnType<typeof setTimeout> | undefined, typing: ReturnType<typeof setTimeout> | undefined, frame = 0, isFirst = true;

  const over = new AbortController(), isOver = (): boolean => over.signal.aborted, sweeps = createSweeps(api, redraw);
  const head = createHead(verb => void command(verb), () => showRun(null), showSweep), facts = createFacts();
  const banner = el("p", { class: "banner severe", testid: "sweep-fault", role: "alert", hidden: true });
  const input = el("input", { type: "search", testid: "trial-filter", "aria-label": "Filter the trials", spellcheck: "false",
    autocomplete: "off", placeholder: "Filter: learning_rate < 0.1  learner = sarsa" });
  const filterFault = el("p", { class: "err", testid: "trial-filter-error", role: "alert", hidden: true });
  const clear = button("Clear filter", { testid: "trial-filter-clear" }, () => refilter(""));
  const best = createBest(n => void selectNumber(n)), workers = createWorkers(), importance = createImportance(api, id);
  const parallel = createParallel(refilter), scatters = createScatters(n => void selectNumber(n));
  const seeds = createSeeds(api, id, showRun), table = createTrials(api, id, () => filter, select, redraw);
  const band = createBand(api, id, seed => showRun(`${id}/${seed}`));
  seeds.element.hidden = true;
  const ofSweep = el("div", { class: "sweep-grid" }, best.element, el("div", { class: "table-tools across" }, input, clear), filterFault,
    parallel.element, scatters.element, importance.element, table.element, workers.element);
  const returns = createHistogram("Returns of the seeds, last 100 episodes", "seed", () => api.get(sweep(id, "histogram")),
    bar => seeds.show(null, "", false, bar === null ? "" : barFilter(bar)));
  const ofEnsemble = el("div", { class: "sweep-grid" }, band.element, returns.element), body = el("div", { class: "sweep-body" });
  const page = el("div", { class: "gw sweep", testid: "sweep", "data-kind": "", dir: "ltr", lang: "en" }, banner, head.element,
    facts.element, body);
  setChildren(host, page);

  function redraw(): void {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  }

  function draw(): void {
    const words = fault ?? said ?? status?.message ?? null;
    setText(banner, words ?? "");
    setHidden(banner, words === null);
    sweeps.look(Date.now());
    head.draw(status, sweeps.list(), id, isSent);
    setHidden(facts.element, status === null);
    if (!status) return;
    facts.draw(status);
    const isSweep = status.sweep !== null, isLive = status.state === "training";
    if (page.dataset.kind === "") {
      setAttribute(page, "data-kind", isSweep ? "sweep" : "ensemble");
      const shown = isSweep ? ofSweep : ofEnsemble;
      addChildren(shown, seeds.element);
      addChildren(body, shown);
      if (!isSweep) seeds.show(null, "", false);
    }
    document.title = visible(`${status.name || status.sweep_id} · GridWorld`);
    if (!status.sweep) return;
    table.draw(status.sweep);
    best.draw(status.sweep);
    workers.draw(status.sweep);
    importance.draw(status.sweep, isLive);
    parallel.draw(trials, filter, selected);
    scatters.draw(trials, selected);
    clear.disabled = filter === "";
    setAttribute(page, "data-trials", String(trials.total));
    if (isFirst && trials !== noTrials && table.grid.total() > 0) {
      isFirst = false;
      performance.mark("gridworld-first-view");
    }
  }

  async function look(): Promise<void> {
    clearTimeout(timer);
    if (isOver() || document.visibilityState === "hidden") return;
    try {
      status = await api.get<WireSweepStatus>(sweep(id, "status"));
      fault = null;
    } catch (e) {
      fault = e instanceof Refusal ? e.message : "The server did not answer.";
    }
    if (isOver()) return;
    const now = status === null ? "" : `${status.state} ${status.steps} ${status.sweep?.ended ?? ""}`;
    if (status && now !== stamp) {
      stamp = now;
      if (status.sweep) table.grid.renew();
      else {
        band.renew();
        returns.renew();
      }
      seeds.renew();
    }
    if (status?.sweep && plotted !== `${stamp}\n${filter}`) void replot();
    const isLive = status?.state === "training" || status?.state === "paused";
    timer = setTimeout(() => void look(), isLive ? often : seldom);
    redraw();
  }

  async function replot(): Promise<void> {
    const now = performance.now(), key = `${stamp}\n${filter}`, isOther = plotted.split("\n")[1] !== filter;
    if (isPlotting || (!isOther && now - plotAt < plotEvery && plotted !== "" && status?.state === "training")) return;
    [isPlotting, plotAt] = [true, now];
    try {
      const found = await api.get<WireSweepPlot>(sweep(id, "plot"), { filter: filter || null });
      trials = readPlot(found, status?.sweep?.higher_is_better !== false, status?.sweep?.best.map(b => b.trial));
      plotted = key;
      tellFilter(null);
    } catch (e) {
      plotted = key;
      tellFilter(e instanceof Refusal ? e.message : "The trials could not be loaded.");
    } finally {
      isPlotting = false;
    }
    if (isOver()) return;
    redraw();
    if (plotted !== `${stamp}\n${filter}` && plotted.split("\n")[1] !== filter) void replot();
  }

  function tellFilter(words: string | null): void {
    setText(filterFault, words ?? "");
    setHidden(filterFault, words === null);
    setAttribute(input, "aria-invalid", String(words !== null));
  }

  function refilter(next: string): void {
    if (input.value !== next) input.value = next;
    filter = next.trim();
    table.grid.reset();
    void replot();
    redraw();
  }
  input.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => refilter(input.value), 150);
  });

  function select(trial: WireTrial): void {
    selected = trial.trial;
    table.grid.mark(String(trial.trial));
    const result = trial.objective === null ? trial.state : `${trial.state}: ${glance(toNumber(trial.objective))}`;
    seeds.show(trial.trial,
      `Trial ${count(trial.trial)}${trial.purpose === "test" ? ", a test on fresh seeds" : ""} · ${trial.learner} in ${trial.world} · ${
        settingsWords(trial)
      } · ${result}`, true);
    redraw();
  }

  async function selectNumber(number: number): Promise<void> {
    try {
      const { trials: [found] } = await api.get<WireTrials>(sweep(id, "trials"), { filter: `trial = ${number}`, count: 1 });
      if (!found || isOver()) return;
      select(found);
      seeds.element.scrollIntoView({ block: "nearest" });
    } catch {
      // It is in the table all the same.
    }
  }

  async function command(verb: string): Promise<void> {
    [isSent, said] = [true, null];
    redraw();
    try {
      status = await api.post<WireSweepStatus>(sweep(id, verb));
    } catch (e) {
      said = e instanceof Refusal ? e.message : "The command was not sent.";
    }
    isSent = false;
    void look();
  }

  const endTheme = onThemeChange(() => {
    parallel.redraw();
    scatters.redraw();
    band.redraw();
  });
  const onVisible = (): void => {
    if (document.visibilityState === "visible") void look();
  };
  document.addEventListener("visibilitychange", onVisible);
  void look();

  return () => {
    over.abort();
    clearTimeout(timer);
    clearTimeout(typing);
    cancelAnimationFrame(frame);
    endTheme();
    document.removeEventListener("visibilitychange", onVisible);
    for (const part of [parallel, scatters, band, seeds, table.grid]) part.dispose();
    page.remove();
  };
}
