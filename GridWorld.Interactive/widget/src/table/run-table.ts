import { addChildren, button, card, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { count, plural } from "../kit/format";
import { isolated } from "../kit/names";
import type { Actions, Moment, Panel } from "../kit/panel";
import { watchSight } from "../kit/room";
import { createPolicies } from "../map/policies";
import type { ListedRun, Sessions } from "../wire/sessions";
import { keyOf } from "./cells";
import { createChart } from "./chart";
import { createComparison } from "./comparison";
import { createCurves } from "./curves";
import { createDetails } from "./details";
import { seeds } from "./groups";
import { createGrid } from "./grid";
import { clicked, modelOf, type Choices, type Model, type Row } from "./model";
import { add, answer, chartWorld, first, nothingPicked, present, remove, type Picks } from "./picks";
import { createRowBar } from "./row-bar";
import { shownWords } from "./filter";

const refresh = 2000;

/** All runs of the server in one table, and the curves of those that are chosen. */
export function createRunTable(actions: Actions, sessions: Sessions): Panel & { retheme: () => void } {
  const counted = el("span", { class: "quiet", testid: "runs-shown", role: "status" });
  const filter = el("input", { type: "search", testid: "run-filter", "aria-label": "Filter",
    placeholder: "Filter: epsilon < 0.1  learner = sarsa", spellcheck: "false", autocomplete: "off" });
  const grouping = el("select", { testid: "run-group", "aria-label": "Group by" });
  const clear = button("Clear chart", { testid: "clear-chart" }, () => pick(nothingPicked));
  const fault = el("p", { class: "err", testid: "filter-error", role: "alert", hidden: true }),
    best = el("p", { class: "quiet", testid: "best-note" });
  const question = el("div", { class: "confirm", testid: "other-world", role: "alert", hidden: true });
  const element = card("Runs", "runs-card", counted);
  const redo = (): void => {
    model = null;
    actions.redraw();
  };
  const bar = createRowBar(actions, sessions.refresh);
  const chart = createChart(actions.redraw), comparison = createComparison(actions.api), policies = createPolicies();
  const curves = createCurves(actions.api, () => {
    arrived++;
    actions.redraw();
  });
  const details = createDetails(actions.api, () => {
    source = null;
    redo();
  });
  const grid = createGrid({
    sort: key => {
      choices = { ...choices, sort: clicked(choices.sort, key) };
      redo();
    },
    tick: (row, on) => {
      const runs = row === null ? model?.shown ?? [] : row.kind === "run" ? [row.run] : row.group.runs;
      pick(on ? add(picks ?? nothingPicked, runs, byId) : remove(picks ?? nothingPicked, new Set(runs.map(r => r.run_id))));
    },
    star: row => {
      if (row.kind === "run" && sessions.canControl()) bar.star(row.run);
    },
    open: (row, on) => {
      if (row.kind !== "group") return;
      const open = new Set(choices.open);
      if (on) open.add(row.group.key);
      else open.delete(row.group.key);
      choices = { ...choices, open };
      redo();
    },
    select: row => {
      current = row;
      actions.redraw();
    },
    show: row => {
      if (row.kind === "run" && row.run.error === null) actions.showRun(row.run.run_id);
    },
  }, actions.redraw);
  addChildren(element, el("div", { class: "table-tools" }, filter, grouping, clear), fault, best, grid.element, bar.element, question,
    chart.element, comparison.element, policies.element);

  let choices: Choices = { filter: "", sort: { key: "created", descending: true }, group: "", open: new Set() };
  let picks: Picks | null = null, chosen = new Map<string, number>(), current: Row | null = null;
  let source: readonly ListedRun[] | null = null, runs: readonly ListedRun[] = [], byId: ReadonlyMap<string, ListedRun> = new Map();
  let model: Model | null = null, offered = "", arrived = 0, typing: ReturnType<typeof setTimeout> | undefined;
  const sight = watchSight(element, actions.redraw);

  filter.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      choices = { ...choices, filter: filter.value };
      redo();
    }, 120);
  });
  grouping.addEventListener("change", () => {
    choices = { ...choices, group: grouping.value, open: new Set() };
    redo();
  });

  function pick(next: Picks): void {
    picks = next;
    chosen = new Map(next.ids.map((id, i) => [id, i]));
    actions.redraw();
  }

  /** The list as the server told it last, with what is known beyond. */
  function take(): void {
    const list = sessions.runs(), damaged = sessions.damaged();
    if (source === list) return;
    source = list;
    runs = [...list.map(details.of), ...damaged];
    byId = new Map(runs.map(r => [r.run_id, r]));
    model = null;
    if (picks !== null) {
      const kept = present(picks, byId);
      if (kept !== picks) pick(kept);
    }
  }

  function offerGroups(m: Model): void {
    const fields = m.fields.filter(f => !f.isResult && !["name", "created", "note", "starred"].includes(f.key));
    const key = fields.map(f => f.key).join();
    if (key === offered || document.activeElement === grouping) return;
    offered = key;
    setChildren(grouping, el("option", { value: "" }, "No groups"), el("option", { value: seeds }, "Group seeds"),
      ...fields.map(f => el("option", { value: f.key }, `Group by ${f.title.toLowerCase()}`)));
    grouping.value = choices.group;
  }

  function ask(p: Picks): void {
    setHidden(question, p.asked.length === 0);
    const [other] = p.asked, run = other === undefined ? undefined : byId.get(other), world = chartWorld(p, byId);
    const key = p.asked.join();
    if (question.dataset.asked === key || !run || !world) return;
    question.dataset.asked = key;
    const who = p.asked.length === 1 ? `${isolated(run.name)} trains` : `${plural(p.asked.length, "run")} train`;
    const settle = (choice: Parameters<typeof answer>[1]) => () => pick(answer(p, choice, byId));
    setChildren(question,
      el("div", { class: "line" },
        el("span", {},
          `${who} in another world (${isolated(run.settings?.world ?? "")}) than the chart (${isolated(world.settings?.world ?? "")}).`),
        button("Draw anyway", { testid: "world-mix" }, settle("mix")), button("New chart", { testid: "world-replace" }, settle("replace")),
        button("Leave out", { testid: "world-leave" }, settle("leave"))));
  }

  return {
    element,
    draw: ({ run, feed, now }: Moment) => {
      if (!sight.isSeen()) return;
      if (feed.connection.kind === "live") sessions.look(now, refresh);
      if (!sessions.known()) return;
      take();
      model ??= modelOf(runs, choices);
      const m = model;
      if (picks === null && run.sessionId !== "" && byId.has(run.sessionId)) pick(first(run.sessionId, runs));
      const key = current === null ? run.sessionId : keyOf(current);
      current = m.rows.find(r => keyOf(r) === key) ?? null;
      setText(counted, shownWords(m.shown.length, runs.length) + (m.groups ? ` in ${plural(m.groups.length, "group")}` : ""));
      setText(fault, m.fault ?? "");
      setHidden(fault, m.fault === null);
      setAttribute(filter, "aria-invalid", String(m.fault !== null));
      setText(best, m.best.words);
      setHidden(best, m.best.words === "");
      offerGroups(m);
      const p = picks ?? nothingPicked;
      clear.disabled = p.ids.length === 0;
      setText(clear, p.ids.length > 2 ? `Clear chart (${count(p.ids.length)})` : "Clear chart");
      grid.draw(m, { chosen, current: key, sort: choices.sort, canControl: sessions.canControl() },
        m.fields.find(f => f.key === choices.group));
      bar.draw(current?.kind === "run" ? current.run : null, run.sessionId, sessions.canControl());
      ask(p);
      const drawn = p.ids.flatMap(id => byId.get(id) ?? []);
      if (feed.connection.kind === "live") {
        curves.want(drawn);
        details.want(drawn);
        comparison.draw(drawn);
      }
      chart.draw(drawn, curves, arrived);
      policies.draw(details.policies(drawn));
    },
    retheme: chart.retheme,
    dispose: () => {
      clearTimeout(typing);
      sight.dispose();
      grid.dispose();
      chart.dispose();
    },
  };
}
