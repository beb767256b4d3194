import { el, setAttribute, setChildren, setHidden, setText } from "./dom";
import type { WireWorld } from "../wire/protocol";

/** Which mode's map is shown: the agent's, or one that was chosen. Hidden where a world has one mode. */
export function createModePicker(changed: () => void): {
  element: HTMLElement;
  /** The mode to ask for; null for the agent's. */
  mode: () => number | null;
  /** Where a replayed agent is; null for none. True if that asks for another map. */
  follow: (mode: number | null) => boolean;
  draw: (world: WireWorld, shown: number) => void;
} {
  const select = el("select", { testid: "map-mode", "aria-label": "Mode of the map" });
  const now = el("span", { class: "now", testid: "map-mode-shown" });
  const element = el("div", { class: "map-mode", hidden: true }, el("label", {}, "Map of ", select), now);
  let names: readonly string[] | null = null;
  let followed: number | null = null;

  const chosen = (): number | null => (select.value === "" || select.value === "agent" ? null : Number(select.value));

  select.addEventListener("change", changed);
  return {
    element,
    mode: () => chosen() ?? followed,
    follow: mode => {
      const isOther = followed !== mode;
      followed = mode;
      return isOther && chosen() === null;
    },
    draw: (world, shown) => {
      setHidden(element, world.modes === 1);
      if (world.modes === 1) return;
      if (names?.join("\n") !== world.mode_names.join("\n")) {
        names = world.mode_names;
        setChildren(select, el("option", { value: "agent" }, "the agent's mode"), ...names.map((name, mode) =>
          el("option", { value: mode }, name)
        ));
      }
      setText(now, chosen() === null ? world.mode_names[shown] ?? `layer ${shown + 1} of ${world.modes}` : "");
      setAttribute(element, "data-mode", String(shown));
    },
  };
}
