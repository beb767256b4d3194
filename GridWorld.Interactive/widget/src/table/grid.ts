import { addChildren, button, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { isolated } from "../kit/names";
import { rowsWindow } from "../kit/rows-window";
import { cellPadding, cellText, keyOf, widthsOf } from "./cells";
import { keyClass } from "./chart";
import { name, type Field } from "./fields";
import type { Model, Row } from "./model";
import type { Sort } from "./groups";
import { sized } from "../kit/size";

/** What is drawn, besides the rows. */
export interface Marks {
  /** The place of each chosen run in the chart. */
  chosen: ReadonlyMap<string, number>;
  /** The row that the keys act on. */
  current: string | null;
  sort: Sort;
  canControl: boolean;
}

export interface GridActions {
  sort: (key: string) => void;
  /** Ticks or unticks the runs of a row; null for all that are shown. */
  tick: (row: Row | null, on: boolean) => void;
  star: (row: Row) => void;
  open: (row: Row, on: boolean) => void;
  select: (row: Row) => void;
  show: (row: Row) => void;
}

export interface Grid {
  element: HTMLElement;
  draw: (model: Model, marks: Marks, grouping: Field | undefined) => void;
  dispose: () => void;
}

/** A node for a row, and what it was last written from. */
interface Slot {
  node: HTMLElement;
  at: number;
  of: readonly unknown[];
}

const runsOf = (row: Row): readonly { run_id: string }[] => (row.kind === "run" ? [row.run] : row.group.runs);

/** The table itself: of any number of rows, only those in sight are in the page. */
export function createGrid(actions: GridActions, redraw: () => void): Grid {
  const rowHeight = sized(26), controls = [sized(30), sized(28)];
  const head = el("div", { role: "row", class: "grid-row" }), body = el("div", { class: "grid-body", role: "rowgroup" });
  const empty = el("p", { class: "empty" }, "No run matches the filter.");
  const scroller = el("div", { class: "run-grid", testid: "run-table", role: "treegrid", "aria-label": "Runs",
    "aria-multiselectable": "true", tabindex: 0, "data-rows": 0 }, el("div", { class: "grid-head", role: "rowgroup" }, head), body, empty);
  let top = 0, height = 0, width = 0, frame = 0, by: Field | undefined;
  let slots: Slot[] = [];
  /** The row that the keys act on, which the next key must know before it is drawn. */
  let current: string | null = null;
  let widthOf = (text: string): number => text.length, widths: readonly number[] = [];
  let drawn: readonly unknown[] = [], columns: readonly Field[] = [], model: Model | null = null, marks: Marks | null = null;
  scroller.addEventListener("scroll", () => {
    // At once, not when the page's other panels have had their turn: no row is to be missing under the hand that scrolls.
    if (scroller.scrollTop === top || frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      top = scroller.scrollTop;
      if (model && marks) paint(model, { ...marks, current }, by);
    });
  }, { passive: true });
  const resize = new ResizeObserver(() => {
    [height, width] = [scroller.clientHeight, scroller.clientWidth];
    redraw();
  });
  resize.observe(scroller);

  const all = el("input", { type: "checkbox", "aria-label": "Draw all shown runs" });
  all.addEventListener("change", () => actions.tick(null, all.checked));
  const rowAt = (target: EventTarget | null): Row | undefined => {
    const node = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
    return node ? model?.rows[Number(node.dataset.row)] : undefined;
  };
  body.addEventListener("click", e => {
    const row = rowAt(e.target), target = e.target as Element;
    if (!row) return;
    select(row);
    if (target instanceof HTMLInputElement) actions.tick(row, target.checked);
    else if (target.closest(".star")) actions.star(row);
    else if (row.kind === "group" && target.closest(".toggle")) actions.open(row, !row.isOpen);
  });
  body.addEventListener("dblclick", e => {
    const row = rowAt(e.target);
    if (row && !(e.target as Element).closest("input, button")) actions.show(row);
  });

  drawHead([name], { key: "", descending: false });

  function move(to: number): void {
    const rows = model?.rows ?? [], row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (!row) return;
    const y = rows.indexOf(row) * rowHeight, room = height - rowHeight;
    if (y < top) scroller.scrollTop = top = y;
    else if (y + rowHeight > top + room) scroller.scrollTop = top = y + rowHeight - room;
    select(row);
  }

  function select(row: Row): void {
    current = keyOf(row);
    actions.select(row);
  }

  scroller.addEventListener("keydown", e => {
    if (e.target !== scroller || e.ctrlKey || e.metaKey || e.altKey || !model) return;
    const at = model.rows.findIndex(r => keyOf(r) === current), row = model.rows[at],
      page = Math.max(1, Math.floor(height / rowHeight) - 2);
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), Home: 0, End: model.rows.length - 1,
      PageDown: at + page, PageUp: at - page };
    const isOn = row !== undefined && runsOf(row).every(r => marks?.chosen.has(r.run_id));
    const acts: Record<string, () => void> = row === undefined ? {} : {
      " ": () => actions.tick(row, !isOn),
      Enter: () => (row.kind === "group" ? actions.open(row, !row.isOpen) : actions.show(row)),
      "*": () => actions.star(row),
      ...(row.kind === "group" ? { ArrowRight: () => actions.open(row, true), ArrowLeft: () => actions.open(row, false) } : {}),
    };
    const to = moves[e.key], act = acts[e.key];
    if (to === undefined && !act) return;
    e.preventDefault();
    e.stopPropagation();
    if (to !== undefined) move(to);
    else act?.();
  });

  function drawHead(next: readonly Field[], sort: Sort): void {
    const isSame = columns.length === next.length && columns.every((f, i) => f.key === next[i]?.key);
    columns = next;
    const sorter = (key: string, title: string, text: string): HTMLElement =>
      el("span", { role: "columnheader", class: "cell",
        "aria-sort": sort.key !== key ? undefined : sort.descending ? "descending" : "ascending" },
        button(`${text}${sort.key !== key ? "" : sort.descending ? " ↓" : " ↑"}`, { class: "link", "data-sort": key,
          title: `Sort by ${title}`, "aria-label": `Sort by ${title}` }, () => actions.sort(key)));
    const focused = head.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.sort : undefined;
    setChildren(head, el("span", { role: "columnheader", class: "cell" }, all), sorter("starred", "starred", "★"),
      ...columns.map(f => sorter(f.key, f.title, f.title)));
    if (focused !== undefined) head.querySelector<HTMLElement>(`[data-sort="${focused}"]`)?.focus();
    if (isSame) return;
    setChildren(body);
    slots = [];
  }

  /** Tells the width of a text in px, without a layout. */
  function measure(): (text: string) => number {
    const context = document.createElement("canvas").getContext("2d"), { fontSize, fontFamily } = getComputedStyle(scroller);
    if (context) context.font = `${fontSize} ${fontFamily}`;
    return text => context?.measureText(text).width ?? text.length * 7;
  }

  function blank(): HTMLElement {
    return el("div", { role: "row", class: "grid-row" },
      el("span", { role: "gridcell", class: "cell" }, el("input", { type: "checkbox", tabindex: -1 })),
      el("span", { role: "gridcell", class: "cell" }, el("button", { type: "button", class: "link star", tabindex: -1 }, "☆")),
      ...columns.map(f =>
        f === name
          ? el("span", { role: "gridcell", class: "cell named" }, el("button", { type: "button", class: "link toggle", tabindex: -1 }),
            el("i", { class: "key" }), el("span", { class: "name" }), el("b", { class: "best" }))
          : el("span", { role: "gridcell", class: "cell" })
      ));
  }

  function fill(node: HTMLElement, row: Row, at: number, m: Model, now: Marks, grouping: Field | undefined): void {
    const runs = runsOf(row), ticked = runs.filter(r => now.chosen.has(r.run_id)).length, isGroup = row.kind === "group";
    node.style.top = `${at * rowHeight}px`;
    node.id = `gw-row-${at}`;
    setAttribute(node, "data-row", String(at));
    setAttribute(node, "data-key", keyOf(row));
    setAttribute(node, "aria-rowindex", String(at + 2));
    setAttribute(node, "aria-level", isGroup || !row.isInGroup ? "1" : "2");
    setAttribute(node, "aria-expanded", isGroup ? String(row.isOpen) : null);
    setAttribute(node, "aria-selected", String(ticked > 0));
    node.classList.toggle("current", keyOf(row) === now.current);
    node.classList.toggle("inner", !isGroup && row.isInGroup);
    const box = node.children[0]?.firstElementChild as HTMLInputElement, star = node.children[1]?.firstElementChild as HTMLButtonElement;
    const title = cellText(row, name, grouping), label = isolated(title);
    [box.checked, box.indeterminate] = [ticked === runs.length, ticked > 0 && ticked < runs.length];
    box.disabled = !isGroup && row.run.error !== null;
    setAttribute(box, "aria-label", `Draw ${label}`);
    const isStarred = !isGroup && row.run.starred;
    star.hidden = isGroup || (!isStarred && !now.canControl);
    star.disabled = !now.canControl;
    setText(star, isStarred ? "★" : "☆");
    setAttribute(star, "aria-pressed", String(isStarred));
    setAttribute(star, "aria-label", `Star ${label}`);
    columns.forEach((field, i) => {
      const cell = node.children[i + 2] as HTMLElement;
      if (field !== name) {
        const text = cellText(row, field, grouping);
        const isCut = widthOf(text) + cellPadding > (widths[i] ?? 0);
        setText(cell, text);
        cell.classList.toggle("cut", isCut);
        setAttribute(cell, "title", !isGroup && row.run.error !== null && field.key === "state" ? row.run.error : isCut ? text : null);
        return;
      }
      const [toggle, key, words, best] = cell.children as unknown as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
      toggle.hidden = !isGroup;
      setText(toggle, isGroup && row.isOpen ? "▾" : "▸");
      setAttribute(toggle, "aria-label", isGroup ? `${row.isOpen ? "Close" : "Open"} ${label}` : null);
      setAttribute(key, "class", `key ${isGroup ? "" : keyClass(now.chosen.get(row.run.run_id) ?? -1)}`);
      setText(words, title);
      setAttribute(words, "title", title);
      setText(best, m.best.key !== null && m.best.key === (isGroup ? row.group.key : row.run.run_id) ? "best" : "");
    });
  }

  function paint(m: Model, now: Marks, grouping: Field | undefined): void {
    const same = [m, now.chosen, now.current, now.canControl, top, height, width];
    if (same.every((v, i) => v === drawn[i])) return;
    const isNew = drawn[0] !== m || drawn[6] !== width;
    drawn = same;
    [model, marks, by, current] = [m, now, grouping, now.current];
    if (isNew) {
      drawHead(m.columns, now.sort);
      widthOf = measure();
      widths = widthsOf(m, grouping, width < 520, widthOf);
      const every = [...controls, ...widths], sum = every.reduce((a, b) => a + b, 0);
      scroller.style.setProperty("--columns", every.map(w => `${w}px`).join(" "));
      scroller.style.setProperty("--width", `${sum}px`);
      scroller.classList.toggle("scrolls", sum > width);
      body.style.height = `${m.rows.length * rowHeight}px`;
      scroller.style.setProperty("--rows", `${(Math.max(2, m.rows.length) + 1) * rowHeight + 12}px`);
      setAttribute(scroller, "data-rows", String(m.rows.length));
      setAttribute(scroller, "aria-rowcount", String(m.rows.length + 1));
      setAttribute(scroller, "aria-colcount", String(m.columns.length + controls.length));
      empty.hidden = m.rows.length > 0;
    }
    const ticked = m.shown.length > 0 && m.shown.every(r => now.chosen.has(r.run_id));
    [all.checked, all.indeterminate] = [ticked, !ticked && now.chosen.size > 0];
    const { first, count } = rowsWindow(top, height, rowHeight, m.rows.length, 2);
    while (slots.length < count) {
      const node = blank();
      addChildren(body, node);
      slots.push({ node, at: -1, of: [] });
    }
    // Each row has its own place among the nodes: of a list that is scrolled a little only the rows that come in are written.
    const of = [m, now.chosen, now.current, now.canControl], used = new Set<unknown>();
    for (let at = first; at < first + count; at++) {
      const slot = slots[at % slots.length] as Slot;
      used.add(slot);
      if (slot.at === at && of.every((v, i) => v === slot.of[i])) continue;
      fill(slot.node, m.rows[at] as Row, at, m, now, grouping);
      [slot.at, slot.of] = [at, of];
    }
    for (const slot of slots) setHidden(slot.node, !used.has(slot));
    const at = m.rows.slice(first, first + count).findIndex(r => keyOf(r) === now.current);
    setAttribute(scroller, "aria-activedescendant", at < 0 ? null : `gw-row-${first + at}`);
  }

  return {
    element: scroller,
    draw: paint,
    dispose: () => {
      cancelAnimationFrame(frame);
      resize.disconnect();
    },
  };
}
