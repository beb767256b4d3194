import { count } from "../kit/format";
import { button, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { stateWords } from "./head";
import { isolated } from "../kit/names";
import type { Actions, Moment, Panel } from "../kit/panel";
import type { ListedRun, Sessions } from "../wire/sessions";
import type { Sweeps } from "../wire/sweeps";

/** The number of runs that the list offers; the table of the tab Runs has all. */
const mostOffered = 100;

/** What a choice has in front of a sweep's id. */
const ofSweep = "sweep=";

/** The list of runs, sweeps and ensembles, if the server has more than one. */
export function createRuns(actions: Actions, sessions: Sessions, sweeps: Sweeps): Panel {
  const select = el("select", { testid: "runs", "aria-label": "Run" });
  const newer = button("Show the newer run", { class: "link", testid: "newer-run", hidden: true }, () => {
    if (newerId !== null) actions.showRun(newerId);
  });
  const back = button("‹ Sweep", { testid: "to-sweep", title: "Back to the sweep or ensemble of this seed", hidden: true },
    () => actions.showSweep(owner));
  const element = el("span", { class: "runs", hidden: true }, back, select, newer);
  let owner = "", shown = "", wasNew = false, newerId: string | null = null;

  select.addEventListener("change", () => {
    if (select.value.startsWith(ofSweep)) {
      actions.showSweep(select.value.slice(ofSweep.length));
      return;
    }
    actions.showRun(select.value);
    select.blur();
  });

  return {
    element,
    draw: ({ run, feed, now: time }: Moment) => {
      if (feed.connection.kind !== "live" || run.sessionId === "") return;
      sessions.look(time);
      sweeps.look(time);
      const wanted = feed.request.run ?? run.sessionId, listed = sessions.runs();
      // A run that has just begun is chosen before the list knows it.
      const isNew = listed.length > 0 && !listed.some(r => r.run_id === wanted);
      const begun = (): ListedRun =>
        ({ run_id: wanted, name: wanted, state: "training", ...(run.sessionId === wanted ? run.status : null) }) as unknown as ListedRun;
      const now = listed.find(r => r.run_id === run.sessionId), some = listed.slice(0, mostOffered);
      const runs = isNew ? [begun(), ...some] : now && !some.includes(now) ? [now, ...some] : some;
      if (isNew && isNew !== wasNew) sessions.refresh();
      wasNew = isNew;
      const many = sweeps.list().filter(s => s.error === null).slice(0, mostOffered), slash = wanted.indexOf("/");
      owner = slash < 0 ? "" : wanted.slice(0, slash);
      setHidden(back, slash < 0);
      setText(back, wanted.indexOf("/", slash + 1) < 0 ? "‹ Ensemble" : "‹ Sweep");
      setHidden(element, runs.length < 2 && many.length === 0);
      newerId = now?.newer_run_id ?? null;
      setHidden(newer, newerId === null);
      setAttribute(newer, "title", newerId === null ? null : `A newer run is also named ${isolated(now?.name ?? "")}.`);
      if (document.activeElement === select) return;
      const texts = runs.map(r => `${isolated(r.name || r.run_id)} · ${r.newer_run_id ? "older · " : ""}${stateWords(r)}`),
        offered = many.map(s => `${isolated(s.name || s.sweep_id)} · ${s.kind} · ${s.state}`),
        key = [...runs.map((r, i) => `${r.run_id} ${texts[i] ?? ""}`), ...offered].join("\n");
      if (key !== shown) {
        shown = key;
        const more = listed.length - some.length;
        setChildren(select, ...runs.map((r, i) => el("option", { value: r.run_id }, texts[i] ?? "")),
          ...(more > 0 ? [el("option", { disabled: true }, `${count(more)} older runs are in the tab Runs`)] : []),
          ...(many.length === 0 ? [] : [
            el("optgroup", { label: "Sweeps and ensembles" }, ...many.map((s, i) =>
              el("option", { value: ofSweep + s.sweep_id }, offered[i] ?? "")
            )),
          ]));
      }
      if (select.value !== wanted) select.value = wanted;
    },
  };
}
