import { button, el, setAttribute, setHidden, setText } from "./dom";
import { count } from "./format";
import type { Actions, Moment, Panel } from "./panel";
import type { RunState, Status } from "./protocol";

const stateWords: Record<RunState, string> = {
  training: "training", paused: "paused", stopped: "stopped", completed: "completed", interrupted: "interrupted", failed: "failed",
};

/** Steps a second; the empty one is as fast as it goes. */
const paces: readonly (number | null)[] = [null, 1_000_000, 100_000, 10_000, 1_000, 100, 20, 5, 1];

const paceWords = (pace: number | null): string => (pace === null ? "Pace: unlimited" : `Pace: ${count(pace)} / s`);

export const hasEnded = (s: Status): boolean => s.state === "stopped" || s.state === "completed" || s.state === "interrupted" || s.state === "failed";

/** Name and state of the run, and what steers it. */
export function createHead(actions: Actions): Panel & { togglePause: () => void; oneEpisode: () => void } {
  const name = el("span", { testid: "run-name" }), details = el("small");
  const state = el("span", { class: "state", testid: "state", role: "status" });
  const pause = button("Pause", { class: "primary", testid: "pause", "aria-keyshortcuts": "Space" }, () => togglePause());
  const one = button("One episode", { testid: "one-episode", "aria-keyshortcuts": "N", title: "Train one more episode (N)" }, () => oneEpisode());
  const stop = button("Stop", { testid: "stop", title: "End the run after this episode; it can be continued" }, () => void actions.command("stop").catch(() => undefined));
  const pace = el("select", { testid: "pace", "aria-label": "Pace, in steps a second", title: "Slower to watch; changes no result" });
  for (const p of paces) pace.append(el("option", { value: p ?? "" }, paceWords(p)));
  const looking = el("span", { class: "looking", testid: "view-only", hidden: true, title: "This link, or this server, may show the run but not steer it" }, "view only");
  const element = el("header", { class: "head" }, el("h1", {}, name, " ", details), state, looking, el("span", { class: "spacer" }), pause, one, pace, stop);
  let status: Status | null = null;

  pace.addEventListener("change", () => {
    const steps = pace.value === "" ? null : Number(pace.value);
    void actions.command("pace", { steps_per_second: steps }).catch(() => undefined).finally(() => pace.blur());
  });

  function togglePause(): void {
    if (status?.state === "training") void actions.command("pause").catch(() => undefined);
    else if (status?.state === "paused") void actions.command("resume").catch(() => undefined);
  }

  function oneEpisode(): void {
    if (status?.state === "completed") void actions.command("continue", { episodes: 1 }).catch(() => undefined);
  }

  function showPace(current: number | null): void {
    const wanted = current === null ? "" : String(current);
    if (![...pace.options].some(o => o.value === wanted)) pace.append(el("option", { value: wanted }, paceWords(current)));
    if (pace.value !== wanted && document.activeElement !== pace) pace.value = wanted;
  }

  function draw({ run, feed }: Moment): void {
    const live = feed.connection.kind === "live";
    const s = status = run.status;
    if (!s) {
      for (const control of [pause, one, stop, pace]) control.disabled = true;
      setText(name, "GridWorld");
      return;
    }
    setText(name, s.name === "" ? s.run_id : s.name);
    const w = run.world;
    setText(details, w ? [w.learner?.replace(/^q-/, "Q-").replace(/^sarsa/, "SARSA"), `${w.name} ${count(w.width)} × ${count(w.height)}`, w.seed === undefined ? "" : `seed ${w.seed}`].filter(Boolean).join(" · ") : "");
    setText(state, stateWords[s.state]);
    setAttribute(state, "data-state", s.state);
    const ended = hasEnded(s), control = live && s.can_control !== false;
    setHidden(looking, s.can_control !== false);
    setText(pause, s.state === "training" ? "Pause" : "Resume");
    setAttribute(pause, "title", "Space");
    pause.hidden = ended;
    pause.disabled = !control;
    one.hidden = s.state !== "completed";
    one.disabled = !control;
    stop.hidden = pace.hidden = ended;
    stop.disabled = pace.disabled = !control;
    showPace(s.pace ?? null);
  }
  return { element, draw, togglePause, oneEpisode };
}
