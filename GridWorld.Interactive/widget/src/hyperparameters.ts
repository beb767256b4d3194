import { Refusal } from "./api";
import { card, el, setAttribute, setHidden, setText } from "./dom";
import { hasEnded } from "./head";
import type { Actions, Moment, Panel } from "./panel";
import { toNumber, type Status } from "./protocol";
import { readNumber, settings, type Setting } from "./setting";

/** The three settings that may change while training. The server checks; what it says stands at the field. */
export function createHyperparameters(actions: Actions): Panel {
  const note = el("small", {}, "from the next episode on");
  const element = card("Hyperparameters", "hyperparameters-card", note);
  const fields = settings.map(s => createField(s, actions));
  element.append(el("div", { class: "fields" }, ...fields.map(f => f.element)));

  function draw({ run, feed }: Moment): void {
    if (!run.status) return;
    const ended = hasEnded(run.status);
    setText(note, run.status.state === "failed" ? "as they were when training stopped" : ended ? "the run has ended: continue it to change them" : "from the next episode on");
    const disabled = feed.connection.kind !== "live" || run.status.can_control === false || ended;
    for (const f of fields) f.draw(run.sessionId, run.status, disabled);
  }
  return { element, draw };
}

function createField(setting: Setting, actions: Actions): { element: HTMLElement; draw: (run: string, status: Status, disabled: boolean) => void } {
  const id = `gw-${setting.testid}`;
  const input = el("input", { id, testid: setting.testid, inputmode: "decimal", autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-hint ${id}-error` });
  const hint = el("span", { class: "hint", id: `${id}-hint` }, setting.range);
  const error = el("span", { class: "err", id: `${id}-error`, testid: `${setting.testid}-error`, role: "alert", hidden: true });
  const element = el("div", { class: "field" }, el("label", { for: id }, setting.label), hint, input, error);
  let owner = "";
  let current = "";
  let edited = false;
  let sending = false;

  function fail(text: string | null): void {
    setText(error, text ?? "");
    setHidden(error, text === null);
    setAttribute(input, "aria-invalid", text === null ? null : "true");
  }

  async function send(): Promise<void> {
    if (!edited || sending) return;
    const value = readNumber(input.value);
    if (value === null) {
      fail(`${setting.label} must be a number from ${setting.range} (got ${input.value.trim() === "" ? "nothing" : input.value.trim()}).`);
      return;
    }
    if (String(value) === current) {
      restore();
      return;
    }
    const sent = input.value;
    sending = true;
    try {
      await actions.command("hyperparameters", { [setting.name]: value });
      if (input.value === sent) edited = false;
      current = String(value);
      fail(null);
    } catch (reason) {
      fail(reason instanceof Refusal ? reason.errors.join(" ") : "The change was not sent.");
    } finally {
      sending = false;
    }
  }

  function restore(): void {
    edited = false;
    input.value = current;
    fail(null);
  }

  input.addEventListener("input", () => {
    edited = true;
  });
  input.addEventListener("change", () => void send());
  input.addEventListener("keydown", e => {
    if (e.key === "Escape") restore();
    if (e.key === "Enter") void send();
  });

  return {
    element,
    draw: (run, status, disabled) => {
      current = String(toNumber(status[setting.name]) ?? "");
      // What was typed for another run, or can't be sent any more, is no value of this one. A connection that is lost comes back.
      if (run !== owner || hasEnded(status)) restore();
      owner = run;
      if (!edited && input.value !== current) input.value = current;
      input.disabled = disabled;
    },
  };
}
