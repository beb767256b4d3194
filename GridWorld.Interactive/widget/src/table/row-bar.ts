import { Refusal, session } from "../wire/api";
import { button, el, setAttribute, setHidden, setText } from "../kit/dom";
import { isolated } from "../kit/names";
import type { Actions } from "../kit/panel";
import type { ListedRun } from "../wire/sessions";

const longest = 500;

/** What can be done with the selected run: show it, note something about it, delete it. */
export function createRowBar(actions: Actions, changed: () => void): {
  element: HTMLElement;
  /** `shown` is the run that the page shows, which cannot be deleted meanwhile. */
  draw: (run: ListedRun | null, shown: string, canControl: boolean) => void;
  star: (run: ListedRun) => void;
} {
  const title = el("b", { class: "name", testid: "row-name" });
  const look = button("Show", { testid: "row-show", title: "Show this run in the page" }, () => {
    if (run) actions.showRun(run.run_id);
  });
  const note = el("input", { testid: "row-note", "aria-label": "Note", placeholder: "Note", maxlength: longest });
  const save = button("Save note", { testid: "row-save" }, () => void write());
  const drop = button("Delete …", { testid: "row-delete" }, () => ask(true));
  const error = el("span", { class: "err", testid: "row-error", role: "alert", hidden: true });
  const question = el("span"), sure = button("Delete", { testid: "delete-sure" }, () => void remove()),
    keep = button("Keep", { testid: "delete-keep" }, () => ask(false));
  const confirm = el("div", { class: "line", hidden: true, testid: "delete-confirm", role: "alertdialog", "aria-label": "Delete this run" },
    question, sure, keep);
  const line = el("div", { class: "line" }, title, look, note, save, drop);
  const element = el("div", { class: "row-bar confirm", testid: "row-bar", hidden: true }, line, confirm, error);
  let run: ListedRun | null = null;

  function ask(on: boolean): void {
    setHidden(confirm, !on);
    setText(question, run ? `Delete the run ${isolated(run.name)} (${run.run_id}) permanently? Its file cannot be restored.` : "");
    if (on) keep.focus();
    else drop.focus();
  }

  function fault(e: unknown, otherwise: string): void {
    setText(error, e === null ? "" : e instanceof Refusal ? e.message : otherwise);
    setHidden(error, e === null);
  }

  async function send(of: ListedRun, verb: string, body?: unknown): Promise<boolean> {
    try {
      await actions.api.post(session(of.run_id, verb), body);
      fault(null, "");
      changed();
      return true;
    } catch (e) {
      fault(e, "The request was not sent.");
      return false;
    }
  }

  async function write(): Promise<void> {
    if (run) await send(run, "note", { note: note.value.trim() });
  }

  async function remove(): Promise<void> {
    const gone = run;
    setHidden(confirm, true);
    if (gone) await send(gone, "delete");
  }

  note.addEventListener("keydown", e => {
    if (e.key === "Enter") void write();
    if (e.key === "Escape") note.value = run?.note ?? "";
  });

  return {
    element,
    draw: (next, shown, canControl) => {
      setHidden(element, next === null);
      if (next === null) {
        run = null;
        return;
      }
      // What someone types is not replaced by what the server sends again.
      if (next.run_id !== run?.run_id) {
        note.value = next.note ?? "";
        setHidden(confirm, true);
        fault(null, "");
      } else if (next.note !== run.note && document.activeElement !== note) note.value = next.note ?? "";
      run = next;
      const why = next.run_id === shown ? "The page shows this run. Show another run first."
        : next.can_delete ? null : "This run has not ended. Stop it first.";
      setText(title, next.name);
      setAttribute(title, "title", next.run_id);
      look.disabled = next.run_id === shown || next.error !== null;
      for (const control of [note, save, drop]) setHidden(control, !canControl);
      drop.disabled = why !== null;
      setAttribute(drop, "title", why ?? "Delete this run permanently");
    },
    star: of => void send(of, "note", { starred: !of.starred }),
  };
}
