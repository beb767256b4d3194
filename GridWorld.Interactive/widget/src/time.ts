import { Refusal, session } from "./api";
import { button, el, setAttribute, setHidden, setText } from "./dom";
import { count } from "./format";
import type { Actions, Moment, Panel } from "./panel";
import type { Status } from "./protocol";
import { readNumber, readWhole } from "./setting";
import { momentAfter, noTravel, settle, wish, type Travel } from "./travel";

const speeds = [1, 5, 20, 100, 500, 2000], refresh = 2000;
const settings = [["learning_rate", "Learning rate"], ["epsilon", "Epsilon"], ["discount_factor", "Discount factor"], ["episodes", "Episodes from there on"]] as const;

/** A slider over the run: everything as it was after an episode, and a fork from there. */
export function createTimeTravel(actions: Actions): Panel & { to: (episode: number | null) => void; forkAt: (episode: number) => void; total: () => number } {
  let travel: Travel = noTravel;
  /** Episodes of the run as it is now, while the page shows an earlier moment. */
  let total = 0;
  let owner = "";
  let looked = 0;
  let playing: { from: number; time: number } | null = null;

  const slider = el("input", { type: "range", min: 0, step: 1, value: 0, testid: "time", "aria-label": "Episode to look at" });
  const words = el("small", { testid: "time-words" });
  const play = button("Play", { testid: "time-play", title: "Play the run as it was trained" }, () => {
    playing = playing ? null : { from: travel.wanted ?? (slider.valueAsNumber >= total ? 0 : slider.valueAsNumber), time: performance.now() };
    actions.redraw();
  });
  const speed = el("select", { testid: "time-speed", "aria-label": "Episodes a second" }, ...speeds.map(s => el("option", { value: s }, `${count(s)} / s`)));
  speed.value = "20";
  const live = button("Back to live", { testid: "time-live" }, () => to(null));
  const fork = button("Fork from here", { testid: "fork", "aria-expanded": "false", "aria-controls": "gw-fork" }, () => open(form.hidden === true));
  const fields = settings.map(([name, title]) => ({ name, input: el("input", { type: "text", inputmode: "decimal", placeholder: "as it was", testid: `fork-${name.replace("_", "-")}`, "aria-label": title }), title }));
  const name = el("input", { type: "text", maxlength: 200, placeholder: "by itself", testid: "fork-name", "aria-label": "Name of the fork" });
  const fault = el("p", { class: "err", role: "alert", testid: "fork-error", hidden: true });
  const form = el("form", { class: "fork", id: "gw-fork", testid: "fork-form", hidden: true },
    ...fields.map(f => el("label", {}, f.title, f.input)), el("label", {}, "Name", name), el("button", { type: "submit", class: "primary", testid: "fork-send" }, "Fork"), fault);
  const element = el("section", { class: "card time", testid: "time-row", "aria-label": "Time travel" },
    el("div", { class: "line" }, el("h2", {}, "Time travel"), words, el("span", { class: "spacer" }), live, fork),
    el("div", { class: "line" }, play, speed, slider), form);

  function open(isOpen: boolean): void {
    setHidden(form, !isOpen);
    setAttribute(fork, "aria-expanded", String(isOpen));
    if (isOpen) form.querySelector("input")?.focus();
  }

  form.addEventListener("submit", e => {
    e.preventDefault();
    void send();
  });
  slider.addEventListener("input", () => to(slider.valueAsNumber));

  function want(episode: number | null): void {
    travel = wish(travel, episode);
    actions.redraw();
  }

  /** The episode that someone looks at, or will as soon as it has come. */
  function place(): number {
    return (travel.wanted === undefined ? actions.feed.request.at ?? null : travel.wanted) ?? total;
  }

  async function send(): Promise<void> {
    const body: Record<string, string | number> = { episode: place() };
    for (const f of fields) {
      if (f.input.value.trim() === "") continue;
      const value = f.name === "episodes" ? readWhole(f.input.value) : readNumber(f.input.value);
      body[f.name] = value ?? f.input.value;
    }
    if (name.value.trim() !== "") body.name = name.value.trim();
    setHidden(fault, true);
    try {
      const answer = await actions.api.post<{ run_id: string }>(session(owner, "fork"), body);
      open(false);
      actions.showRun(answer.run_id);
    } catch (error) {
      setText(fault, error instanceof Refusal ? error.message : "The fork was not made.");
      setHidden(fault, false);
    }
  }

  /** While an earlier moment is shown, its frames don't say how far the run is by now. */
  function lookAtPresent(now: number): void {
    if (now - looked < refresh) return;
    looked = now;
    const id = owner;
    actions.api.get<Status>(session(id, "status")).then(status => {
      if (id === owner) total = status.episodes;
      actions.redraw();
    }, () => undefined);
  }

  /** The last place of all is the present: it goes on. */
  const to = (episode: number | null): void => {
    playing = null;
    want(episode !== null && episode >= total ? null : episode);
  };

  return {
    element, to,
    total: () => total,
    forkAt: episode => {
      to(episode);
      open(true);
      form.scrollIntoView({ block: "nearest" });
    },
    draw: ({ run, feed, now }: Moment) => {
      if (run.sessionId !== owner) {
        owner = run.sessionId;
        [travel, playing, total] = [noTravel, null, 0];
      }
      const at = feed.request.at ?? null;
      if (run.at === null && run.status) total = run.status.episodes;
      else if (run.at !== null) lookAtPresent(now);
      if (playing) {
        const to = momentAfter(playing.from, performance.now() - playing.time, Number(speed.value), total);
        if (to >= total) playing = null;
        travel = wish(travel, to >= total ? null : to);
        actions.redraw();
      }
      travel = settle(travel, at, feed.state.awaitsWhole, episode => feed.ask({ at: episode }));
      setAttribute(slider, "max", String(total));
      if (document.activeElement !== slider || playing || at === null) slider.value = String(place());
      setAttribute(slider, "aria-valuetext", `episode ${count(place())} of ${count(total)}`);
      setText(words, run.at === null ? `episode ${count(total)}: now` : `episode ${count(run.at)} of ${count(total)}, as it was then`);
      setHidden(live, at === null);
      setText(play, playing ? "Pause" : "Play");
      setAttribute(element, "data-at", run.at === null ? null : String(run.at));
      setAttribute(element, "data-total", String(total));
      element.classList.toggle("past", run.at !== null);
      slider.disabled = play.disabled = total === 0;
      setHidden(fork, run.status?.can_control === false && run.status.state === "training");
    },
  };
}
