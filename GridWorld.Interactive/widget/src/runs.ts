import { el, setHidden } from "./dom";
import type { Actions, Moment, Panel } from "./panel";
import type { Sessions } from "./sessions";

/** The choice of run, where the server has more than one. */
export function createRuns(actions: Actions, sessions: Sessions, onRun: (id: string) => void): Panel {
  const select = el("select", { testid: "runs", "aria-label": "Run" });
  const element = el("span", { class: "runs", hidden: true }, select);
  let shown = "";

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
      const runs = sessions.runs();
      setHidden(element, runs.length < 2);
      if (document.activeElement === select) return;
      const texts = runs.map(r => `${r.name} · ${r.state}`), key = texts.join("\n");
      if (key !== shown) {
        shown = key;
        select.replaceChildren(...runs.map((r, i) => el("option", { value: r.run_id }, texts[i] ?? "")));
      }
      const wanted = feed.request.run ?? run.sessionId;
      if (select.value !== wanted) select.value = wanted;
    },
  };
}
