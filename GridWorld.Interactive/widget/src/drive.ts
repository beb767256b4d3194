import { Refusal, type StateFacts } from "./api";
import { button, el, setAttribute, setText } from "./dom";
import { actionOf, bestActions, noDrive, stepped, trailOf, type Drive } from "./drive-state";
import { alike, glance, none, plural } from "./format";
import { actionWords, glyph } from "./layout";
import { nothingOver, type Overlay } from "./overlay";
import type { Actions } from "./panel";
import { toNumber, type WireNumber } from "./protocol";
import type { RunData } from "./view-state";

interface StepAnswer {
  reward?: WireNumber;
  next_state: number;
  terminated?: boolean;
  last_action?: number;
}

/** Keys that may wait: who holds one down is not to drive on long after. */
const mostWaiting = 8;

/** Lets a person act in the world, step by step, and says what the agent would have done. */
export function createDriver(actions: Actions, moved: (state: number) => void): {
  element: HTMLElement;
  overlay: () => Overlay;
  key: (event: KeyboardEvent) => boolean;
  draw: (run: RunData, active: boolean) => void;
} {
  let drive: Drive = noDrive;
  let run: RunData | null = null;
  let owner = "";
  let busy = false;
  /** What was pressed while a step was on its way. */
  let waiting: number[] = [];
  let facts: StateFacts | null = null;
  let words = "";
  /** Every drive has chance of its own; within it each step has the next number. */
  let seed = 0;

  const where = el("b", { class: "where" }), tally = el("span", { class: "more", testid: "drive-return" });
  const choices = el("div", { class: "choices" });
  const said = el("p", { class: "note", testid: "drive-note", role: "status" });
  const restart = button("Start over", { testid: "drive-restart", title: "Home" }, () => void begin());
  const element = el("div", { class: "under drive", testid: "driver", role: "group", "aria-label": "Drive the agent" },
    el("div", { class: "line" }, where, tally, el("span", { class: "spacer" }), restart), choices, said);

  const ask = async <T>(path: string, query: Record<string, string | number | null>): Promise<T | null> => {
    try {
      return await actions.api.get<T>(path, { session: owner, ...query });
    } catch (error) {
      words = error instanceof Refusal ? error.message : "The step was not taken.";
      return null;
    } finally {
      actions.redraw();
    }
  };

  async function begin(): Promise<void> {
    busy = true;
    waiting = [];
    seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    const asker = owner, answer = await ask<StepAnswer>("api/step", { seed });
    busy = false;
    if (!answer || asker !== owner) return;
    drive = { ...noDrive, state: answer.next_state };
    words = `Drive with the arrow keys or WASD${(run?.world?.actions.length ?? 0) > 5 ? "; diagonals with Q E Z C or the number pad" : ""}.`;
    await look();
  }

  async function look(): Promise<void> {
    if (drive.state === null) return;
    moved(drive.state);
    facts = null;
    const state = drive.state, answer = await ask<StateFacts>("api/agent/state", { state, last_visits: 0 });
    if (state === drive.state) facts = answer;
    actions.redraw();
  }

  /** One step at a time; what is pressed meanwhile waits for its turn. */
  async function act(action: number): Promise<void> {
    if (busy) {
      if (waiting.length < mostWaiting) waiting.push(action);
      return;
    }
    if (drive.state === null || drive.over) return;
    busy = true;
    const state = drive.state, asker = owner;
    // Who presses faster than the row comes is judged by it all the same.
    const before = facts?.state === state ? facts : await ask<StateFacts>("api/agent/state", { state, last_visits: 0 });
    const answer = await ask<StepAnswer>("api/step", { state, action, last_action: drive.lastAction, seed: seed + drive.count + 1 });
    busy = false;
    if (!answer || asker !== owner) {
      waiting = [];
      return;
    }
    const reward = toNumber(answer.reward) ?? 0, terminated = answer.terminated === true;
    drive = stepped(drive, { state, action, reward, next: answer.next_state, terminated }, answer.last_action ?? action);
    words = verdict(action, reward, before, state, answer.next_state, terminated);
    await look();
    const next = waiting.shift();
    if (next !== undefined) await act(next);
  }

  function verdict(action: number, reward: number, before: StateFacts | null, state: number, next: number, over: boolean): string {
    const names = run?.world?.actions ?? [], name = (a: number): string => actionWords(names[a] ?? String(a));
    const q = (before?.q ?? []).map(v => toNumber(v)), best = bestActions(q), optimal = before?.best ?? [];
    const agent = best.length === 0 ? "" : best.length === q.length ? " The agent knows no best action here."
      : best.includes(action) ? ` The agent would have done ${best.length > 1 ? "so or alike" : "the same"}.` : ` The agent would have gone ${best.map(name).join(" or ")} (${glance(q[best[0] ?? 0])} against ${glance(q[action])}).`;
    const truth = optimal.length === 0 ? "" : optimal.includes(action) ? " Optimal." : ` Not optimal: ${optimal.map(name).join(" or ")} is.`;
    const went = `You chose ${name(action)}: ${glance(reward)}${next === state ? ", and stayed" : ""}.`;
    return `${went}${agent}${truth}${over ? ` The episode is over after ${plural(drive.count, "step")}, return ${glance(drive.return)}.` : ""}`;
  }

  function drawChoices(): void {
    const names = run?.world?.actions ?? [], q = (facts?.q ?? []).map(v => toNumber(v)), texts = alike(q), best = bestActions(q);
    if (choices.childElementCount !== names.length)
      choices.replaceChildren(...names.map((name, a) => button("", { "data-action": a, "aria-label": actionWords(name) }, () => void act(a))));
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
    overlay: () => ({ ...nothingOver, agent: drive.state, trail: trailOf(drive) }),
    key: e => {
      if (e.ctrlKey || e.metaKey || e.altKey) return false;
      if (e.key === "Home" || (e.key === "Enter" && drive.over)) {
        void begin();
        return true;
      }
      const action = actionOf(e.code, run?.world?.actions ?? []);
      if (action === null) return false;
      void act(action);
      return true;
    },
    draw: (now, active) => {
      run = now;
      if (now.sessionId !== owner) [owner, drive, facts, words] = [now.sessionId, noDrive, null, ""];
      if (!active) return;
      if (drive.state === null && !busy && words === "") void begin();
      const width = now.world?.width ?? 1;
      setText(where, drive.state === null ? none : `(${drive.state % width}, ${Math.floor(drive.state / width)})`);
      setText(tally, `${plural(drive.count, "step")} · return ${glance(drive.return)}`);
      setText(said, words);
      setAttribute(element, "data-state", drive.state === null ? null : String(drive.state));
      setAttribute(element, "data-steps", String(drive.count));
      setAttribute(element, "data-return", String(drive.return));
      setAttribute(element, "data-over", String(drive.over));
      drawChoices();
    },
  };
}
