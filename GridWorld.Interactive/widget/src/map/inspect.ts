import { Refusal } from "../wire/api";
import { el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { alike, count, glance, none, plural } from "../kit/format";
import { kindsOf } from "../kit/kinds";
import { actionWords, glyph } from "../kit/layout";
import type { Actions } from "../kit/panel";
import { placesOf, stateWords } from "../kit/places";
import { toNumber, type WireState } from "../wire/protocol";
import { cellOf } from "../wire/tiles";
import type { RunData } from "../wire/view-state";

/** One request at a time and at most one per 120 ms; the newest wins. */
const leastPause = 120, shownVisits = 3;

/** The box under the map: the agent's values of the state under the pointer. */
export function createInspector(
  actions: Actions,
): {
  element: HTMLElement;
  look: (state: number | null, run: RunData, aloud: boolean, kept: boolean) => void;
  refresh: (run: RunData) => void;
  dispose: () => void;
} {
  const title = el("b", { class: "where" }, none);
  const cells = el("div", { class: "qs" });
  const more = el("div", { class: "more" });
  const last = el("div", { class: "last", testid: "last-visits", hidden: true });
  const aloud = el("p", { class: "aloud", role: "status" });
  const element = el("div", { class: "why", testid: "state-facts", role: "group", "aria-label": "State under the pointer" }, title, more,
    cells, last, aloud);
  let wanted: { state: number; run: RunData; aloud: boolean; kept: boolean } | null = null;
  let loading = false;
  const life = { over: false };
  let seen: RunData["tiles"] | null = null;

  // Read through functions: both change while a request is on its way.
  const isOver = (): boolean => life.over;
  const wish = (): typeof wanted => wanted;

  function idle(): void {
    setText(title, "Point at a cell");
    element.classList.remove("coming");
    setText(more, "");
    setHidden(last, true);
    setChildren(cells, "to see its Q values, visits and optimal value; click to keep it");
    setAttribute(element, "data-state", null);
  }

  /** A state's name with nothing yet of what is known of it: never with what is known of another. */
  function announce(state: number, run: RunData): void {
    setText(title, place(state, run));
    if (element.dataset.state === String(state)) return;
    element.classList.add("coming");
    setAttribute(element, "data-state", null);
  }

  function isWall(state: number, run: RunData): boolean {
    if (run.world === null) return false;
    const { x, y } = placesOf(run.world);
    return kindsOf(run.world).of(cellOf(run.tiles, x(state), y(state)) ?? 0) === "wall";
  }

  async function load(): Promise<void> {
    if (loading || life.over || !wanted) return;
    loading = true;
    const asked = wanted, { state, run, aloud: speak, kept } = asked;
    try {
      // How a state came to its values is rerun for the answer: only for one that someone keeps.
      const facts = await actions.api.get<WireState>("api/agent/state", { session: run.sessionId, state, at: run.at,
        last_visits: kept ? shownVisits : 0 });
      if (!isOver() && wish()?.state === state) {
        show(state, facts, run, speak);
        // Said once, however often it changes.
        asked.aloud = false;
      }
    } catch (error) {
      if (!isOver() && wish()?.state === state)
        fail(state, run, error instanceof Refusal ? error.message : "The state could not be loaded.");
    }
    await new Promise(resume => setTimeout(resume, leastPause));
    loading = false;
    // Anything else that was wished meanwhile, be it the same state, now kept.
    if (wish() !== asked) await load();
  }

  /** What was known of the state stays. */
  function fail(state: number, run: RunData, reason: string): void {
    if (element.dataset.state === String(state)) {
      setText(more, reason);
      return;
    }
    idle();
    setText(title, place(state, run));
    setChildren(cells, reason);
  }

  function show(state: number, facts: WireState, run: RunData, speak: boolean): void {
    const names = run.world?.actions ?? [];
    const q = facts.q.map(v => toNumber(v));
    const best = q.reduce<number>((m, v) => Math.max(m, v ?? -Infinity), -Infinity);
    const visits = facts.visits.reduce((a, b) => a + b, 0);
    const name = facts.label === "" || run.world?.labels !== true ? place(state, run) : `${place(state, run)}, ${facts.label}`;
    element.classList.remove("coming");
    const kind = run.world?.table === false ? kindsOf(run.world).ofLetter(facts.cell) : "floor";
    setText(title, kind === "floor" ? name : `${name}, ${kind}`);
    const texts = alike(q), alikeAll = q.every(v => v === best);
    setChildren(cells,
      ...q.map((v, a) =>
        el("span", { title: actionWords(names[a] ?? ""), class: v === best && !alikeAll ? "best" : "" }, `${glyph(names[a] ?? String(a))} `,
          el("b", {}, texts[a] ?? none))
      ));
    element.classList.toggle("many", q.length > 5);
    const optimal = toNumber(facts.optimal_value);
    const by = facts.best?.length === names.length ? "" : (facts.best ?? []).map(a => glyph(names[a] ?? "")).join(" ");
    setText(more,
      `${run.world?.planner ? `value ${glance(toNumber(facts.value))} after ${plural(visits, "update")}` : plural(visits, "visit")}${
        optimal === null ? "" : ` · optimal value ${glance(optimal)}${by === "" ? "" : ` by ${by}`}`
      }`);
    setAttribute(element, "data-state", String(state));
    setAttribute(element, "data-episode", String(facts.episode));
    setHidden(last, facts.last_visits.length === 0);
    const visited = facts.last_visits.map(v =>
      `episode ${count(v.episode)}, step ${count(v.step)}: ${glyph(names[v.action] ?? "")}${v.explored ? " explored" : ""}, ${
        glance(toNumber(v.old_value))
      } became ${glance(toNumber(v.new_value))}`
    );
    setChildren(last, ...visited.map(text => el("p", {}, text)));
    setAttribute(last, "title", `The last visits:\n${visited.join("\n")}`);
    if (speak)
      setText(aloud,
        facts.terminal ? `${name}, ${kind}: episodes end here`
          : `${name}, ${kind}: ${
            visits === 0 ? "never visited" : `value ${glance(toNumber(facts.value))}, best action ${
              alikeAll ? "any" : facts.greedy.map(a => actionWords(names[a] ?? "")).join(" or ")
            }`
          }; ${texts.map((t, a) => `${actionWords(names[a] ?? "")} ${t}`).join(", ")}; ${more.textContent}`);
  }

  idle();
  return {
    element,
    look: (state, run, speak, kept) => {
      wanted = state === null ? null : { state, run, aloud: speak, kept };
      if (state === null) idle();
      else if (isWall(state, run)) {
        wanted = null;
        idle();
        setText(title, place(state, run));
        setChildren(cells, "a wall");
        if (speak) setText(aloud, `${place(state, run)}: a wall`);
      } else {
        announce(state, run);
        void load();
      }
    },
    refresh: run => {
      if (!wanted || seen === run.tiles) return;
      seen = run.tiles;
      wanted = { ...wanted, run };
      void load();
    },
    dispose: () => {
      life.over = true;
    },
  };
}

const place = (state: number, { world }: RunData): string => stateWords(state, world);
