import { el, setHidden } from "./dom";
import { count } from "./format";
import type { Actions, Moment, Panel } from "./panel";

export interface RunEntry {
  id: string;
  name: string;
  state: string;
  episodes: number | null;
}

const refresh = 15_000;

/** The runs of the server's answer, whatever of them it tells. */
export function readRuns(answer: unknown): RunEntry[] {
  const list: unknown = Array.isArray(answer) ? answer : (answer as { sessions?: unknown } | null)?.sessions;
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const r = (item ?? {}) as Record<string, unknown>;
    const id = r.run_id ?? r.session_id ?? r.id;
    if (typeof id !== "string") return [];
    return [{ id, name: typeof r.name === "string" && r.name !== "" ? r.name : id, state: typeof r.state === "string" ? r.state : "", episodes: typeof r.episodes === "number" ? r.episodes : null }];
  });
}

/** The choice of run, where the server has more than one. */
export function createRuns(actions: Actions, onRun: (id: string) => void): Panel {
  const select = el("select", { testid: "runs", "aria-label": "Run" });
  const element = el("span", { class: "runs", hidden: true }, select);
  let asked = 0;
  let shown = "";

  async function load(): Promise<void> {
    const runs = readRuns(await actions.api.get("api/training-sessions").catch(() => null));
    const key = JSON.stringify(runs);
    setHidden(element, runs.length < 2);
    if (key === shown || document.activeElement === select) return;
    shown = key;
    const chosen = select.value;
    select.replaceChildren(...runs.map(r => el("option", { value: r.id }, [r.name, r.state, r.episodes === null ? "" : `${count(r.episodes)} episodes`].filter(Boolean).join(" · "))));
    select.value = chosen;
    actions.redraw();
  }

  select.addEventListener("change", () => {
    actions.feed.ask({ run: select.value, start: null, end: null });
    onRun(select.value);
    select.blur();
  });

  return {
    element,
    draw: ({ run, feed, now }: Moment) => {
      if (feed.connection.kind !== "live" || run.sessionId === "") return;
      if (now - asked > refresh) {
        asked = now;
        void load();
      }
      const wanted = feed.request.run ?? run.sessionId;
      if (document.activeElement !== select && select.value !== wanted) select.value = wanted;
    },
  };
}
