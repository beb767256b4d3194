import { button, el, setAttribute, setHidden, setText } from "./dom";
import { count, glance, short } from "./format";
import { createPace } from "./pace";
import type { Actions, Moment, Panel } from "./panel";
import type { RunState, Status } from "./protocol";

const stateWords: Record<RunState, string> = {
  training: "training", paused: "paused", stopped: "stopped", completed: "completed", interrupted: "interrupted", failed: "failed",
};

export const hasEnded = (s: Status): boolean => s.state === "stopped" || s.state === "completed" || s.state === "interrupted" || s.state === "failed";

/** How long a replay may take in all, in seconds; by itself it takes as long as the training took. */
const lengths: readonly (readonly [number | "", string])[] = [[5, "in 5 s"], [30, "in 30 s"], [120, "in 2 min"], [600, "in 10 min"], ["", "as trained"]];

/** The choice that comes nearest, by ratio. */
function lengthOf(seconds: number, speed: number): string {
  if (speed === 1) return "";
  const distance = ([s]: readonly [number | "", string]): number => (s === "" ? Infinity : Math.abs(Math.log(s / seconds)));
  return String([...lengths].sort((a, b) => distance(a) - distance(b))[0]?.[0] ?? "");
}

/** Name and state of the run, and what steers it. */
export function createHead(actions: Actions): Panel & { togglePause: () => void; oneEpisode: () => void } {
  const name = el("span", { testid: "run-name" }), details = el("small");
  const state = el("span", { class: "state", testid: "state", role: "status" });
  const pause = button("Pause", { class: "primary", testid: "pause", "aria-keyshortcuts": "Space" }, () => togglePause());
  const one = button("One episode", { testid: "one-episode", "aria-keyshortcuts": "N", title: "Train to the end of one episode, then pause (N)" }, () => oneEpisode());
  const stop = button("Stop", { testid: "stop", title: "End the run after this episode; it can be continued" }, () => void actions.command("stop").catch(() => undefined));
  const pace = createPace(steps => void actions.command("pace", { steps_per_second: steps }).catch(() => undefined));
  const again = button("Replay", { testid: "replay-run", title: "Show the run again from its beginning, over half a minute; nothing is trained" }, () => void actions.command("replay", { over_seconds: 30 }).catch(() => undefined));
  const recorded = el("span", { class: "looking", testid: "recorded", hidden: true, title: "A recorded session, shown as if it were trained now" });
  const over = el("select", { testid: "replay-over", "aria-label": "How long the whole replay takes", hidden: true }, ...lengths.map(([seconds, words]) => el("option", { value: seconds }, words)));
  over.addEventListener("change", () => {
    void actions.command("replay", over.value === "" ? { speed: 1 } : { over_seconds: Number(over.value) }).catch(() => undefined);
    over.blur();
  });
  const looking = el("span", { class: "looking", testid: "view-only", hidden: true, title: "This link, or this server, may show the run but not steer it" }, "view only");
  const element = el("header", { class: "head" }, el("h1", {}, name, " ", details), state, looking, recorded, el("span", { class: "spacer" }), over, pause, one, stop, again, pace.element);
  let status: Status | null = null;

  function togglePause(): void {
    if (status?.state === "training") void actions.command("pause").catch(() => undefined);
    else if (status?.state === "paused" || status?.can_resume === true || status?.replay) void actions.command("resume").catch(() => undefined);
  }

  function oneEpisode(): void {
    if (!one.disabled && !one.hidden) void actions.command("resume", { episodes: 1 }).catch(() => undefined);
  }

  function draw({ run, feed }: Moment): void {
    const live = feed.connection.kind === "live";
    const s = status = run.status;
    if (!s) {
      for (const control of [pause, one, stop]) control.disabled = true;
      again.hidden = true;
      pace.draw(null, false, true);
      setText(name, "GridWorld");
      return;
    }
    setText(name, s.name === "" ? s.run_id : s.name);
    const w = run.world;
    setText(details, w ? [w.learner?.replace(/^q-/, "Q-").replace(/^sarsa/, "SARSA"), `${w.name} ${count(w.width)} × ${count(w.height)}`, w.seed === undefined ? "" : `seed ${w.seed}`].filter(Boolean).join(" · ") : "");
    setText(state, stateWords[s.state]);
    setAttribute(state, "data-state", s.state);
    const ended = hasEnded(s), { replay } = s, control = live && (replay ? replay.can_control : s.can_control !== false);
    setHidden(looking, s.can_control !== false || s.can_resume === true || replay !== undefined);
    setHidden(recorded, replay === undefined);
    setHidden(over, !replay?.can_control);
    over.disabled = !live;
    if (replay && document.activeElement !== over) over.value = lengthOf(replay.duration / replay.speed, replay.speed);
    if (replay) setText(recorded, `recorded · ${glance(replay.seconds)} of ${glance(replay.duration)} s · ×${short(replay.speed)}`);
    // A stored run that was interrupted is taken up by the same button.
    const takesUp = live && s.can_resume === true && s.state === "interrupted";
    setText(pause, s.state === "training" ? "Pause" : takesUp ? "Resume from checkpoint" : replay && ended ? "Play again" : "Resume");
    setAttribute(pause, "title", "Space");
    pause.hidden = ended && !takesUp && !replay;
    pause.disabled = !control && !takesUp;
    one.hidden = s.state === "failed" || s.can_control === false;
    one.disabled = !control;
    setText(stop, replay ? "End replay" : "Stop");
    setAttribute(stop, "title", replay ? "Show the run itself again" : "End the run after this episode; it can be continued");
    stop.hidden = ended && !replay;
    stop.disabled = !control;
    again.hidden = !ended || replay !== undefined || (s.can_control === false && s.can_resume !== true);
    again.disabled = !live;
    pace.draw(s.pace ?? null, ended || replay !== undefined, !control);
  }
  return { element, draw, togglePause, oneEpisode };
}
