import { el, setHidden, setText } from "../kit/dom";
import type { Actions } from "../kit/panel";
import { got, readNumber } from "../kit/setting";
import { toNumber, type WireState } from "../wire/protocol";
import type { RunData } from "../wire/view-state";

/** The reward for entering a kept cell, which can be changed while the run trains and its present is shown. */
export function createReward(actions: Actions): { element: HTMLElement; draw: (run: RunData, state: number) => void } {
  const input = el("input", { inputmode: "decimal", autocomplete: "off", testid: "cell-reward" });
  const label = el("span"), hint = el("span", { class: "hint" }, "Enter changes it from the next episode on");
  const element = el("label", { class: "paying", hidden: true }, label, input, hint);
  let of = "", shown = "";
  let read: number | null = null;
  let cell: { x: number; y: number } | null = null;

  async function load(run: RunData, state: number): Promise<void> {
    const asked = of;
    const facts = await actions.api.get<WireState>("api/agent/state", { session: run.sessionId, state, last_visits: 0 }).catch(() => null);
    if (asked !== of || facts === null) return;
    [read, cell] = [toNumber(facts.reward), { x: facts.x, y: facts.y }];
    actions.redraw();
  }

  async function change(): Promise<void> {
    const reward = readNumber(input.value);
    if (input.value === shown) return;
    if (reward === null) {
      actions.say(`The reward must be a number${got(input.value)}.`);
      return;
    }
    input.value = String(reward);
    // The banner says why it is refused.
    await actions.command("rewards", { ...cell, reward }).catch(() => (input.value = shown));
  }

  input.addEventListener("change", () => void change());
  input.addEventListener("keydown", e => {
    if (e.key === "Escape") input.value = shown;
  });

  return {
    element,
    draw: (run, state) => {
      const { status, world, at } = run;
      const isLive = status?.state === "training" || status?.state === "paused";
      const isOffered = isLive && status.can_control && at === null && world?.editable === true;
      const wanted = isOffered ? `${run.sessionId} ${state}` : "";
      if (wanted !== of) {
        [of, read, cell] = [wanted, null, null];
        shown = input.value = "";
        if (isOffered) void load(run, state);
      }
      setHidden(element, read === null);
      if (read === null || cell === null) return;
      setText(label, `Reward for entering (${cell.x}, ${cell.y})`);
      const name = `reward(${cell.x},${cell.y})`;
      const changed = run.events.findLast(e => e.event === "reward_change" && e.param === name)?.new_value;
      const now = String(typeof changed === "number" ? changed : read);
      if (input.value === shown) input.value = now;
      shown = now;
    },
  };
}
