import { addChildren, el, setAttribute, setText } from "./dom";
import { keepPlace, rowsWindow, type Window } from "./rows-window";
import { watchSight } from "./room";
import { sized } from "./size";

export interface Column {
  title: string;
  /** Class of the column's cells: what it is, for its width and for whether it shows on a narrow card. */
  kind: string;
}

/** The time in ms between two drawings of a list that is out of sight: paper and screen readers show it all the same. */
const rest = 5000;

/** A list of any length that keeps only the visible rows in the page. Row 0 is the newest. */
export function createRows(label: string, testid: string, columns: readonly Column[], empty: string, redraw: () => void,
  open?: (key: string) => void
): {
  element: HTMLElement;
  /**
   * `source` is what the rows come from: the same one again, unscrolled, is drawn already. Returns which rows came into sight; null for
   * none.
   */
  draw: (source: unknown, rows: number, newest: number, cells: (row: number) => { key: string; texts: readonly string[] }) => Window | null;
  /** Scrolls to a row and marks it. */
  reveal: (row: number, rows: number) => void;
  /** To the top, with other rows: nothing that is shown has a place to keep. */
  reset: () => void;
  dispose: () => void;
} {
  const rowHeight = sized(24);
  const heads = columns.map(c => el("span", { role: "columnheader", class: c.kind }, c.title));
  const body = el("div", { class: "rows-body", role: "rowgroup" });
  const nothing = el("p", { class: "empty" }, empty);
  const scroller = el("div", { class: "rows", testid, role: "table", "aria-label": label, tabindex: 0, "data-rows": 0 },
    el("div", { role: "rowgroup", class: "rows-head" }, el("div", { role: "row" }, ...heads)), body, nothing);
  let newestShown = 0;
  let height = 0;
  // Where the list is scrolled to, kept here: to ask the page for it while drawing would force a layout.
  let top = 0;
  let drawn: { source: unknown; top: number; height: number; isSeen: boolean; time: number } | null = null;
  scroller.addEventListener("scroll", () => {
    top = scroller.scrollTop;
    redraw();
  }, { passive: true });
  const resize = new ResizeObserver(() => {
    height = scroller.clientHeight;
    redraw();
  });
  resize.observe(scroller);
  const sight = watchSight(scroller, redraw);
  let marked = -1;
  if (open) {
    scroller.classList.add("opens");
    const openAt = (target: EventTarget | null): void => {
      const key = target instanceof Element ? target.closest<HTMLElement>("[data-key]")?.dataset.key : undefined;
      if (key !== undefined) open(key);
    };
    body.addEventListener("click", e => openAt(e.target));
    scroller.addEventListener("keydown", e => {
      if (e.key === "Enter")
        openAt(
          body.children[Math.max(0, Math.ceil(top / rowHeight) - Number(body.firstElementChild?.getAttribute("aria-rowindex") ?? 2) + 2)]
            ?? null,
        );
    });
  }

  function blank(): HTMLElement {
    return el("div", { role: "row", class: "row" }, ...columns.map(c => el("span", { role: "cell", class: c.kind })));
  }

  return {
    element: scroller,
    draw: (source, rows, newest, cells) => {
      const isSeen = sight.isSeen(), time = Date.now(), still = drawn?.top === top && drawn.height === height ? drawn : null;
      if (still && still.source === source && still.isSeen === isSeen) return null;
      setAttribute(scroller, "data-rows", String(rows));
      setAttribute(scroller, "aria-rowcount", String(rows + 1));
      body.style.height = `${rows * rowHeight}px`;
      if (still && !isSeen && time - still.time < rest) return null;
      const added = newestShown === 0 ? 0 : Math.max(0, newest - newestShown);
      newestShown = newest;
      if (added > 0 && top > 1) scroller.scrollTop = top = keepPlace(top, added, rowHeight);
      drawn = { source, top, height, isSeen, time };
      nothing.hidden = rows > 0;
      const widest = rows === 0 ? 0 : Math.max(cells(0).texts[0]?.length ?? 0, cells(rows - 1).texts[0]?.length ?? 0);
      scroller.style.setProperty("--first", `${Math.max(sized(52), Math.ceil(widest * sized(7.6)) + 4)}px`);
      const { first, count } = rowsWindow(top, height, rowHeight, rows);
      while (body.children.length > count) body.lastElementChild?.remove();
      while (body.children.length < count) addChildren(body, blank());
      for (let i = 0; i < count; i++) {
        const node = body.children[i] as HTMLElement;
        const { key, texts } = cells(first + i);
        node.style.transform = `translateY(${(first + i) * rowHeight}px)`;
        setAttribute(node, "aria-rowindex", String(first + i + 2));
        setAttribute(node, "data-key", key);
        node.classList.toggle("marked", first + i === marked);
        texts.forEach((t, k) => {
          const cell = node.children[k] as HTMLElement;
          setText(cell, t);
          if (columns[k]?.kind === "words") setAttribute(cell, "title", t);
        });
      }
      return isSeen ? { first, count } : null;
    },
    reveal: (row, rows) => {
      marked = row;
      scroller.scrollTop = top = Math.max(0, Math.min(row * rowHeight - height / 2 + rowHeight, rows * rowHeight));
      drawn = null;
      redraw();
    },
    reset: () => {
      marked = -1;
      newestShown = 0;
      scroller.scrollTop = top = 0;
      drawn = null;
    },
    dispose: () => {
      resize.disconnect();
      sight.dispose();
    },
  };
}
