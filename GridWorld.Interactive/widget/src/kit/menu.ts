import { el } from "./dom";

/** A choice in a menu, with its label above it. */
export const option = (label: string, choices: HTMLElement): HTMLElement => el("div", { class: "option" }, el("span", {}, label), choices);

/** Options behind a button. */
export function createMenu(testid: string, label: string, ...options: HTMLElement[]): HTMLElement {
  const id = `gw-${testid}`;
  const menu = el("div", { class: "menu options", id, popover: "auto", testid, role: "group", "aria-label": label }, ...options);
  const open = el("button", { type: "button", class: "small", popovertarget: id, testid: `${testid}-button`, "aria-label": label,
    title: label }, "⋯");
  menu.addEventListener("toggle", () => {
    const at = open.getBoundingClientRect(), width = document.documentElement.clientWidth;
    // Whole, even where its button is near the window's lower end.
    menu.style.top = `${Math.max(8, Math.min(at.bottom + 6, innerHeight - menu.offsetHeight - 8))}px`;
    menu.style.right = `${Math.max(8, Math.min(width - at.right, width - menu.offsetWidth - 8))}px`;
  });
  return el("span", { class: "files" }, open, menu);
}
