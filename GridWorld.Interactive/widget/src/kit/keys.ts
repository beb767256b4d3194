import { addChildren, button, el } from "./dom";

export interface Shortcut {
  key: string;
  shown: string;
  does: string;
  /** Whether the key does something now; always, if absent. */
  isOn?: () => boolean;
  run: () => void;
}

/** Keys that work only while a certain part of the page has the focus. */
const placed: readonly { shown: string; does: string }[] = [
  { shown: "?", does: "show this list" },
  { shown: "Esc", does: "in a field: undo typing; on the map: release the state" },
  { shown: "← ↑ → ↓", does: "on the map: inspect a state; on the curve: move left or right" },
  { shown: "+ − 0", does: "on the map and the curve: zoom in, zoom out, show all" },
  { shown: "Space", does: "on the map while editing: paint the cell" },
  { shown: "Ctrl+Z, Ctrl+Y", does: "on the map while editing: undo, redo" },
  { shown: "W A S D", does: "while driving: move, as the arrow keys do" },
  { shown: "Home", does: "while driving: start over" },
  { shown: "↑ ↓ Space Enter *", does: "in the table of runs: move, draw, show, star" },
  { shown: "↑ ↓ Enter", does: "in the tables of trials and seeds: choose, open" },
  { shown: "Enter", does: "in the list of episodes: replay the episode at the top" },
];

/** Whether a key press belongs to the control that has the focus. */
export function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  // It closes what is open and undoes what is typed; a slider has no use for it.
  if (key === "Escape") {
    return target.closest("input:not([type=range]), textarea, [contenteditable]") !== null
      || document.querySelector("dialog[open], :popover-open") !== null;
  }
  if (target.closest("input, select, textarea, dialog[open], [contenteditable]")) return true;
  return key === " " && target.closest("button, a, summary, [role=tab]") !== null;
}

/** Keys for the whole page, and the dialog that lists them and explains what is not plain at sight. */
export function createKeys(host: HTMLElement, shortcuts: readonly Shortcut[],
  help: readonly (readonly [string, string])[]): { show: () => void; dispose: () => void }
{
  const list = el("dl", { class: "pairs" });
  for (const s of [...shortcuts, ...placed]) addChildren(list, el("dt", {}, el("kbd", {}, s.shown)), el("dd", {}, s.does));
  const dialog = el("dialog", { class: "card keys", testid: "keys", tabindex: -1, "aria-label": "Keys and help" }, el("h2", {}, "Keys"),
    list, ...help.map(([what, text]) => el("div", {}, el("h2", {}, what), el("p", {}, text))), button("Close", {}, () => dialog.close()));
  addChildren(host, dialog);
  const show = (): void => {
    if (dialog.open) return;
    dialog.showModal();
    // The button at the end takes the focus, and would be scrolled to.
    dialog.focus();
    dialog.scrollTop = 0;
  };
  function onKey(e: KeyboardEvent): void {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || isTaken(e.target, e.key)) return;
    const shortcut: Pick<Shortcut, "run" | "isOn"> | undefined = e.key === "?" ? { run: show }
      : shortcuts.find(s => s.key === e.key.toLowerCase());
    if (!shortcut || shortcut.isOn?.() === false) return;
    e.preventDefault();
    shortcut.run();
  }
  document.addEventListener("keydown", onKey);
  return { show, dispose: () => document.removeEventListener("keydown", onKey) };
}
