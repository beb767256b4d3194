import { Refusal } from "../wire/api";
import { addChildren, card, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { hasEnded } from "./head";
import { createOutbox } from "../wire/outbox";
import { inPast, type Actions, type Moment, type Panel } from "../kit/panel";
import { toNumber, type WireEvent, type WireLearnerSetting, type WireStatus } from "../wire/protocol";
import { createFields, got, readNumber } from "../kit/setting";
import { wordsOf } from "../kit/words";

/** The hyperparameters that can change during training. The server lists and checks them; its errors appear at the field. */
export function createHyperparameters(actions: Actions): Panel {
  const note = el("small", {}, "from the next episode on");
  const element = card("Hyperparameters", "hyperparameters-card", note);
  const list = el("div", { class: "fields" });
  addChildren(element, list);
  const fieldsOf = createFields(setting => createField(setting, actions), fields => setChildren(list, ...fields.map(f => f.element)));

  function draw({ run, feed }: Moment): void {
    if (!run.status) return;
    const ended = hasEnded(run.status), isPast = run.at !== null;
    setText(note,
      isPast ? "as they were then"
        : run.status.replay ? "as recorded"
        : run.status.state === "failed" ? "as they were when training stopped"
        : ended ? "as they were at the end; continue the run to change them" : `from the next ${wordsOf(run.world).episode} on`);
    setAttribute(element, "title", isPast ? inPast : null);
    const disabled = feed.connection.kind !== "live" || !run.status.can_control || ended || isPast;
    const fields = fieldsOf(run.world?.hyperparameters ?? []);
    for (const f of fields) f.draw(run.sessionId, run.status, disabled, ended || isPast);
  }
  return { element, draw };
}

interface Field {
  element: HTMLElement;
  draw: (run: string, status: WireStatus, isDisabled: boolean, isFixed: boolean) => void;
}

function createField(setting: WireLearnerSetting, actions: Actions): Field {
  const testid = setting.name.replaceAll("_", "-"), id = `gw-${testid}`;
  const input = el("input", { id, testid, inputmode: "decimal", autocomplete: "off", spellcheck: "false",
    "aria-describedby": `${id}-hint ${id}-error` });
  const hint = el("span", { class: "hint", id: `${id}-hint` }, setting.range);
  const error = el("span", { class: "err", id: `${id}-error`, testid: `${testid}-error`, role: "alert", hidden: true });
  const element = el("div", { class: "field" }, el("label", { for: id, title: setting.doc }, setting.title), hint, input, error);
  let owner = "";
  let current = "";
  /**
   * The change that the server took, until the run's status has it: it takes effect at the end of an episode, and older frames may
   * still come.
   */
  let taken: { value: string; event: WireEvent } | null = null;
  let edited = false;
  // A change belongs to the run it was typed for, though another may be shown when its turn comes.
  const outbox = createOutbox<number>(value => (actions.feed.state.shown.sessionId === owner ? change(value) : Promise.resolve()),
    (_, refusal) => {
      fail(refusal === null ? null : refusal instanceof Refusal ? refusal.errors.join(" ") : "The change was not sent.");
      // What the server refused stays to be corrected.
      if (refusal !== null) edited = true;
      actions.redraw();
    });

  async function change(value: number): Promise<void> {
    const { events } = await actions.command("hyperparameters", { [setting.name]: value }) as { events: WireEvent[] };
    const event = events.find(e => e.param === setting.name);
    taken = event ? { value: String(value), event } : null;
  }

  function fail(text: string | null): void {
    setText(error, text ?? "");
    setHidden(error, text === null);
    setAttribute(input, "aria-invalid", text === null ? null : "true");
  }

  function send(): void {
    if (!edited) return;
    const value = readNumber(input.value);
    if (value === null) {
      fail(`${setting.title} must be a number ${setting.range}${got(input.value)}.`);
      return;
    }
    edited = false;
    fail(null);
    if (String(value) !== String(outbox.last() ?? current)) outbox.put(value);
    actions.redraw();
  }

  function restore(): void {
    edited = false;
    input.value = current;
    fail(null);
  }

  input.addEventListener("input", () => {
    edited = true;
  });
  input.addEventListener("change", send);
  input.addEventListener("keydown", e => {
    if (e.key === "Escape") restore();
    if (e.key === "Enter") send();
  });

  return {
    element,
    draw: (run, status, isDisabled, isFixed) => {
      if (
        taken && (run !== owner || isFixed || (status.last_event_seq >= taken.event.seq && status.episodes >= taken.event.episode))
      ) taken = null;
      current = taken?.value ?? String(toNumber(status.settings[setting.name]) ?? "");
      // What was typed for another run, or can't be sent any more, is not a value of this one. A connection that is lost comes back.
      if (run !== owner || isFixed) {
        outbox.drop();
        restore();
      }
      owner = run;
      const sent = outbox.last(), shown = sent === null ? current : String(sent);
      if (!edited && input.value !== shown) input.value = shown;
      setAttribute(input, "aria-busy", sent === null ? null : "true");
      input.disabled = isDisabled;
    },
  };
}
