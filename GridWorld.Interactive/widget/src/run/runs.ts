import { button, el, setAttribute, setChildren, setHidden } from "../kit/dom";
import { stateWords } from "./head";
import { isolated } from "../kit/names";
import type { Actions, Moment, Panel } from "../kit/panel";
import type { ListedRun, Sessions } from "../wire/sessions";

/** The list of runs, if the server has more than one. */
export function createRuns(actions: Actions, sessions: Sessions, onRun: (id: string) => void): Panel {
  const select = el("select", { testid: "runs", "aria-label": "Run" });
  const newer = button("Show the newer run", { class: "link", testid: "newer-run", hidden: true }, () => {
    if (newerId !== null) actions.showRun(newerId);
  });
  const element = el("span", { class: "runs", hidden: true }, select, newer);
  let shown = "", wasNew = false, newerId: string | null = null;

  select.addEventListener("change", () => {
    actions.feed.ask({ run: select.value, start: null, end: null });
    onRun(select.value);
    select.blur();
  });

  return {
    element,
    draw: ({ run, feed, now: time }: Moment) => {
      if (feed.connection.kind !== "live" || run.sessionId === "") return;
      sessions.look(time);
      const wanted = feed.request.run ?? run.sessionId, listed = sessions.runs();
      // A run that has just begun is chosen before the list knows it.
      const isNew = listed.length > 0 && !listed.some(r => r.run_id === wanted);
      const runs: readonly ListedRun[] = isNew
        ? [run.status && run.sessionId === wanted ? run.status : { run_id: wanted, name: wanted, state: "training" } as ListedRun,
          ...listed] : listed;
      if (isNew && isNew !== wasNew) sessions.refresh();
      wasNew = isNew;
      setHidden(element, runs.length < 2);
      const now = listed.find(r => r.run_id === run.sessionId);
      newerId = now?.newer_run_id ?? null;
      setHidden(newer, newerId === null);
      setAttribute(newer, "title", newerId === null ? null : `A newer run is also named ${isolated(now?.name ?? "")}.`);
      if (document.activeElement === select) return;
      const texts = runs.map(r => `${isolated(r.name || r.run_id)} · ${r.newer_run_id ? "older · " : ""}${stateWords(r)}`),
        key = runs.map((r, i) => `${r.run_id} ${texts[i] ?? ""}`).join("\n");
      if (key !== shown) {
        shown = key;
        setChildren(select, ...runs.map((r, i) => el("option", { value: r.run_id }, texts[i] ?? "")));
      }
      if (select.value !== wanted) select.value = wanted;
    },
  };
}
