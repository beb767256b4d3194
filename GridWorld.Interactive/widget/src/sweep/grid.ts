import { addChildren, button, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { rowsWindow } from "../kit/rows-window";
import { clicked } from "../table/model";
import type { Sort } from "../table/groups";
import { createPages, type Part } from "./pages";
import { sized } from "../kit/size";

export interface GridColumn<T> {
  /** What the server sorts by. */
  key: string;
  title: string;
  text: (row: T) => string;
  isNumber: boolean;
  /** Its least width, in px. */
  width: number;
}

export interface GridOptions<T> {
  label: string;
  testid: string;
  empty: string;
  keyOf: (row: T) => string;
  /** `sort` is a column, after a minus sign for falling order; null is the server's own order. */
  fetch: (start: number, count: number, sort: string | null) => Promise<Part<T>>;
  /** A row was clicked, or the keys came to it. */
  select?: (row: T) => void;
  /** A row was clicked, or Enter was pressed on it. */
  open?: (row: T) => void;
}

export interface Grid<T> {
  element: HTMLElement;
  columns: (columns: readonly GridColumn<T>[]) => void;
  mark: (key: string | null) => void;
  /** The rows may have changed. */
  renew: () => void;
  /** Other rows, from the top. */
  reset: () => void;
  total: () => number;
  dispose: () => void;
}

/** A table of any number of rows that the server sorts: only those in sight are in the page, and only some around them here. */
export function createGrid<T>(options: GridOptions<T>): Grid<T> {
  const rowHeight = sized(26);
  const { keyOf } = options, head = el("div", { role: "row", class: "grid-row" });
  const body = el("div", { class: "grid-body", role: "rowgroup" }), empty = el("p", { class: "empty" }, options.empty);
  const scroller = el("div", { class: "run-grid paged", testid: options.testid, role: "grid", "aria-label": options.label, tabindex: 0,
    "data-rows": 0 }, el("div", { class: "grid-head", role: "rowgroup" }, head), body, empty);
  let columns: readonly GridColumn<T>[] = [], sort: Sort = { key: "", descending: false }, current: number | null = null;
  let marked: string | null = null, top = 0, height = 0, frame = 0, hasAnswer = false, slots: HTMLElement[] = [];
  const pages = createPages<T>(async (start, count) => {
    const part = await options.fetch(start, count, sort.key === "" ? null : `${sort.descending ? "-" : ""}${sort.key}`);
    hasAnswer = true;
    return part;
  }, draw);

  function draw(): void {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      paint();
    });
  }

  scroller.addEventListener("scroll", () => {
    top = scroller.scrollTop;
    draw();
  }, { passive: true });
  const resize = new ResizeObserver(() => {
    height = scroller.clientHeight;
    draw();
  });
  resize.observe(scroller);

  function drawHead(): void {
    const focused = head.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.sort : undefined;
    setChildren(head, ...columns.map(c => {
      const isSorted = sort.key === c.key;
      return el("span", { role: "columnheader", class: c.isNumber ? "cell" : "cell words",
        "aria-sort": !isSorted ? undefined : sort.descending ? "descending" : "ascending" },
        button(`${c.title}${!isSorted ? "" : sort.descending ? " ↓" : " ↑"}`, { class: "link", "data-sort": c.key,
          "aria-label": `Sort by ${c.title}` }, () => {
          sort = clicked(sort, c.key);
          drawHead();
          reset();
        }));
    }));
    if (focused !== undefined) head.querySelector<HTMLElement>(`[data-sort="${CSS.escape(focused)}"]`)?.focus();
  }

  function reset(): void {
    pages.reset();
    current = null;
    hasAnswer = false;
    scroller.scrollTop = top = 0;
    draw();
  }

  const choose = (at: number, isClick: boolean): void => {
    const row = pages.row(at);
    current = at;
    if (row !== undefined) {
      options.select?.(row);
      if (isClick) options.open?.(row);
    }
    draw();
  };
  body.addEventListener("click", e => {
    const node = e.target instanceof Element ? e.target.closest<HTMLElement>("[data-row]") : null;
    if (node) choose(Number(node.dataset.row), true);
  });
  scroller.addEventListener("keydown", e => {
    if (e.target !== scroller || e.ctrlKey || e.metaKey || e.altKey) return;
    const at = current ?? -1, page = Math.max(1, Math.floor(height / rowHeight) - 2), last = pages.total() - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last, PageDown: at + page, PageUp: at - page }[e.key];
    if (to === undefined && e.key !== "Enter") return;
    e.preventDefault();
    e.stopPropagation();
    if (to === undefined) {
      const row = pages.row(at);
      if (row !== undefined) options.open?.(row);
      return;
    }
    const next = Math.max(0, Math.min(last, to)), y = next * rowHeight, room = height - rowHeight;
    if (y < top) scroller.scrollTop = top = y;
    else if (y + rowHeight > top + room) scroller.scrollTop = top = y + rowHeight - room;
    choose(next, false);
  });

  function paint(): void {
    if (columns.length === 0) return;
    const total = pages.total(), { first, count } = rowsWindow(top, height, rowHeight, total, 2);
    pages.want(first, Math.max(1, count));
    setAttribute(scroller, "data-rows", String(total));
    setAttribute(scroller, "aria-rowcount", String(total + 1));
    setHidden(empty, total > 0 || !hasAnswer);
    body.style.height = `${total * rowHeight}px`;
    scroller.style.setProperty("--rows", `${(Math.max(2, total) + 1) * rowHeight + 12}px`);
    while (slots.length < count) {
      const node = el("div", { role: "row", class: "grid-row" }, ...columns.map(c =>
        el("span", { role: "gridcell", class: c.isNumber ? "cell" : "cell words" })
      ));
      slots.push(node);
      addChildren(body, node);
    }
    const used = new Set<HTMLElement>();
    for (let at = first; at < first + count; at++) {
      const node = slots[at % slots.length] as HTMLElement, row = pages.row(at), key = row === undefined ? null : keyOf(row);
      used.add(node);
      node.style.top = `${at * rowHeight}px`;
      node.id = `gw-${options.testid}-${at}`;
      setAttribute(node, "data-row", String(at));
      setAttribute(node, "data-key", key);
      setAttribute(node, "aria-rowindex", String(at + 2));
      setAttribute(node, "aria-selected", String(key !== null && key === marked));
      node.classList.toggle("current", at === current || (key !== null && key === marked));
      columns.forEach((c, i) => {
        const cell = node.children[i] as HTMLElement, text = row === undefined ? "…" : c.text(row);
        setText(cell, text);
        setAttribute(cell, "title", text.length > 14 ? text : null);
      });
    }
    for (const node of slots) setHidden(node, !used.has(node));
    setAttribute(scroller, "aria-activedescendant",
      current !== null && current >= first && current < first + count ? `gw-${options.testid}-${current}` : null);
  }

  return {
    element: scroller,
    columns: next => {
      if (next.map(c => c.key).join() === columns.map(c => c.key).join()) return;
      columns = next;
      slots = [];
      setChildren(body);
      scroller.style.setProperty("--columns", next.map(c => `minmax(${c.width}px, ${c.isNumber ? 1 : 1.4}fr)`).join(" "));
      scroller.style.setProperty("--width", `${next.reduce((sum, c) => sum + c.width, 0)}px`);
      drawHead();
      draw();
    },
    mark: key => {
      if (key === marked) return;
      marked = key;
      draw();
    },
    renew: () => {
      pages.renew();
      draw();
    },
    reset,
    total: pages.total,
    dispose: () => {
      cancelAnimationFrame(frame);
      resize.disconnect();
    },
  };
}
