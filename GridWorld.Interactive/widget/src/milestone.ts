import { Refusal } from "./api";
import { el, setAttribute, setHidden, setText } from "./dom";
import { count } from "./format";
import { hasEnded } from "./head";
import type { Actions, Moment, Panel } from "./panel";
import { readWhole } from "./setting";

interface Line {
  element: HTMLFormElement;
  input: HTMLInputElement;
  send: HTMLButtonElement;
  say: (text: string | null, bad?: boolean) => void;
}

/** Two lines: train so many episodes and pause (once the run has ended: add so many), and save a named checkpoint. */
export function createMilestone(actions: Actions): Panel {
  const episodes = createLine("episodes", "Episodes", "Run", runEpisodes);
  const checkpoint = createLine("milestone", "Checkpoint", "Save", save);
  const element = el("div", { class: "milestones" }, episodes.element, checkpoint.element);
  episodes.input.value = "100";
  episodes.input.setAttribute("inputmode", "numeric");
  let ended = false;
  let owner = "";
  let suggestion = "";

  async function runEpisodes(text: string): Promise<void> {
    const number = readWhole(text);
    if (number === null || number < 1) {
      episodes.say(`Episodes must be a whole number from 1 (got ${text === "" ? "nothing" : text}).`, true);
      return;
    }
    await actions.command(ended ? "continue" : "resume", { episodes: number });
    episodes.say(null);
  }

  async function save(text: string): Promise<void> {
    const name = text === "" ? suggestion : text;
    await actions.command("checkpoints", { name });
    checkpoint.say(`Saved as “${name}”.`);
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
    setHidden(element, s.state === "failed");
    setText(episodes.send, ended ? "Continue" : "Run");
    episodes.send.classList.toggle("primary", ended);
    setAttribute(episodes.element, "title", ended ? "Add so many episodes to the run's target, and go on" : "Train exactly so many episodes, then pause");
    suggestion = `episode-${s.episodes}`;
    setAttribute(checkpoint.input, "placeholder", suggestion);
    // What is added raises the target: a run that was stopped early goes on through what it had left.
    const added = readWhole(episodes.input.value);
    if (episodes.input.getAttribute("aria-invalid") === null)
      episodes.say(ended && added !== null ? `goes on to episode ${count((s.target_episodes ?? s.episodes) + added)}` : null);
    const away = feed.connection.kind !== "live";
    episodes.input.disabled = episodes.send.disabled = away || (s.can_control === false && s.can_resume !== true);
    checkpoint.input.disabled = checkpoint.send.disabled = away || s.can_control === false;
  }
  return { element, draw };
}
