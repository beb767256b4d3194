import { el, setHidden } from "../kit/dom";
import type { Actions } from "../kit/panel";
import { placesOf } from "../kit/places";
import { got, readNumber } from "../kit/setting";
import { toNumber, type WireState } from "../wire/protocol";
import type { RunData } from "../wire/view-state";

/** The reward for entering a kept cell, which can be changed while the run trains and its present is shown. */
export function createReward(actions: Actions): { element: HTMLElement; draw: (run: RunData, state: number) => void } {
  const input = el("input", { inputmode: "decimal", autocomplete: "off", testid: "cell-reward" });
  const element = el("label", { class: "paying", hidden: true, title: "Changes the world of this run from the next episode on" },
    "Reward for entering ", input);
  let of = "", command: { x: number; y: number } | null = null;
  let read: number | null = null;
  let shown = "";

  async function load(run: RunData, state: number): Promise<void> {
    const asked = of;
    const facts = await actions.api.get<WireState>("api/agent/state", { session: run.sessionId, state, last_visits: 0 }).catch(() => null);
    if (asked !== of || facts === null) return;
    read = toNumber(facts.reward);
    command = { x: facts.x, y: facts.y };
    actions.redraw();
  }

  async function change(): Promise<void> {
    const reward = readNumber(input.value), cell = command;
    if (cell === null || input.value === shown) return;
    if (reward === null) {
      actions.say(`The reward must be a number${got(input.value)}.`);
      return;
    }
    // The event of the change shows the new number; the banner says why there is none.
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
      const wanted = `${run.sessionId} ${state}`;
      if (wanted !== of) {
        [of, command, read] = [wanted, null, null];
        if (world?.editable === true) void load(run, state);
      }
      const isLive = status?.state === "training" || status?.state === "paused";
      setHidden(element, read === null || !isLive || !status.can_control || at !== null || world === null);
      if (read === null || world === null) return;
      const name = `reward(${placesOf(world).x(state)},${placesOf(world).y(state)})`;
      const changed = run.events.findLast(e => e.event === "reward_change" && e.param === name)?.new_value;
      const now = String(typeof changed === "number" ? changed : read);
      if (now === shown && command !== null) return;
      if (document.activeElement !== input || input.value === shown) input.value = now;
      shown = now;
    },
  };
}
