import { Refusal, session, type Api } from "../wire/api";
import type { ViewCache } from "../wire/cache";
import { createAgent } from "../time/agent";
import { createBreakpoints } from "../run/breakpoints";
import { createBanner } from "../run/banner";
import { createCurve } from "../curve/curve";
import { curveHelp } from "../curve/legend";
import { createCheckpoints } from "../run/checkpoints";
import { watchCommands } from "../wire/commands";
import { createDownloads } from "../run/downloads";
import { createDiagnostics } from "../run/diagnostics";
import { addChildren, el, setChildren } from "../kit/dom";
import { createEventList } from "../kit/event-list";
import { createEvents } from "../run/events";
import { createFacts } from "../run/facts";
import type { Feed } from "../wire/feed";
import { createFoot } from "../run/foot";
import { createHistory } from "../time/history";
import { createHead } from "../run/head";
import { createHyperparameters } from "../run/hyperparameters";
import { createKeeper } from "../wire/keeper";
import { createKeys } from "../kit/keys";
import { createLog } from "../run/log";
import { createMilestone } from "../run/milestone";
import { isolated, visible } from "../kit/names";
import { createNewRun } from "../run/new-run";
import { createOffers } from "../run/offers";
import { createPageLog } from "../run/page-log";
import { createPanels } from "./panels";
import { createPainter } from "../kit/painter";
import { isPutAway, type Actions, type Panel } from "../kit/panel";
import { createReturns } from "../run/returns";
import { createRuns } from "../run/runs";
import { createRunTable } from "../table/run-table";
import { createSessions } from "../wire/sessions";
import { createSweepList } from "../sweep/list";
import { createSweeps } from "../wire/sweeps";
import { createTabs } from "../kit/tabs";
import { onThemeChange } from "../kit/theme";
import { createTimeTravel } from "../time/time";
import { createCopies, createPlace } from "./place";
import type { Place } from "../wire/link";
import { uplot } from "../kit/uplot";
import { createWelcome } from "../run/welcome";
import { createWorld } from "../map/world";

export interface PageSource {
  api: Api;
  feed: Feed;
  cache: ViewCache;
  /** The run that the link names, null for the newest, and what of it. */
  run: string | null;
  place: Place;
  /** Called when something else is seen: another run, or another moment of it if `isNew`. */
  onPlace: (run: string, place: Place, isNew: boolean) => void;
  /** The address of a place of a run. */
  linkTo: (run: string, place: Place) => string;
  /** Shows a sweep or an ensemble instead. */
  showSweep: (id: string) => void;
}

export interface Page {
  redraw: () => void;
  /** Shows another run, or another place of it; null for the newest run. */
  visit: (run: string | null, place: Place) => void;
  dispose: () => void;
}

/** The time in ms after which the page is drawn again without news. */
const tick = 1000;

/** What the banner takes of the window's lower end, in px. */
const bannerRoom = 70;

