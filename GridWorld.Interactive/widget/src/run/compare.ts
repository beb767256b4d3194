import type uPlot from "uplot";
import { session } from "../wire/api";
import { best, differing, differingSettings, mostCompared, readLine, readSettings, together, type Line,
  type Settings } from "./compare-data";
import { addChildren, card, el, setChildren, setHidden } from "../kit/dom";
import { count, exact, glance, none, percent, short } from "../kit/format";
import { stateWords } from "./head";
import { createLatest, createNewer } from "../wire/latest";
import { isolated } from "../kit/names";
import type { Actions, Moment, Panel } from "../kit/panel";
import { createPolicies, readPolicy, type Policy } from "../map/policies";
import { toNumber, type WireStatus, type WirePolicy } from "../wire/protocol";
import { watchRoom } from "../kit/room";
import type { ListedRun, Sessions } from "../wire/sessions";
import { readTheme } from "../kit/theme";
import { uplot } from "../kit/uplot";

const refresh = 2000, points = 200, learner = "Learner";
const dashes: readonly number[][] = [[], [7, 3], [2, 3]];

/** Compares two or three runs on one axis, with their differences. Only if the server has more than one run. */
export function createCompare(actions: Actions, sessions: Sessions): Panel & { retheme: () => void } {
  const note = el("small", {}, "mean return; best: the highest mean return of the last 100 episodes");
  const host = el("div", { class: "plot", testid: "compare", "data-lines": 0 });
  const table = el("tbody"), head = el("tr");
  const element = card("Compare", "compare-card", note);
  const alone = el("p", { class: "quiet" }, "The server has only one run. Train a second run to compare their curves and settings here.");
  const both = el("div", { class: "compare", hidden: true }, el("div", { class: "stage" }, host),
    el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Runs to compare" },
      el("table", {}, el("thead", {}, head), table)));
  const policies = createPolicies();
  addChildren(element, alone, both, policies.element);

  /** The runs to compare with the shown run; null until the user selected some. */
  let others: string[] | null = null;
  let chosen: string[] = [];
  let inSight = false;
  let lines = new Map<string, Line>();
  let greedy = new Map<string, Policy>();
  /** The initial settings of runs, which never change. */
  const settings = new Map<string, Settings>();
  /** What the list does not tell of a stored run: its settings. */
  let details = new Map<string, WireStatus>();
  let plot: uPlot | null = null;
  let drawn = "";
  let asked = 0;
  const latest = createLatest();
  let isChosen = latest(), newer = createNewer();
  const room = watchRoom(host, () => {
    drawn = "";
    actions.redraw();
  });
  const sight = new IntersectionObserver(entries => {
    inSight = entries.some(e => e.isIntersecting);
    actions.redraw();
  });
  sight.observe(element);

  /** Of one choice the answers count in their order; those of an earlier choice don't. */
  async function load(ids: readonly string[]): Promise<void> {
    const isStillChosen = isChosen, isNewer = newer();
    const answers = await Promise.all(ids.map(id => actions.api.get("api/metrics", { session: id, points }).catch(() => null)));
    const [known, found] = await Promise.all([
      Promise.all(ids.map(id => actions.api.get<WireStatus>(session(id, "status")).catch(() => null))),
      Promise.all(ids.map(id => actions.api.get<WirePolicy>("api/agent/policy", { session: id }).then(readPolicy).catch(() => null))),
      Promise.all(
        ids.filter(id => !settings.has(id)).map(id =>
          actions.api.get(session(id, "settings")).then(answer => settings.set(id, readSettings(answer))).catch(() => null)
        ),
      ),
    ]);
    if (!isStillChosen() || !isNewer()) return;
    lines = new Map(ids.map((id, i) => [id, readLine(answers[i])]));
    details = new Map(ids.flatMap((id, i) => (known[i] ? [[id, known[i]]] : [])));
    greedy = new Map(ids.flatMap((id, i) => (found[i] ? [[id, found[i]]] : [])));
    drawn = "";
    actions.redraw();
  }

  function drawTable(runs: readonly ListedRun[], now: string): void {
    const compared = runs.filter(r => chosen.includes(r.run_id)), different = differing(compared);
    const of = (id: string): Settings => settings.get(id) ?? new Map<string, string>();
    const unlike = differingSettings(chosen.flatMap(id => settings.get(id) ?? [])), extra = unlike.filter(title => title !== learner);
    const winner = chosen.every(id => settings.has(id)) && !unlike.includes("World") ? best(compared) : null;
    const titles = [
      "Run",
      "State",
      "Episodes",
      learner,
      "Learning rate",
      "Epsilon",
      "Discount factor",
      ...extra,
      "Return, last 100",
      "Optimal actions",
    ];
    setChildren(head, el("th", { scope: "col" }, el("span", { class: "aloud" }, "Compare")),
      ...titles.map(t => el("th", { scope: "col" }, t)));
    setChildren(table, ...runs.map(r => {
      const at = chosen.indexOf(r.run_id);
      const cell = (text: string, isDifferent = false): HTMLElement => el("td", { class: at >= 0 && isDifferent ? "differs" : "" }, text);
      const box = el("input", {
        type: "checkbox",
        "aria-label": `Compare ${isolated(r.name)}`,
        "data-run": r.run_id,
        disabled: r.run_id === now || (at < 0 && chosen.length >= mostCompared),
      });
      box.checked = at >= 0;
      box.addEventListener("change", () => {
        others = (box.checked ? [...chosen, r.run_id] : chosen.filter(id => id !== r.run_id)).filter(id => id !== now);
        drawn = "";
        actions.redraw();
      });
      const setting = (key: "learning_rate" | "epsilon" | "discount_factor"): HTMLElement =>
        cell(exact(toNumber(r[key])), different.has(key));
      const share = percent(toNumber(r.optimal_action_share));
      return el("tr", { class: at < 0 ? "" : `line-${at}`, testid: "compare-run" }, el("td", {}, box),
        el("td", {}, el("i", { class: "key" }), el("span", { class: "name", title: r.name }, r.name),
          r.run_id === winner ? el("b", { class: "best" }, " best") : ""), cell(stateWords(r)), cell(count(r.episodes)),
        cell(of(r.run_id).get(learner) ?? none, unlike.includes(learner)), setting("learning_rate"), setting("epsilon"),
        setting("discount_factor"), ...extra.map(title => cell(of(r.run_id).get(title) ?? none, true)),
        cell(glance(toNumber(r.mean_return_last_100))), cell(share === none ? share : `${share} %`));
    }));
  }

  function drawPlot(): void {
    const size = room.size();
    if (size.width < 40 || size.height < 40) return;
    const library = uplot(() => {
      drawn = "";
      actions.redraw();
    });
    if (!library) return;
    const colors = readTheme(host);
    const axis = { stroke: colors.soft, font: `11px ${colors.font}`, ticks: { stroke: colors.line, width: 1, size: 4 } };
    const shown = chosen.map(id => lines.get(id) ?? { x: [], mean: [] }), { x, columns } = together(shown);
    plot?.destroy();
    plot = new library({
      ...size,
      padding: [10, 24, 0, 0],
      legend: { show: false },
      scales: { x: { time: false } },
      cursor: { show: false },
      axes: [
        { ...axis, space: 64, size: 26, grid: { show: false }, values: (_, t) => t.map(v => short(v)) },
        {
          ...axis,
          space: 34,
          size: 52,
          grid: { stroke: colors.line, width: 1 },
          ticks: { show: false },
          values: (_, t) => t.map(v => short(v)),
        },
      ],
      series: [{}, ...shown.map((_, i) => ({
        stroke: [colors.curve, colors.second, colors.third][i] ?? colors.ink,
        width: 1.8,
        dash: dashes[i] ?? [],
        points: { show: false },
      }))],
    }, [x, ...columns], host);
    host.dataset.lines = String(shown.filter(l => l.x.length > 0).length);
  }

  return {
    element,
    draw: ({ run, feed, now }: Moment) => {
      const runs = sessions.runs().map(r => ({ ...r, ...details.get(r.run_id), name: r.name }));
      setHidden(alone, runs.length > 1);
      setHidden(both, runs.length < 2);
      if (runs.length < 2 || run.sessionId === "") return;
      const there = runs.map(r => r.run_id).filter(id => id !== run.sessionId);
      const before = chosen.join();
      chosen = [run.sessionId, ...(others === null ? there.slice(0, 1) : others.filter(id => there.includes(id)))].slice(0, mostCompared);
      if (chosen.join() !== before) [isChosen, newer, asked] = [latest(), createNewer(), 0];
      if (feed.connection.kind === "live" && inSight && now - asked > refresh) {
        asked = now;
        void load(chosen);
      }
      const key = JSON.stringify([chosen, runs]);
      if (key === drawn) return;
      drawn = key;
      const focused = table.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.run : undefined;
      drawTable(runs, run.sessionId);
      if (focused !== undefined) [...table.querySelectorAll("input")].find(i => i.dataset.run === focused)?.focus({ preventScroll: true });
      drawPlot();
      policies.draw(chosen.flatMap(id => {
        const policy = greedy.get(id);
        return policy ? [{ name: runs.find(r => r.run_id === id)?.name ?? id, policy }] : [];
      }));
    },
    retheme: () => {
      drawn = "";
    },
    dispose: () => {
      room.dispose();
      sight.disconnect();
      plot?.destroy();
    },
  };
}
