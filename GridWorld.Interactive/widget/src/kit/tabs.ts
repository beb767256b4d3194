import { addChildren, el, setAttribute, setHidden } from "./dom";

export interface Tab {
  name: string;
  title: string;
  content: HTMLElement;
}

/** A row of tabs (WAI-ARIA, tabs with automatic activation). A tab without content is hidden. */
export function createTabs(label: string, tabs: readonly Tab[],
  changed: () => void): { element: HTMLElement; select: (name: string) => void; selected: () => string }
{
  const offered = tabs.filter(t => t.content.childElementCount > 0);
  const list = el("div", { class: "tabs", role: "tablist", "aria-label": label, testid: "tabs" });
  const panels = el("div", { class: "tab-panels" });
  const heads = offered.map(t => {
    const head = el("button", { type: "button", role: "tab", id: `gw-tab-${t.name}`, "aria-controls": `gw-panel-${t.name}`,
      testid: `tab-${t.name}`, "data-value": t.name }, t.title);
    head.addEventListener("click", () => select(t.name));
    addChildren(list, head);
    addChildren(panels,
      el("div", { role: "tabpanel", id: `gw-panel-${t.name}`, "aria-labelledby": `gw-tab-${t.name}`, testid: `panel-${t.name}` },
        t.content));
    return head;
  });

  let selected = "";

  /** Shows a tab; nothing happens if there is none of that name. */
  function select(name: string): void {
    if (name === selected || !offered.some(t => t.name === name)) return;
    selected = name;
    changed();
    offered.forEach((t, i) => {
      const chosen = t.name === name;
      setAttribute(heads[i] as Element, "aria-selected", String(chosen));
      setAttribute(heads[i] as Element, "tabindex", chosen ? "0" : "-1");
      setHidden(panels.children[i] as HTMLElement, !chosen);
    });
    // On a narrow page the row scrolls by itself.
    const chosen = heads.find(h => h.dataset.value === name);
    if (chosen && list.scrollWidth > list.clientWidth) list.scrollLeft = chosen.offsetLeft - list.clientWidth / 3;
  }

  list.addEventListener("keydown", e => {
    const at = heads.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: heads.length - 1 }[e.key];
    const head = at < 0 || to === undefined ? undefined : heads[(to + heads.length) % heads.length];
    if (!head) return;
    e.preventDefault();
    head.focus();
    select(head.dataset.value ?? "");
  });
  select(offered[0]?.name ?? "");
  return { element: el("section", { class: "bottom", "aria-label": label }, list, panels), select, selected: () => selected };
}
