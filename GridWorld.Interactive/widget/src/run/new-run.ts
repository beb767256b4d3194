import { Refusal } from "../wire/api";
import { addChildren, card, el, setChildren, setHidden, setText } from "../kit/dom";
import type { Actions, Panel } from "../kit/panel";
import { readNumber, readWhole } from "../kit/setting";
import { watchSight } from "../kit/room";
import type { WireCatalog, WireLearnerSetting, WireStatus } from "../wire/protocol";

/** Steps per second to choose from: at the first ones, an agent can be watched while it learns. */
const paces: readonly (readonly [string, string])[] = [["30", "30 steps a second"], ["300", "300 steps a second"], ["3000",
  "3,000 steps a second"], ["", "at full speed"]];

type Value = string | number | object;

/** What was typed for a setting, as the server reads it: a number, a schedule, or the text, which the server then refuses by name. */
export function typed(text: string): Value {
  const number = readNumber(text);
  if (number !== null) return number;
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === "object") return value;
  } catch {
    // Not a schedule either.
  }
  return text.trim();
}

/** A form that starts a run from the catalog: world, learner, and every setting of the learner with its range. */
export function createNewRun(actions: Actions, canControl: () => boolean): Panel {
  const field = (label: string, control: HTMLElement, hint: string | HTMLElement = ""): HTMLElement =>
    el("label", { class: "field" }, el("span", {}, label), el("span", { class: "hint" }, hint), control);
  const input = (testid: string, value: string, mode = "numeric"): HTMLInputElement =>
    el("input", { testid, value, inputmode: mode, autocomplete: "off", spellcheck: "false" });
  const worlds = el("div", { class: "worlds", testid: "new-worlds", role: "group", "aria-label": "Worlds" });
  const world = input("new-world", "cliff-walking", "text"), learner = el("select", { testid: "new-learner" });
  const about = el("p", { class: "quiet" });
  const episodes = input("new-episodes", "1000"), seed = input("new-seed", "1");
  const pace = el("select", { testid: "new-pace" }, ...paces.map(([value, text]) => el("option", { value }, text)));
  pace.value = "300";
  const settings = el("div", { class: "fields", testid: "new-settings" });
  const error = el("p", { class: "err", role: "alert", testid: "new-error", hidden: true });
  const start = el("button", { type: "submit", class: "primary", testid: "new-start" }, "Start");
  const form = el("form", {}, worlds, about,
    el("div", { class: "fields" }, field("World", world, "also rooms-31x31-7, empty-50x20 …"), field("Learner", learner),
      field("Episodes", episodes, "empty: until stopped"), field("Seed", seed), field("Pace", pace)),
    el("details", {}, el("summary", {}, "Settings of the learner"), settings), el("p", {}, start), error);
  const element = card("Train a new run", "new-run");
  addChildren(element, form);
  let catalog: WireCatalog | null = null, isAsked = false;
  const given = new Map<string, HTMLInputElement | HTMLSelectElement>();

  function say(text: string | null): void {
    setText(error, text ?? "");
    setHidden(error, text === null);
  }

  function settingField({ name, title, doc, range, default: usual, choices }: WireLearnerSetting): HTMLElement {
    const control = choices.length > 0
      ? el("select", { "data-setting": name }, ...choices.map(choice => el("option", { value: choice }, choice)))
      : el("input", { "data-setting": name, placeholder: usual, inputmode: "decimal", autocomplete: "off", spellcheck: "false" });
    if (choices.length > 0) control.value = usual;
    given.set(name, control);
    const made = field(title, control, choices.length > 0 ? "" : range);
    made.title = `${title}: ${doc}, ${range}. Default ${usual}.`;
    return made;
  }

  function showWorld(): void {
    const known = catalog?.worlds.find(w => w.name === world.value.trim());
    setText(about, known?.description ?? "");
    for (const choice of worlds.querySelectorAll("button"))
      choice.setAttribute("aria-pressed", String(choice.value === world.value.trim()));
  }

  function showLearner(): void {
    given.clear();
    setChildren(settings, ...(catalog?.learners.find(l => l.name === learner.value)?.settings ?? []).map(settingField));
  }

  async function load(): Promise<void> {
    isAsked = true;
    try {
      catalog = await actions.api.get<WireCatalog>("api/catalog");
    } catch {
      isAsked = false;
      return;
    }
    setChildren(worlds,
      ...catalog.worlds.map(({ name, description }) =>
        el("button", { type: "button", value: name, title: description, "aria-pressed": "false" }, name)
      ));
    setChildren(learner, ...catalog.learners.map(({ name, title }) => el("option", { value: name }, title)));
    learner.value = "q-learning";
    showWorld();
    showLearner();
  }

  async function begin(): Promise<void> {
    const count = episodes.value.trim() === "" ? null : readWhole(episodes.value);
    const body: Record<string, Value | null> = { world: world.value.trim(), learner: learner.value, seed: seed.value.trim(),
      episodes: count ?? (episodes.value.trim() === "" ? null : episodes.value.trim()) };
    if (pace.value !== "") body.steps_per_second = Number(pace.value);
    for (const [name, control] of given)
      if (control.value.trim() !== "") body[name] = control instanceof HTMLSelectElement ? control.value : typed(control.value);
    start.disabled = true;
    say(null);
    try {
      const run = await actions.api.post<WireStatus>("api/training-sessions", body);
      actions.showRun(run.run_id);
    } catch (reason) {
      say(reason instanceof Refusal ? reason.errors.join(" ") : "The run was not started.");
    }
    start.disabled = false;
  }

  worlds.addEventListener("click", event => {
    const choice = (event.target as Element).closest("button");
    if (!choice) return;
    world.value = choice.value;
    showWorld();
  });
  world.addEventListener("input", showWorld);
  learner.addEventListener("change", showLearner);
  form.addEventListener("submit", event => {
    event.preventDefault();
    void begin();
  });
  const sight = watchSight(element, actions.redraw);
  return {
    element,
    draw: ({ feed }) => {
      form.inert = !canControl();
      start.disabled = !canControl();
      start.title = canControl() ? "" : "This link is view-only.";
      if (sight.isSeen() && !isAsked && feed.connection.kind === "live") void load();
    },
    dispose: sight.dispose,
  };
}
