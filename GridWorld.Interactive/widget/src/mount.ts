import { Refusal, createApi, session } from "./api";
import { openCache } from "./cache";
import { createAgent } from "./agent";
import { createBanner } from "./banner";
import { createCurve, pointsForAll } from "./curve";
import { createCheckpoints } from "./checkpoints";
import { createCompare } from "./compare";
import { createDownloads } from "./downloads";
import { createDiagnostics } from "./diagnostics";
import { el } from "./dom";
import { createEvents } from "./events";
import { createFacts } from "./facts";
import { Feed, type Hub } from "./feed";
import { createFoot } from "./foot";
import { createHead } from "./head";
import { connectHub, diagnose } from "./hub";
import { createHyperparameters } from "./hyperparameters";
import { createKeeper } from "./keeper";
import { createKeys } from "./keys";
import type { Link } from "./link";
import { createLog } from "./log";
import { createMilestone } from "./milestone";
import { createOffers } from "./offers";
import { everything } from "./map-view";
import type { Actions, Panel } from "./panel";
import { createRuns } from "./runs";
import { createSessions } from "./sessions";
import { createTabs } from "./tabs";
import { onThemeChange } from "./theme";
import { createTimeTravel } from "./time";
import { createWorld } from "./world";

export interface MountOptions {
  /** Where the server's paths start; proxies add a prefix to it. */
  base: string;
  link: Link;
  /** Milliseconds between frames, 100 to 500. */
  interval?: number;
  /** Called when another run was chosen. */
  onRun?: (id: string) => void;
  hub?: Hub;
  fetch?: typeof fetch;
}

/** Shows a run in `host`. Returns what takes it away again: listeners, timers, socket and all. */
export function mount(host: HTMLElement, options: MountOptions): () => void {
  const api = createApi(options.base, options.link.token, options.fetch ?? fetch.bind(globalThis));
  let frame = 0;
  let seen = false;
  let said: string | null = null;
  const episodeListeners: ((episode: number) => void)[] = [];
  const redraw = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const feed = new Feed({
    hub: options.hub ?? connectHub(options.base, options.link.token),
    diagnose: lastInstance => diagnose(api, lastInstance),
    onChange: redraw,
    view: {
      run: options.link.run, start: null, end: null, last: null, points: pointsForAll, interval_ms: options.interval ?? 500,
      log_rows: 1000, map: { layer: "value", ...everything },
    },
  });
  const keeper = createKeeper(feed, openCache(new URL(options.base).pathname, globalThis.indexedDB), options.link.run);
  const actions: Actions = {
    api, feed, redraw,
    say: text => {
      said = text;
      redraw();
    },
    showRun: id => {
      feed.ask({ run: id, start: null, end: null });
      options.onRun?.(id);
    },
    openEpisode: episode => {
      tabs.select("agent");
      for (const listener of episodeListeners) listener(episode);
    },
    onOpenEpisode: listener => episodeListeners.push(listener),
    travel: episode => time.to(episode),
    forkAt: episode => time.forkAt(episode),
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

  const head = createHead(actions);
  const curve = createCurve(actions);
  const world = createWorld(actions);
  const time = createTimeTravel(actions), agent = createAgent(actions, world.follow);
  const events = createEvents(actions);
  const banner = createBanner(feed, () => said, time, () => {
    feed.fault = null;
    actions.say(null);
  }, () => {
    tabs.select("events");
    events.focus();
  });
  const facts = createFacts(), diagnostics = createDiagnostics(), settings = createHyperparameters(actions), log = createLog(actions);
  const sessions = createSessions(api, redraw), compare = createCompare(actions, sessions);
  const runs = createRuns(actions, sessions, options.onRun ?? (() => undefined)), downloads = createDownloads(actions, () => page);
  const offers = createOffers(actions, sessions);
  head.element.querySelector("h1")?.after(runs.element);
  const milestone = createMilestone(actions), checkpoints = createCheckpoints(actions);
  settings.element.append(milestone.element);
  const foot = createFoot(() => keys.show());
  // Places for what is told over time: a row under the cards, and the tab that replays an episode.
  const timeSlot = el("div", { class: "time-slot" }, time.element), agentSlot = el("div", { class: "agent-slot" }, agent.element);
  const tabs = createTabs("More about the run", [
    { name: "episodes", title: "Episodes", content: log.element },
    { name: "agent", title: "Agent", content: agentSlot },
    { name: "events", title: "Events", content: events.element },
    { name: "checkpoints", title: "Checkpoints", content: checkpoints.element },
    { name: "compare", title: "Compare", content: compare.element },
    { name: "downloads", title: "Downloads", content: downloads.element },
  ]);
  const page = el("div", { class: "gw unseen", testid: "widget" },
    banner.element, offers.element, head.element, facts.element,
    el("div", { class: "grid" }, curve.element, world.element, el("div", { class: "side" }, diagnostics.element, settings.element)),
    timeSlot, tabs.element, foot.element);
  host.replaceChildren(page);
  const keys = createKeys(page, [
    { key: " ", shown: "Space", does: "pause and resume", run: head.togglePause },
    { key: "n", shown: "N", does: "one episode, then pause", run: head.oneEpisode },
    { key: "l", shown: "L", does: "next layer of the map", run: world.nextLayer },
  ]);

  const panels: readonly Panel[] = [banner, head, runs, offers, downloads, facts, curve, world, time, agent, diagnostics, settings, milestone, log, events, checkpoints, compare, foot];
  function draw(): void {
    frame = 0;
    const moment = { run: feed.state.shown, feed, now: Date.now() };
    for (const panel of panels) panel.draw(moment);
    page.classList.toggle("unseen", moment.run.status === null);
    feed.painted();
    keeper.look();
    if (!seen && moment.run.tiles.size > 0) {
      seen = true;
      performance.mark("gridworld-first-view");
    }
    document.title = moment.run.status ? `${moment.run.status.name || moment.run.status.run_id} · GridWorld` : "GridWorld";
  }

  const clock = setInterval(redraw, 1000);
  const endTheme = onThemeChange(() => {
    curve.retheme();
    world.retheme();
    compare.retheme();
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
  addEventListener("online", onOnline);
  redraw();

  return () => {
    keeper.flush();
    clearInterval(clock);
    cancelAnimationFrame(frame);
    endTheme();
    keys.dispose();
    document.removeEventListener("visibilitychange", onVisible);
    removeEventListener("online", onOnline);
    feed.close();
    for (const panel of panels) panel.dispose?.();
    page.remove();
  };
}
