import { session } from "../wire/api";
import { button, el, setAttribute, setText } from "../kit/dom";
import { createFork } from "./fork";
import type { Feed } from "../wire/feed";
import { count } from "../kit/format";
import { createNewer } from "../wire/latest";
import { isPutAway, type Actions, type Moment, type Panel } from "../kit/panel";
import type { WireStatus } from "../wire/protocol";
import { momentAfter, noTravel, settle, wish, type Travel } from "./travel";
import { wordsOf } from "../kit/words";

const speeds = [1, 5, 20, 100, 500, 2000], refresh = 2000;
/** A moment that arrives within this time, in ms, needs no progress text. */
const patience = 300;
/**
 * A slider over the run: everything as it was after an episode, and a fork from there. `hold`: the page is to keep its shape, or need
 * no longer.
 */
export function createTimeTravel(actions: Actions, hold: (isPast: boolean) => void): Panel & {
  to: (episode: number | null) => void;
  /** As a link says, be the moment there or not. */
  go: (episode: number | null) => void;
  forkAt: (episode: number) => void;
  total: () => number;
  /** The moment that is shown, or will be; null for the present. */
  at: () => number | null;
  /** The moment that is being computed, null for the present; undefined if none is, or not for long. */
  going: () => number | null | undefined;
  /** Whether the page shows an earlier moment, or will. */
  isAway: () => boolean;
} {
  let travel: Travel = noTravel;
  /** Episodes of the run as it is now, while the page shows an earlier moment. */
  let total = 0;
  let owner = "";
  let looked = 0;
  /** Since when the moment that was asked for is not the one that is shown. */
  let waitsSince: number | null = null;
  let isHeld = false, isPast = false;
  const newer = createNewer();
  let playing: { from: number; time: number } | null = null;

  const slider = el("input", { type: "range", min: 0, step: 1, value: 0, testid: "time", "aria-label": "Episode to show" });
  const words = el("small", { testid: "time-words" });
  const play = button("Play", { testid: "time-play", title: "Play the run episode by episode" }, () => {
    playing = playing ? null
      : { from: travel.wanted ?? (slider.valueAsNumber >= total ? 0 : slider.valueAsNumber), time: performance.now() };
    actions.redraw();
  });
  const speed = el("select", { testid: "time-speed", "aria-label": "Episodes per second" },
    ...speeds.map(s => el("option", { value: s }, `${count(s)} / s`)));
  speed.value = "20";
  const live = button("Back to now", { testid: "time-live" }, () => to(null));
  const fork = createFork(actions);
  const element = el("section", { class: "card time", testid: "time-row", "aria-label": "Time travel" },
    el("div", { class: "line" }, el("h2", {}, "Time travel"), words, el("span", { class: "spacer" }), fork.button, live),
    el("div", { class: "line" }, play, speed, slider), fork.form);

  slider.addEventListener("input", () => to(slider.valueAsNumber));

  function want(episode: number | null): void {
    if (episode !== null && !isHeld) hold(isHeld = true);
    travel = wish(travel, episode);
    actions.redraw();
  }

  const wanted = (): number | null => (travel.wanted === undefined ? actions.feed.request.at ?? null : travel.wanted);

  /** The episode that is shown, or will be as soon as it is here. */
  const place = (): number => wanted() ?? total;

  function isOnTheWay({ state, request, connection, fault }: Feed): boolean {
    return state.shown.at !== (request.at ?? null) && connection.kind === "live" && fault === null;
  }

  /** Not what was drawn last: other panels ask, and all of them are to show the same. */
  function going(): number | null | undefined {
    const isLate = waitsSince !== null && isOnTheWay(actions.feed) && Date.now() - waitsSince >= patience;
    return isLate ? actions.feed.request.at ?? null : undefined;
  }

  /** While an earlier moment is shown, its frames don't say how far the run is by now. */
  function lookAtPresent(now: number): void {
    if (now - looked < refresh) return;
    looked = now;
    const id = owner, isNewer = newer();
    actions.api.get<WireStatus>(session(id, "status")).then(status => {
      if (id === owner && isNewer()) total = status.episodes;
      actions.redraw();
    }, () => undefined);
  }

  const go = (episode: number | null): void => {
    playing = null;
    want(episode);
  };

  /** The last place of all is the present, which moves on. */
  const to = (episode: number | null): void => go(episode !== null && episode >= total ? null : episode);

  return {
    element,
    to,
    go,
    total: () => total,
    at: wanted,
    going,
    isAway: () => isHeld,
    forkAt: episode => {
      to(episode);
      fork.open();
    },
    draw: ({ run, feed, now }: Moment) => {
      if (run.sessionId !== owner) {
        owner = run.sessionId;
        [travel, playing, total, looked] = [noTravel, null, run.at ?? 0, 0];
      }
      if (run.at === null && run.status) total = run.status.episodes;
      else if (run.at !== null) lookAtPresent(now);
      if (playing) {
        const to = momentAfter(playing.from, performance.now() - playing.time, Number(speed.value), total);
        if (to >= total) playing = null;
        want(to >= total ? null : to);
      }
      travel = settle(travel, feed.request.at ?? null, feed.isWaiting, episode => feed.ask({ at: episode }));
      const at = feed.request.at ?? null, { episode } = wordsOf(run.world);
      // A link may lead into the past: what is to keep its shape has to have one first.
      if (!isHeld && run.at !== null) {
        if (isPast) hold(isHeld = true);
        else actions.redraw();
      }
      isPast = run.at !== null;
      if (isHeld && at === null && run.at === null && travel.wanted === undefined && !playing) hold(isHeld = false);
      if (!isOnTheWay(feed)) waitsSince = null;
      else if (waitsSince === null) {
        waitsSince = now;
        setTimeout(actions.redraw, patience);
      }
      if (isPutAway(element)) return;
      setAttribute(slider, "max", String(total));
      if (document.activeElement !== slider || playing || at === null) slider.value = String(place());
      setAttribute(slider, "aria-valuetext", `${episode} ${count(place())} of ${count(total)}`);
      const isLate = going() !== undefined;
      setAttribute(element, "aria-busy", isLate ? "true" : null);
      setText(words,
        isLate ? (at === null ? "going back to now…" : `going to ${episode} ${count(at)} of ${count(total)}…`)
          : run.at === null ? `${episode} ${count(total)}: now` : `${episode} ${count(run.at)} of ${count(total)}, as it was then`);
      // Its room is kept, so that nothing moves when it comes.
      live.classList.toggle("absent", at === null && run.at === null);
      setText(play, playing ? "Pause" : "Play");
      setAttribute(element, "data-at", run.at === null ? null : String(run.at));
      setAttribute(element, "data-total", String(total));
      element.classList.toggle("past", run.at !== null);
      slider.disabled = play.disabled = total === 0;
      fork.draw(run.sessionId, run.world?.hyperparameters ?? [], place(), run.status?.target_episodes ?? null,
        feed.connection.kind === "live" && !(run.status?.can_control === false && run.status.state === "training"));
    },
  };
}
