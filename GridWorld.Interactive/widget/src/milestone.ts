import { Refusal } from "./api";
import { el, setAttribute, setHidden, setText } from "./dom";
import { count } from "./format";
import { hasEnded } from "./head";
import type { Actions, Moment, Panel } from "./panel";
import { readNumber } from "./setting";

/** While a run goes on: save a named checkpoint. Once it has ended: go on for so many episodes. */
export function createMilestone(actions: Actions): Panel {
  const label = el("label", { for: "gw-milestone" });
  const input = el("input", { id: "gw-milestone", testid: "milestone", autocomplete: "off", spellcheck: "false", "aria-describedby": "gw-milestone-note" });
  const send = el("button", { type: "submit", testid: "milestone-send" });
  const note = el("span", { class: "note", id: "gw-milestone-note", testid: "milestone-note", role: "status", hidden: true });
  const element = el("form", { class: "milestone" }, label, input, send, note);
  let ended: boolean | null = null;
  let suggestion = "";

  function say(text: string | null, bad = false): void {
    setText(note, text ?? "");
    setHidden(note, text === null);
    note.classList.toggle("err", bad);
  }

  async function submit(): Promise<void> {
    const text = input.value.trim();
    const episodes = readNumber(text);
    if (ended && (episodes === null || !Number.isSafeInteger(episodes) || episodes < 1)) {
      say(`Episodes must be a whole number from 1 (got ${text === "" ? "nothing" : text}).`, true);
      return;
    }
    try {
      if (ended) await actions.command("continue", { episodes });
      else await actions.command("checkpoints", { name: text === "" ? suggestion : text });
      say(ended ? null : `Saved as “${text === "" ? suggestion : text}”.`);
      if (!ended) input.value = "";
    } catch (reason) {
      actions.say(null);
      say(reason instanceof Refusal ? reason.message : "The command was not sent.", true);
    }
  }

  element.addEventListener("submit", e => {
    e.preventDefault();
    void submit();
  });

  function draw({ run, feed }: Moment): void {
    const s = run.status;
    if (!s) return;
    const now = hasEnded(s);
    if (now !== ended) {
      ended = now;
      input.value = now ? "1000" : "";
      setText(send, now ? "Continue" : "Save");
      setAttribute(input, "aria-label", now ? "Episodes to add" : "Name of the checkpoint");
      setAttribute(input, "inputmode", now ? "numeric" : null);
      send.classList.toggle("primary", now);
      say(null);
    }
    setHidden(element, s.state === "failed");
    suggestion = `episode-${s.episodes}`;
    setText(label, now ? "Add episodes" : "Checkpoint");
    setAttribute(input, "placeholder", now ? null : suggestion);
    // What is added raises the target: a run that was stopped early goes on through what it had left.
    const added = readNumber(input.value);
    if (now && !note.classList.contains("err")) say(added === null ? null : `goes on to episode ${count((s.target_episodes ?? s.episodes) + added)}`);
    input.disabled = send.disabled = feed.connection.kind !== "live" || s.can_control === false;
  }
  input.addEventListener("input", () => {
    note.classList.remove("err");
    actions.redraw();
  });
  return { element, draw };
}
