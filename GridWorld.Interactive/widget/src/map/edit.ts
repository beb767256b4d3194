import { Refusal } from "../wire/api";
import { button, el, segments, setAttribute, setHidden, setText } from "../kit/dom";
import { between, changed, noHistory, painted, redone, startMoved, strokeEnded, toRequest, undone, type EditHistory } from "./edit-history";
import { plural } from "../kit/format";
import { createLatest } from "../wire/latest";
import { kindsOf, type Kind } from "../kit/kinds";
import type { Actions } from "../kit/panel";
import type { WireStatus, WireWarnings, WireWorld } from "../wire/protocol";
import { cellOf } from "../wire/tiles";
import type { RunData } from "../wire/view-state";

type Tool = Kind | "reward";

const tools: readonly (readonly [Tool, string])[] = [["wall", "Wall"], ["floor", "Floor"], ["goal", "Goal"], ["hole", "Hole"], ["cliff",
  "Cliff"], ["start", "Start"], ["reward", "Reward"]];
/** A body of 64 kB holds some more. */
const mostCells = 3000, checkAfter = 300;

/** Edits a copy of the world, and trains in it as a new run. */
export function createEditor(actions: Actions): {
  element: HTMLElement;
  overlay: () => ReadonlyMap<number, string>;
  paint: (state: number, goesOn: boolean, run: RunData) => void;
  release: () => void;
  key: (event: KeyboardEvent, state: number | null, run: RunData) => boolean;
  draw: (run: RunData) => void;
  dispose: () => void;
} {
  let history: EditHistory = noHistory;
  let tool: Tool = "wall";
  let last: number | null = null;
  let world: WireWorld | null = null;
  let owner = "";
  let faults: readonly string[] = [];
  let verdict: "none" | "checking" | "sound" | "faulty" | "starting" = "none";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const latest = createLatest();

  const picker = segments("Paint with", tools, "wall", t => {
    tool = t;
    actions.redraw();
  });
  const reward = el("input", { type: "number", step: "any", value: "-5", testid: "edit-reward",
    "aria-label": "Reward of the painted cells" });
  const undo = button("Undo", { testid: "edit-undo", title: "Ctrl+Z" }, () => become(undone(history)));
  const redo = button("Redo", { testid: "edit-redo", title: "Ctrl+Shift+Z" }, () => become(redone(history)));
  const train = button("Train on it", { class: "primary", testid: "edit-train", disabled: true }, () => void start());
  const note = el("p", { class: "note", testid: "edit-note", role: "status" });
  const element = el("div", { class: "under edit", testid: "editor", role: "group", "aria-label": "Edit a copy of the world" },
    el("div", { class: "line" }, picker.element, reward), note,
    el("div", { class: "line" }, undo, redo, el("span", { class: "spacer" }), train));

  function become(next: EditHistory): void {
    // Cells painted while the run starts would not be in it.
    if (next === history || verdict === "starting") return;
    const isOther = next.now !== history.now;
    history = next;
    actions.redraw();
    if (!isOther) return;
    clearTimeout(timer);
    faults = [];
    verdict = history.now.cells.size > 0 || history.now.start !== null ? "checking" : "none";
    latest();
    if (verdict === "checking") timer = setTimeout(() => void send(true), checkAfter);
  }

  /** Asks the server to judge the world, or to train on it. */
  async function send(check: boolean): Promise<string | null> {
    if (!world) return null;
    const isLatest = latest();
    try {
      const body = { session: owner, ...toRequest(history.now, world.width, kindsOf(world).free),
        ...(check ? { check } : { name: `${world.name} edited`.slice(0, 200) }) };
      const answer = await actions.api.post<Partial<WireStatus & WireWarnings>>("api/training-sessions", body);
      if (!isLatest()) return null;
      verdict = "sound";
      faults = answer.warnings ?? [];
      return answer.run_id ?? null;
    } catch (error) {
      if (!isLatest()) return null;
      verdict = "faulty";
      faults = error instanceof Refusal ? error.errors : [error instanceof RangeError ? error.message : "The world was not sent."];
      return null;
    } finally {
      actions.redraw();
    }
  }

  async function start(): Promise<void> {
    clearTimeout(timer);
    verdict = "starting";
    actions.redraw();
    const id = await send(false);
    if (id === null) return;
    history = noHistory;
    verdict = "none";
    actions.showRun(id);
  }

  function put(state: number, run: RunData): void {
    if (!world) return;
    const kinds = kindsOf(world), known = cellOf(run.tiles, state % world.width, Math.floor(state / world.width)),
      original = known === null ? null : kinds.letter(known);
    if (tool === "start") become(changed(history, startMoved(state)));
    else if (tool === "reward") {
      const value = reward.valueAsNumber;
      if (Number.isFinite(value)) become(changed(history, painted(state, { tile: "+", reward: value }, original)));
    } else {
      const tile = kinds.character(tool);
      if (tile !== null) become(changed(history, painted(state, { tile }, original)));
    }
  }

  function words(): string {
    const count = history.now.cells.size + (history.now.start === null ? 0 : 1);
    if (count > mostCells) return `${plural(count, "cell")} changed; a page can send ${plural(mostCells, "cell")} at most. Undo some.`;
    if (verdict === "faulty")
      return faults.slice(0, 3).join(" ") + (faults.length > 3 ? ` And ${plural(faults.length - 3, "more error")}.` : "");
    if (verdict === "starting") return "Starting…";
    if (count === 0) return "Click or drag over cells to paint them, or use the arrow keys and Space. The run itself does not change.";
    return `${plural(count, "cell")} changed.${
      verdict === "checking" ? " Checking…" : faults.length > 0 ? ` ${faults.join(" ")}` : " The world is valid."
    }`;
  }

  return {
    element,
    overlay: () => {
      const marks = new Map([...history.now.cells].map(([state, edit]) => [state, edit.reward === undefined ? edit.tile : "±"]));
      if (history.now.start !== null) marks.set(history.now.start, "S");
      return marks;
    },
    paint: (state, goesOn, run) => {
      for (const s of goesOn && last !== null && world && tool !== "start" ? between(last, state, world.width) : [state]) put(s, run);
      last = state;
    },
    release: () => {
      last = null;
      become(strokeEnded(history));
    },
    key: (e, state, run) => {
      const letter = e.key.toLowerCase();
      if ((e.ctrlKey || e.metaKey) && (letter === "z" || letter === "y")) {
        become(letter === "y" || e.shiftKey ? redone(history) : undone(history));
        return true;
      }
      if (e.key !== " " && e.key !== "Enter" || state === null) return false;
      put(state, run);
      become(strokeEnded(history));
      return true;
    },
    draw: run => {
      if (run.sessionId !== owner) {
        [history, verdict, faults, owner] = [noHistory, "none", [], run.sessionId];
        latest();
      }
      world = run.world;
      picker.press(tool);
      setHidden(reward, tool !== "reward");
      undo.disabled = history.past.length === 0;
      redo.disabled = history.future.length === 0;
      const count = history.now.cells.size + (history.now.start === null ? 0 : 1);
      train.disabled = verdict !== "sound" || count > mostCells;
      setText(note, words());
      setAttribute(element, "data-verdict", verdict);
      setAttribute(element, "data-changed", String(count));
    },
    dispose: () => clearTimeout(timer),
  };
}
