import { Refusal } from "../wire/api";
import { button, el, setAttribute, setChildren, setText } from "../kit/dom";
import { actionOf, bestActions, trailOf } from "./drive-state";
import { verdict } from "./drive-words";
import { createDriving, type DrivingView } from "./driving";
import { alike, glance, none, plural } from "../kit/format";
import { actionWords, glyph } from "../kit/layout";
import { stateWords } from "../kit/places";
import { nothingOver, type Overlay } from "./overlay";
import type { Actions } from "../kit/panel";
import { toNumber, type WireStart, type WireState, type WireStep } from "../wire/protocol";
import type { RunData } from "../wire/view-state";

/** Lets the user act in the world, step by step, and shows what the agent would have done. */
export function createDriver(actions: Actions, moved: (state: number) => void): {
  element: HTMLElement;
  overlay: () => Overlay;
  key: (event: KeyboardEvent) => boolean;
  draw: (run: RunData, active: boolean) => void;
} {
  let run: RunData | null = null;
  let owner = "";
  let stood: number | null = null;

  const where = el("b", { class: "where" }), tally = el("span", { class: "more", testid: "drive-return" });
  const choices = el("div", { class: "choices" });
  const said = el("p", { class: "note", testid: "drive-note", role: "status" });
  const restart = button("Start over", { testid: "drive-restart", title: "Home" }, () => driving.begin());
  const element = el("div", { class: "under drive", testid: "driver", role: "group", "aria-label": "Drive the agent" },
    el("div", { class: "line" }, where, tally, el("span", { class: "spacer" }), restart), choices, said);

  const get = <T>(path: string, query: Record<string, number | null>): Promise<T> => actions.api.get<T>(path, { session: owner, ...query });
  // Every drive has its own seed; each step in it uses the next number.
  const driving = createDriving({
    start: seed => get<WireStart>("api/step", { seed, at: run?.at ?? null }),
    step: (state, action, lastAction, seed) =>
      get<WireStep>("api/step", { state, action, last_action: lastAction, seed, at: run?.at ?? null }),
    row: state => get<WireState>("api/agent/state", { state, at: run?.at ?? null, last_visits: 0 }),
  }, actions.redraw, () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);

  function words({ drive, choice, error, begun }: DrivingView): string {
    if (error !== null) return error instanceof Refusal ? error.message : "The step was not taken.";
    if (choice !== null) return verdict(choice, drive, run?.world?.actions ?? []);
    return !begun || drive.state === null ? ""
      : `Drive with the arrow keys or WASD${(run?.world?.actions.length ?? 0) > 5 ? "; diagonals with Q E Z C or the number pad" : ""}.`;
  }

  function drawChoices({ drive, row }: DrivingView): void {
    const names = run?.world?.actions ?? [], q = (row?.q ?? []).map(v => toNumber(v)), texts = alike(q), best = bestActions(q);
    if (choices.childElementCount !== names.length)
      setChildren(choices,
        ...names.map((name, a) => button("", { "data-action": a, "aria-label": actionWords(name) }, () => driving.act(a))));
    names.forEach((name, a) => {
      const b = choices.children[a] as HTMLButtonElement;
      setText(b, `${glyph(name)} ${texts[a] ?? ""}`);
      setAttribute(b, "aria-label", `${actionWords(name)}${texts[a] ? `, value ${texts[a]}` : ""}`);
      b.classList.toggle("best", best.includes(a) && best.length < q.length);
      b.disabled = drive.over || drive.state === null;
    });
  }

  return {
    element,
    overlay: () => ({ ...nothingOver, agent: driving.view().drive.state, trail: trailOf(driving.view().drive) }),
    key: e => {
      if (e.ctrlKey || e.metaKey || e.altKey) return false;
      if (e.key === "Home" || (e.key === "Enter" && driving.view().drive.over)) {
        driving.begin();
        return true;
      }
      const action = actionOf(e.code, run?.world?.actions ?? []);
      if (action === null) return false;
      driving.act(action, e.repeat);
      return true;
    },
    draw: (now, active) => {
      run = now;
      if (now.sessionId !== owner) {
        owner = now.sessionId;
        driving.drop();
      }
      if (!active) return;
      if (!driving.view().begun) driving.begin();
      const view = driving.view(), { drive } = view;
      if (drive.state !== stood) {
        stood = drive.state;
        if (stood !== null) moved(stood);
      }
      setText(where, drive.state === null ? none : stateWords(drive.state, now.world));
      setText(tally, `${plural(drive.count, "step")} · return ${glance(drive.return)}`);
      setText(said, words(view));
      setAttribute(element, "data-state", drive.state === null ? null : String(drive.state));
      setAttribute(element, "data-steps", String(drive.count));
      setAttribute(element, "data-return", String(drive.return));
      setAttribute(element, "data-over", String(drive.over));
      drawChoices(view);
    },
  };
}