/** All that is seen of a run, in `host`, and what draws it. */
export function createPage(host: HTMLElement,
  { api: server, feed, cache, run, place: from, onPlace, linkTo, showSweep }: PageSource): Page
{
  let seen = false, drawn = 0;
  let said: string | null = null;
  /** Where the page scrolls to, once it shows a run. */
  let goal: Element | null = null;
  const episodeListeners: ((episode: number) => void)[] = [];
  // Time travel and the replay of an episode go on where they are not seen: other panels follow them. So do the head's keys.
  const isHidden = (panel: Panel): boolean => {
    const whole = document.fullscreenElement;
    return panel !== time && panel !== agent && panel !== head
      && (isPutAway(panel.element) || whole !== null && !whole.contains(panel.element));
  };
  const painter = createPainter({
    // A canvas that is given its size or font lays the page out. At first the words are all new, and have to be there before; later few
    // of them change, and if they did so before the canvases, the page would be laid out twice.
    panels: () => (seen ? later : first),
    begin: () => {
      const run = feed.state.shown;
      page.classList.toggle("unseen", run.status === null);
      page.classList.toggle("past", run.at !== null);
      page.toggleAttribute("data-painting", true);
      return { run, feed, now: Date.now() };
    },
    spread: () => seen,
    isHidden,
    painted: (moment, failures) => {
      const { run } = moment;
      drawn = moment.now;
      page.toggleAttribute("data-painting", false);
      place.keep(moment);
      copies.draw(place.here(moment), time.total());
      log.failed(failures);
      feed.painted(run);
      keeper.look();
      if (goal && run.status) {
        goal.scrollIntoView();
        goal = null;
      }
      if (!seen && (world.isDrawn() || isHidden(world))) {
        seen = true;
        performance.mark("gridworld-first-view");
      }
      document.title = run.status ? visible(`${isolated(run.status.name || run.status.run_id)} · GridWorld`) : "GridWorld";
    },
  });
  const redraw = painter.ask;
  const log = createPageLog(redraw);
  const { api, pending } = watchCommands(server, redraw);
  const keeper = createKeeper(feed, cache, run);
  const actions: Actions = {
    api,
    feed,
    redraw,
    pending,
    say: text => {
      said = text;
      redraw();
    },
    showRun: id => {
      feed.ask({ run: id, start: null, end: null });
    },
    showSweep,
    openEpisode: episode => {
      openTab("agent");
      for (const listener of episodeListeners) listener(episode);
    },
    onOpenEpisode: listener => episodeListeners.push(listener),
    travel: episode => time.to(episode),
    forkAt: episode => {
      panels.reveal(timeSlot);
      time.forkAt(episode);
    },
    command: async (verb, body) => {
      said = null;
      try {
        return await api.post(session(feed.state.shown.sessionId, verb), body);
      } catch (error) {
        if (verb !== "hyperparameters") actions.say(error instanceof Refusal ? error.message : "The command was not sent.");
        throw error;
      }
    },
  };

  /** Shows a tab that someone asked for elsewhere on the page. */
  function openTab(name: string): void {
    panels.reveal(tabs.element);
    tabs.select(name);
  }

  /** All panels but the two canvases, in the order in which they are drawn. */
  const words: Panel[] = [];
  const add = <P extends Panel>(panel: P): P => {
    words.push(panel);
    return panel;
  };
  // First: a key that is pressed when its button has gone belongs to the page again.
  const banner = add(createBanner(feed, {
    words: () => ({ said: said ?? feed.missed, broken: log.said(), pending: pending(), total: time.total(), going: time.going() }),
    backToNow: () => time.to(null),
    clear: () => {
      feed.dismiss();
      actions.say(null);
    },
    showEvents: () => {
      openTab("events");
      events.focus();
    },
  }));
  const head = add(createHead(actions));
  const eventList = createEventList(actions), curve = createCurve(actions, eventList);
  const world = createWorld(actions);
  const time = add(createTimeTravel(actions, isPast => {
    // The past has other words than the present: what stands above the slider, or next to it, keeps its height under the hand that
    // drags it.
    const { top } = head.element.getBoundingClientRect(), slider = time.element.getBoundingClientRect();
    diagnostics.hold(isPast);
    page.classList.toggle("held", isPast);
    // The banner stands at the bottom, but not over the slider, which stays where it was.
    page.classList.toggle("over-time", slider.bottom > innerHeight - bannerRoom && slider.top < innerHeight);
    page.style.marginTop = "";
    if (isPast) page.style.marginTop = `${top - head.element.getBoundingClientRect().top}px`;
    for (const { element } of [head, curve, world, settings])
      element.style.minHeight = isPast ? `${element.getBoundingClientRect().height}px` : "";
  }));
  const events = add(createEvents(actions, eventList)), diagnostics = add(createDiagnostics());
  const sessions = createSessions(api, redraw), table = add(createRunTable(actions, sessions));
  const sweeps = createSweeps(api, redraw), sweepList = add(createSweepList(sweeps, redraw, showSweep));
  head.element.querySelector("h1")?.after(add(createRuns(actions, sessions, sweeps)).element);
  const settings = add(createHyperparameters(actions));
  addChildren(settings.element, add(createMilestone(actions)).element);
  const history = add(createHistory(actions, world.kept));
  // Places for what is told over time: a row under what it takes back in time, and the tab that replays an episode.
  const timeSlot = el("div", { class: "time-slot" }, time.element);
  const agent = add(createAgent(actions, world.follow));
  const agentSlot = el("div", { class: "agent-slot" }, agent.element);
  const episodeLog = add(createLog(actions)), returns = add(createReturns(actions, episodeLog.choose));
  const tabs = createTabs("More about the run", [
    { name: "episodes", title: "Episodes", content: el("div", { class: "episode-lists" }, episodeLog.element, returns.element) },
    { name: "agent", title: "Agent", content: agentSlot },
    { name: "events", title: "Events", content: el("div", {}, log.element, events.element) },
    { name: "checkpoints", title: "Checkpoints", content: add(createCheckpoints(actions)).element },
    { name: "breakpoints", title: "Breakpoints", content: add(createBreakpoints(actions)).element },
    { name: "new", title: "New run", content: add(createNewRun(actions, sessions.canControl)).element },
    { name: "runs", title: "Runs", content: el("div", { class: "run-lists" }, sweepList.element, table.element) },
    { name: "downloads", title: "Downloads", content: add(createDownloads(actions, () => page)).element },
  ], painter.show);
  const place = createPlace({ at: time.at, travel: time.go, kept: world.kept, keep: world.keep, layer: world.layer, choose: world.choose,
    tab: tabs.selected, select: tabs.select, showRun: (id, at) => feed.ask({ run: id, start: null, end: null, at }) }, run, from, redraw,
    onPlace);
  const copies = createCopies(to => linkTo(feed.state.shown.sessionId, to));
  head.element.querySelector("h1")?.after(copies.run);
  const facts = add(createFacts());
  time.element.querySelector("[data-testid=fork]")?.before(copies.moment);
  world.element.querySelector("[data-testid=state-facts] > .aloud")?.before(copies.cell);
  const page = el("div", { class: "gw unseen", testid: "widget", dir: "ltr", lang: "en" }, banner.element,
    add(createWelcome(actions, sessions, sweeps, add(createNewRun(actions, sessions.canControl)).element, newest => {
      openTab("runs");
      goal = tabs.element;
      actions.showRun(newest);
    })).element, add(createOffers(actions, sessions)).element, head.element, facts.element,
    el("div", { class: "grid" }, curve.element, world.element, timeSlot, history.element,
      el("div", { class: "side" }, diagnostics.element, settings.element)), tabs.element, add(createFoot(() => keys.show())).element);
  const panels = createPanels([
    ["facts", "Numbers", facts.element],
    ["curve", "Curve", curve.element],
    ["world", "World", world.element],
    ["time", "Time travel", timeSlot],
    ["diagnostics", "Diagnostics", diagnostics.element],
    ["hyperparameters", "Hyperparameters", settings.element],
    ["tabs", "Lists in tabs", tabs.element],
  ], painter.show);
  addChildren(head.element, panels.menu);
  setChildren(host, page);
  let pointed: Element | null = null;
  page.addEventListener("pointerover", e => pointed = e.target instanceof Element ? e.target.closest(".card") : null);
  const fillScreen = async (): Promise<void> => {
    try {
      await (document.fullscreenElement ? document.exitFullscreen()
        : (pointed ?? document.activeElement?.closest(".card"))?.requestFullscreen());
    } catch {
      actions.say("The whole screen is not allowed here. Open the live view in a tab of its own.");
    }
  };
  const keys = createKeys(page, [
    { key: " ", shown: "Space", does: "pause and resume", run: head.togglePause },
    { key: "n", shown: "N", does: "train one episode, then pause", run: head.oneEpisode },
    { key: "l", shown: "L", does: "next layer of the map", run: world.nextLayer },
    { key: "f", shown: "F", does: "the card under the pointer on the whole screen, and back", run: () => void fillScreen() },
    { key: "escape", shown: "Esc", does: "from an earlier moment back to now", isOn: time.isAway, run: () => time.to(null) },
  ], curveHelp);

  const first: Panel[] = [...words, world, curve], later: Panel[] = [curve, world, ...words];

  // For what changes by itself; the frames of a run in training draw it anyway.
  const clock = setInterval(() => {
    if (Date.now() - drawn >= tick) redraw();
  }, tick);
  const endTheme = onThemeChange(() => {
    curve.retheme();
    world.retheme();
    table.retheme();
    redraw();
  });
  const onVisible = (): void => {
    if (document.visibilityState !== "visible") {
      keeper.flush();
      return;
    }
    feed.retry();
    redraw();
  };
  const onOnline = (): void => feed.retry();
  document.addEventListener("visibilitychange", onVisible);
  document.addEventListener("fullscreenchange", painter.show);
  addEventListener("online", onOnline);
  place.start();
  redraw();
  // Whatever offers and choices there are stand in the first view, and don't push it down later.
  sessions.look(Date.now());
  // Begins while the server answers, not when there is something to draw.
  uplot(redraw);

  return {
    redraw,
    visit: place.visit,
    dispose: () => {
      keeper.flush();
      clearInterval(clock);
      painter.stop();
      endTheme();
      keys.dispose();
      document.removeEventListener("visibilitychange", onVisible);
      document.removeEventListener("fullscreenchange", painter.show);
      removeEventListener("online", onOnline);
      for (const panel of later) panel.dispose?.();
      page.remove();
    },
  };
}
