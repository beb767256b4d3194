import { Refusal } from "../wire/api";
import { el, setAttribute, setHidden, setText } from "../kit/dom";
import { place } from "../kit/event-words";
import { count } from "../kit/format";
import { hasEnded } from "./head";
import { isolated } from "../kit/names";
import { inPast, type Actions, type Moment, type Panel } from "../kit/panel";
import type { WireEvent } from "../wire/protocol";
import { got, readWhole } from "../kit/setting";
import { capital, many, wordsOf } from "../kit/words";

interface Line {
  element: HTMLFormElement;
  input: HTMLInputElement;
  send: HTMLButtonElement;
  say: (text: string | null, bad?: boolean) => void;
}

/** Two lines: train a number of episodes, then pause (once the run has ended: add them to its target), and save a checkpoint. */
export function createMilestone(actions: Actions): Panel {
  const episodes = createLine("episodes", "Episodes", "Train", runEpisodes);
  const checkpoint = createLine("milestone", "Checkpoint", "Save", save);
  const element = el("div", { class: "milestones" }, episodes.element, checkpoint.element);
  episodes.input.value = "100";
  episodes.input.setAttribute("inputmode", "numeric");
  checkpoint.input.placeholder = "optional";
  let ended = false;
  let owner = "";

  async function runEpisodes(text: string): Promise<void> {
    const number = readWhole(text);
    if (number === null || number < 1) {
      episodes.say(`Episodes must be a whole number from 1 ${got(text)}.`, true);
      return;
    }
    await actions.command(ended ? "continue" : "resume", { episodes: number });
    episodes.say(null);
  }

  /** Without a name it gets that of its episode, which the server knows: the run is further than what is shown. */
  async function save(text: string): Promise<void> {
    const { events } = await actions.command("checkpoints", text === "" ? {} : { name: text }) as { events: WireEvent[] };
    const saved = events[events.length - 1];
    checkpoint.say(saved ? `Saved as “${isolated(saved.message ?? "")}”, ${place(saved)}.` : "Saved.");
    checkpoint.input.value = "";
  }

  function createLine(testid: string, label: string, verb: string, submit: (text: string) => Promise<void>): Line {
    const id = `gw-${testid}`;
    const input = el("input", { id, testid, autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-note` });
    const send = el("button", { type: "submit", testid: `${testid}-send` }, verb);
    const note = el("span", { class: "note", id: `${id}-note`, testid: `${testid}-note`, role: "status", hidden: true });
    const form = el("form", { class: "milestone" }, el("label", { for: id }, label), input, send, note);
    const say = (text: string | null, bad = false): void => {
      setText(note, text ?? "");
      setHidden(note, text === null);
      note.classList.toggle("err", bad);
      setAttribute(input, "aria-invalid", bad ? "true" : null);
    };
    form.addEventListener("submit", e => {
      e.preventDefault();
      submit(input.value.trim()).catch((reason: unknown) => {
        actions.say(null);
        say(reason instanceof Refusal ? reason.message : "The command was not sent.", true);
      });
    });
    input.addEventListener("input", () => {
      say(null);
      actions.redraw();
    });
    return { element: form, input, send, say };
  }

  function draw({ run, feed }: Moment): void {
    const s = run.status;
    if (!s) return;
    if (run.sessionId !== owner) {
      owner = run.sessionId;
      for (const line of [episodes, checkpoint]) line.say(null);
    }
    ended = hasEnded(s);
    const isPast = run.at !== null;
    setHidden(element, s.state === "failed");
    setText(episodes.send, ended ? "Continue" : run.world?.planner ? "Plan" : "Train");
    const { episode } = wordsOf(run.world), words = many(episode);
    setText(episodes.element.querySelector("label") as HTMLElement, capital(words));
    episodes.send.classList.toggle("primary", ended);
    setAttribute(episodes.element, "title",
      isPast ? inPast : ended ? `Add this many ${words} to the run's target and continue` : `Do exactly this many ${words}, then pause`);
    setAttribute(checkpoint.element, "title", isPast ? inPast : null);
    // What is added raises the target: a run that was stopped early continues through what it had left.
    const added = readWhole(episodes.input.value);
    if (episodes.input.getAttribute("aria-invalid") === null)
      episodes.say(ended && added !== null ? `continues to ${episode} ${count((s.target_episodes ?? s.episodes) + added)}` : null);
    const away = feed.connection.kind !== "live" || isPast;
    episodes.input.disabled = episodes.send.disabled = away || (!s.can_control && !s.can_continue);
    checkpoint.input.disabled = checkpoint.send.disabled = away || !s.can_control;
  }
  return { element, draw };
}
