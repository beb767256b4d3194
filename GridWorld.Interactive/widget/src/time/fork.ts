import type { WireLearnerSetting, WireStatus } from "../wire/protocol";
import { Refusal, session } from "../wire/api";
import { addChildren, button, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { short } from "../kit/format";
import type { Actions } from "../kit/panel";
import { createFields, readNumber, readWhole } from "../kit/setting";

export interface Fork {
  /** Opens and closes the form. */
  button: HTMLButtonElement;
  form: HTMLFormElement;
  open: () => void;
  /**
   * To be called while drawing: the run, its hyperparameters, the episode a fork would begin after, the run's target, and whether it may
   * be forked.
   */
  draw: (run: string, hyperparameters: readonly WireLearnerSetting[], at: number, target: number | null, isAllowed: boolean) => void;
}

/**
 * Episodes that a fork trains unless someone says otherwise: up to the run's target, which needs no words; behind it, as many as the
 * run had.
 */
export const suggested = (at: number,
  target: number | null): string => (target !== null && at >= target ? String(Math.max(1, target)) : "");

/** The form for a fork: a new run from an episode of this run, with other hyperparameters. */
export function createFork(actions: Actions): Fork {
  let owner = "", place = 0, isEdited = false;
  let fields: readonly Field[] = [];
  const toggle = button("Fork from here", { testid: "fork", "aria-expanded": "false", "aria-controls": "gw-fork" },
    () => show(form.hidden === true));
  const episodes = createField("episodes", "Episodes from there on").input;
  const name = el("input", { type: "text", maxlength: 200, placeholder: "optional", testid: "fork-name",
    "aria-label": "Name of the fork" });
  const send = el("button", { type: "submit", class: "primary", testid: "fork-send" }, "Fork");
  const refusal = el("p", { class: "err", role: "alert", testid: "fork-error", hidden: true });
  const last = [labeled("Episodes from there on", episodes), labeled("Name", name), send, refusal];
  const form = el("form", { class: "fork", id: "gw-fork", testid: "fork-form", hidden: true });
  addChildren(form, ...last);
  const fieldsOf = createFields(setting => createField(setting.name, setting.title),
    made => setChildren(form, ...made.map(f => labeled(f.title, f.input)), ...last));

  episodes.addEventListener("input", () => {
    isEdited = true;
  });
  form.addEventListener("submit", e => {
    e.preventDefault();
    void submit();
  });

  function show(isOpen: boolean): void {
    setHidden(form, !isOpen);
    setAttribute(toggle, "aria-expanded", String(isOpen));
    if (isOpen) form.querySelector("input")?.focus();
  }

  function fail(text: string | null): void {
    setText(refusal, text ?? "");
    setHidden(refusal, text === null);
  }

  /** Clears input and errors of another run. */
  function reset(): void {
    form.reset();
    isEdited = false;
    fail(null);
    show(false);
  }

  async function submit(): Promise<void> {
    const body: Record<string, string | number> = { episode: place }, asker = owner;
    for (const { name: setting, input } of fields)
      if (input.value.trim() !== "") body[setting] = readNumber(input.value) ?? input.value;
    if (episodes.value.trim() !== "") body.episodes = readWhole(episodes.value) ?? episodes.value;
    if (name.value.trim() !== "") body.name = name.value.trim();
    fail(null);
    try {
      const { run_id } = await actions.api.post<WireStatus>(session(asker, "fork"), body);
      // Do not leave a run that the user selected meanwhile.
      if (asker === owner) actions.showRun(run_id);
    } catch (error) {
      if (asker === owner) fail(error instanceof Refusal ? error.message : "The fork could not be created.");
    }
  }

  return {
    button: toggle,
    form,
    open: () => {
      show(true);
      form.scrollIntoView({ block: "nearest" });
    },
    draw: (run, hyperparameters, at, target, isAllowed) => {
      if (run !== owner) reset();
      fields = fieldsOf(hyperparameters);
      [owner, place] = [run, at];
      setHidden(toggle, !isAllowed);
      if (!isAllowed && form.hidden !== true) show(false);
      if (form.hidden === true) return;
      const suggestion = suggested(at, target), isSent = actions.pending().some(p => p.verb === "fork");
      if (!isEdited && episodes.value !== suggestion) episodes.value = suggestion;
      setAttribute(episodes, "placeholder", target === null ? "without end" : `to episode ${short(target)}`);
      setText(send, isSent ? "Forking…" : "Fork");
      send.disabled = isSent;
    },
  };
}

interface Field {
  name: string;
  title: string;
  input: HTMLInputElement;
}

const createField = (name: string, title: string): Field => ({ name, title,
  input: el("input", { type: "text", inputmode: "decimal", placeholder: "unchanged", testid: `fork-${name.replaceAll("_", "-")}`,
    "aria-label": title }) });

const labeled = (title: string, input: HTMLInputElement): HTMLElement => el("label", {}, title, input);
