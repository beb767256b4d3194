import { el, setHidden } from "./dom";
import { stateWords } from "./head";
import { isolated } from "./names";
import type { Actions, Moment, Panel } from "./panel";
import type { Status } from "./protocol";
import type { Sessions } from "./sessions";

/** The choice of run, where the server has more than one. */
export function createRuns(actions: Actions, sessions: Sessions, onRun: (id: string) => void): Panel {
  const select = el("select", { testid: "runs", "aria-label": "Run" });
  const element = el("span", { class: "runs", hidden: true }, select);
  let shown = "", wasNew = false;

  select.addEventListener("change", () => {
    actions.feed.ask({ run: select.value, start: null, end: null });
    onRun(select.value);
    select.blur();
  });

  return {
    element,
    draw: ({ run, feed, now }: Moment) => {
      if (feed.connection.kind !== "live" || run.sessionId === "") return;
      sessions.look(now);
      const wanted = feed.request.run ?? run.sessionId, listed = sessions.runs();
      // A run that has just begun is chosen before the list knows it.
      const isNew = listed.length > 0 && !listed.some(r => r.run_id === wanted);
      const runs = isNew ? [run.status && run.sessionId === wanted ? run.status : { run_id: wanted, name: wanted, state: "training" } as Status, ...listed] : listed;
      if (isNew && isNew !== wasNew) sessions.refresh();
      wasNew = isNew;
      setHidden(element, runs.length < 2);
      if (document.activeElement === select) return;
      const texts = runs.map(r => `${isolated(r.name || r.run_id)} · ${stateWords(r)}`), key = runs.map((r, i) => `${r.run_id} ${texts[i] ?? ""}`).join("\n");
      if (key !== shown) {
        shown = key;
        select.replaceChildren(...runs.map((r, i) => el("option", { value: r.run_id }, texts[i] ?? "")));
      }
      if (select.value !== wanted) select.value = wanted;
    },
  };
}
