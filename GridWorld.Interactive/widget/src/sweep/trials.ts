import { addChildren, card, el, setText } from "../kit/dom";
import { count, exact, glance, none, plural } from "../kit/format";
import { value as wordsOf } from "../kit/event-words";
import { capital } from "../kit/words";
import { sweep, type Api } from "../wire/api";
import { toNumber, type WireSweepPart, type WireTrial, type WireTrials } from "../wire/protocol";
import { createGrid, type Grid, type GridColumn } from "./grid";
import { titleOf } from "./scale";

export interface TrialTable {
  element: HTMLElement;
  grid: Grid<WireTrial>;
  /** The columns, once it is known what varies. */
  draw: (part: WireSweepPart) => void;
}

const settingsOf = (trial: { settings: unknown }): Record<string, unknown> => (trial.settings ?? {}) as Record<string, unknown>;

const shown = (
  value: unknown,
): string => (value === undefined || value === null ? none
  : typeof value === "number" ? exact(Number(value.toPrecision(6))) : wordsOf(value));

/** The settings of a trial in words. */
export const settingsWords = (trial: { settings: unknown }): string =>
  Object.entries(settingsOf(trial)).map(([name, value]) => `${titleOf(name)} ${shown(value)}`).join(", ");

const heading = (name: string): string => capital(titleOf(name));

/** All trials of the sweep, sorted and filtered by the server. */
export function createTrials(api: Api, id: string, filter: () => string, select: (trial: WireTrial) => void,
  changed: () => void): TrialTable
{
  const note = el("small", { testid: "trials-shown", role: "status" }), element = card("Trials", "trials-card", note);
  const grid = createGrid<WireTrial>({
    label: "Trials",
    testid: "trials",
    empty: "No trial matches the filter.",
    keyOf: t => String(t.trial),
    fetch: async (start, rows, sort) => {
      const { all, tests, total, trials } = await api.get<WireTrials>(sweep(id, "trials"), { start, count: rows, sort,
        filter: filter() || null });
      const whole = tests > 0 ? `${plural(all - tests, "trial")}, and ${count(tests)} on fresh seeds` : plural(all, "trial");
      setText(note, total === all ? whole : `${count(total)} of ${plural(all, "trial")}`);
      changed();
      return { total, rows: trials };
    },
    select,
  });
  grid.element.classList.add("opens");
  addChildren(element, grid.element);
  const column = (key: string, title: string, width: number, text: (t: WireTrial) => string, isNumber: boolean): GridColumn<WireTrial> => ({
    key,
    title,
    width,
    text,
    isNumber,
  });
  return {
    element,
    grid,
    draw: part => {
      const worlds = new Set(part.groups.map(g => g.world)).size, learners = new Set(part.groups.map(g => g.learner)).size;
      grid.columns([
        column("trial", "Trial", 58, t => count(t.trial), false),
        ...(worlds > 1 ? [column("world", "World", 110, t => t.world, false)] : []),
        ...(learners > 1 ? [column("learner", "Learner", 104, t => t.learner, false)] : []),
        ...part.settings.map(name =>
          column(name, heading(name), Math.max(74, 7 * name.length + 26), t => shown(settingsOf(t)[name]), true)
        ),
        column("objective", "Objective", 86, t => glance(toNumber(t.objective)), true),
        column("episodes", "Episodes", 76, t => count(t.episodes), true),
        column("state", "State", 96,
          t => t.error ?? `${t.state}${t.purpose === "test" ? ", fresh seeds" : ""}${t.same_as === null ? "" : `, as ${count(t.same_as)}`}`,
          false),
      ]);
    },
  };
}
