import { button, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { count, plural } from "../kit/format";
import type { Actions, Moment, Panel } from "../kit/panel";
import { stateWords } from "./head";
import type { ListedRun, Sessions } from "../wire/sessions";
import { isolated } from "../kit/names";
import type { Sweeps } from "../wire/sweeps";

/** How often the first screen looks for a run, in ms, and how many runs or damaged files it lists. */
const refresh = 2000, mostListed = 20;

export interface Welcome {
  kind: "empty" | "damaged" | "choose";
  title: string;
  text: string;
}

/**
 * The text while there is no run to show: the link names an unknown run, every file is damaged, or there is no run yet. `missing` is the
 * run of the link if the server does not have it.
 */
export function welcomeWords(fault: string, missing: string | null, runs: number, damaged: number): Welcome {
  const title = `There is no run “${isolated(missing ?? "")}” here`,
    why = "It was deleted, or its file is in another folder than this server's store.";
  if (missing !== null && runs > 0) return { kind: "choose", title, text: `${why} These are the runs of this server, newest first:` };
  if (missing !== null && damaged === 0)
    return { kind: "empty", title, text: `${why} The server has no other run. Start one here, or open a link that was printed later.` };
  if (runs > 0) return { kind: "choose", title: "This run cannot be shown", text: `${fault} These are the runs of this server:` };
  if (damaged > 0)
    return { kind: "damaged", title: `${plural(damaged, "run file")} cannot be read`,
      text: "No run here can be shown. GridWorld does not change a damaged file. Restore a copy, or train a new run; "
        + "this page shows it as soon as it starts." };
  return { kind: "empty", title: "No runs yet", text: "Start one here. This page also shows a run that starts elsewhere." };
}

/**
 * The first screen while there is no run to show. It closes as soon as there is one. `newRun` starts one, `openTable` shows the table of
 * all runs.
 */
export function createWelcome(actions: Actions, sessions: Sessions, sweeps: Sweeps, newRun: HTMLElement,
  openTable: (newest: string) => void): Panel
{
  const title = el("h1"), text = el("p");
  const how = el("div", {}, el("p", {}, "Or on the command line, with the same store folder as this server:"),
    el("pre", {}, el("code", {}, "gridworld train --world cliff-walking --episodes 5000")),
    el("p", {}, "In a notebook, train a run and leave it as the cell's last line."));
  const studies = el("ul", { testid: "welcome-sweeps" });
  const many = el("div", { hidden: true }, el("p", {}, "These are the sweeps and ensembles of this server:"), studies);
  const list = el("ul"), more = el("span", { class: "quiet" });
  const all = button("Table of all runs", { testid: "welcome-table" }, () => {
    const [newest] = sessions.runs();
    if (newest) openTable(newest.run_id);
  });
  const below = el("p", {}, all, " ", more);
  const element = el("article", { class: "help card", testid: "welcome", "aria-label": "Welcome", hidden: true }, title, text, list, below,
    many, newRun, how);
  let drawn = "", asked = "";

  const damagedItem = (r: ListedRun): HTMLElement => el("li", {}, el("b", {}, r.name), " ", el("span", { class: "quiet" }, r.error ?? ""));
  const item = (r: ListedRun): HTMLElement =>
    el("li", {}, button(r.name, { "data-run": r.run_id }, () => actions.showRun(r.run_id)), " ",
      el("span", { class: "quiet" }, `${stateWords(r)}, ${plural(r.episodes, "episode")}`));

  return {
    element,
    draw: ({ run, feed, now }: Moment) => {
      const isOffered = run.status === null && feed.connection.kind === "live" && feed.fault !== null;
      if (isOffered) {
        sessions.look(now, refresh);
        sweeps.look(now, refresh);
      }
      const isShown = isOffered && sessions.known();
      setHidden(element, !isShown);
      if (!isShown) return;
      const runs = sessions.runs(), damaged = sessions.damaged();
      // The newest run is shown once there is one; a link that names another has its reader choose. Each list is asked for once.
      const found = runs.map(r => r.run_id).join();
      if (feed.request.run === null && runs.length > 0 && found !== asked) {
        asked = found;
        feed.ask({ at: null });
        return;
      }
      // A seed of a sweep or an ensemble is not in the list.
      const wanted = feed.request.run,
        isMissing = wanted !== null && !wanted.includes("/") && ![...runs, ...damaged].some(r => r.run_id === wanted);
      const w = welcomeWords(feed.fault ?? "", isMissing ? wanted : null, runs.length, damaged.length),
        listed = w.kind === "choose" ? runs : damaged;
      const studied = sweeps.list().filter(s => s.error === null);
      const key = JSON.stringify([w, listed, studied]);
      if (key === drawn) return;
      drawn = key;
      setAttribute(element, "data-state", w.kind);
      setText(title, w.title);
      setText(text, w.text);
      setHidden(how, w.kind === "choose");
      setHidden(newRun, w.kind === "choose" || !sessions.canControl());
      setChildren(list, ...listed.slice(0, mostListed).map(w.kind === "choose" ? item : damagedItem));
      setHidden(many, studied.length === 0);
      setChildren(studies,
        ...studied.slice(0, mostListed).map(s =>
          el("li", {}, button(s.name || s.sweep_id, { "data-sweep": s.sweep_id }, () => actions.showSweep(s.sweep_id)), " ",
            el("span", { class: "quiet" }, `${s.kind}, ${s.state}`))
        ));
      setHidden(all, w.kind !== "choose");
      setText(more, listed.length > mostListed ? `and ${count(listed.length - mostListed)} more` : "");
    },
  };
}
