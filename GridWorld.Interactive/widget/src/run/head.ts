import { button, el, setAttribute, setHidden, setText } from "../kit/dom";
import { count, glance, short } from "../kit/format";
import { createPace } from "./pace";
import { isolated } from "../kit/names";
import { inPast, type Actions, type Moment, type Panel } from "../kit/panel";
import { wordsOf } from "../kit/words";
import type { WireStatus } from "../wire/protocol";
import { sizeWords } from "../kit/places";

/** The state of a run, in a word. A recorded run does not train. */
export const stateWords = (
  { state, replay }: { state: WireStatus["state"]; replay?: unknown },
): string => (!replay ? state : state === "training" ? "playing" : state === "paused" ? "playback paused" : "playback ended");

export const hasEnded = (s: WireStatus): boolean =>
  s.state === "stopped" || s.state === "completed" || s.state === "interrupted" || s.state === "failed";

/** How long a recording may take in all, in seconds; as trained, it takes as long as the training took. */
const lengths: readonly (readonly [number | "", string])[] = [[5, "in 5 s"], [30, "in 30 s"], [120, "in 2 min"], [600, "in 10 min"], ["",
  "as trained"]];

/** The choice that comes nearest, by ratio. */
function lengthOf(seconds: number, speed: number): string {
  if (speed === 1) return "";
  const distance = ([s]: readonly [number | "", string]): number => (s === "" ? Infinity : Math.abs(Math.log(s / seconds)));
  return String([...lengths].sort((a, b) => distance(a) - distance(b))[0]?.[0] ?? "");
}

const oneTitle = "Train one episode, then pause (N)", onePass = "Do one pass, then pause (N)",
  stopTitle = "End the run after this episode; you can continue it later";

/** Name and state of the run, and what steers it. */
export function createHead(actions: Actions): Panel & { togglePause: () => void; oneEpisode: () => void } {
  const name = el("span", { testid: "run-name" }), details = el("small");
  const state = el("span", { class: "state", testid: "state", role: "status" });
  const pause = button("Pause", { class: "primary", testid: "pause", "aria-keyshortcuts": "Space" }, () => togglePause());
  const one = button("One episode", { testid: "one-episode", "aria-keyshortcuts": "N", title: oneTitle }, () => oneEpisode());
  const stop = button("Stop", { testid: "stop", title: stopTitle }, () => void actions.command("stop").catch(() => undefined));
  const pace = createPace(steps => void actions.command("pace", { steps_per_second: steps }).catch(() => undefined));
  const again = button("Play recording", { testid: "replay-run",
    title: "Play back the run from the beginning in 30 s; nothing is trained" },
    () => void actions.command("replay", { over_seconds: 30 }).catch(() => undefined));
  const recorded = el("span", { class: "looking", testid: "recorded", hidden: true,
    title: "A recorded run, played back as if it were live" });
  const over = el("select", { testid: "replay-over", "aria-label": "Length of the playback", hidden: true },
    ...lengths.map(([seconds, words]) => el("option", { value: seconds }, words)));
  over.addEventListener("change", () => {
    void actions.command("replay", over.value === "" ? { speed: 1 } : { over_seconds: Number(over.value) }).catch(() => undefined);
    over.blur();
  });
  const looking = el("span", { class: "looking", testid: "view-only", hidden: true,
    title: "This link, or this server, can show the run but not steer it" }, "view only");
  const element = el("header", { class: "head" }, el("h1", {}, name, " ", details), state, looking, recorded,
    el("span", { class: "spacer" }), over, pause, one, stop, again, pace.element);
  let status: WireStatus | null = null;

  /** The key does what the button does: nothing where there is none to press. */
  function togglePause(): void {
    if (!pause.hidden && !pause.disabled) void actions.command(status?.state === "training" ? "pause" : "resume").catch(() => undefined);
  }

  function oneEpisode(): void {
    if (!one.disabled && !one.hidden) void actions.command("resume", { episodes: 1 }).catch(() => undefined);
  }

  /** A button that was pressed says so until the server has answered. */
  function sign(control: HTMLButtonElement, words: string, title: string, verbs: readonly string[], working: string): void {
    const isSent = actions.pending().some(p => verbs.includes(p.verb));
    setText(control, isSent ? working : words);
    setAttribute(control, "title", title);
    setAttribute(control, "aria-busy", isSent ? "true" : null);
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
    setText(details,
      w ? [w.learner.replace(/^q-/, "Q-").replace(/^sarsa/, "SARSA"), `${isolated(w.name)} ${sizeWords(w, count)}`, `seed ${w.seed}`]
        .filter(Boolean).join(" · ") : "");
    const ended = hasEnded(s), { replay } = s, isPast = run.at !== null,
      control = live && !isPast && (replay ? replay.can_control : s.can_control);
    setText(state, isPast ? "past" : stateWords(s));
    setAttribute(state, "data-state", s.state);
    state.classList.toggle("past", isPast);
    setHidden(looking, s.can_control || s.can_continue || replay !== undefined);
    setHidden(recorded, replay === undefined);
    setHidden(over, !replay?.can_control);
    over.disabled = !live || isPast;
    if (replay && document.activeElement !== over) over.value = lengthOf(replay.duration / replay.speed, replay.speed);
    if (replay) setText(recorded, `recorded · ${glance(replay.seconds)} of ${glance(replay.duration)} s · ×${short(replay.speed)}`);
    // A stored run that was interrupted is resumed by the same button.
    const resumes = live && !isPast && s.can_resume && s.state === "interrupted", training = s.state === "training";
    sign(pause,
      training ? "Pause"
        : s.can_resume && s.state === "interrupted" ? "Resume from checkpoint" : replay ? (ended ? "Play again" : "Play") : "Resume",
      isPast ? inPast : "Space", ["pause", "resume"], training ? "Pausing…" : replay ? "Starting…" : "Resuming…");
    pause.hidden = ended && !(s.can_resume && s.state === "interrupted") && !replay;
    pause.disabled = !control && !resumes;
    one.hidden = s.state === "failed" || !s.can_control;
    one.disabled = !control;
    setText(one, w?.planner ? "One pass" : "One episode");
    setAttribute(one, "title", isPast ? inPast : w?.planner ? onePass : oneTitle);
    sign(stop, replay ? "End playback" : "Stop",
      isPast ? inPast : replay ? "Return to the run" : stopTitle.replace("episode", wordsOf(w).episode), ["stop"],
      replay ? "Ending…" : "Stopping…");
    stop.hidden = ended && !replay;
    stop.disabled = !control;
    again.hidden = !ended || replay !== undefined || (!s.can_control && !s.can_continue);
    again.disabled = !live || isPast;
    pace.draw(s.pace ?? null, ended || replay !== undefined, !control);
  }
  return { element, draw, togglePause, oneEpisode };
}
