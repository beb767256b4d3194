import { addChildren, card, el, setAttribute, setHidden, setText } from "../kit/dom";
import { count, exact, fixed, glance, none, percent, tiny } from "../kit/format";
import { createFlags } from "./flags";
import { actionWords } from "../kit/layout";
import type { Moment, Panel } from "../kit/panel";
import { toNumber } from "../wire/protocol";

/** The numbers that distinguish "my algorithm is wrong" from "my chart is wrong". */
export function createDiagnostics(): Panel & { hold: (isHeld: boolean) => void } {
  const flags = createFlags();
  const bars = el("div", { class: "bars", testid: "action-distribution", role: "img" });
  const [td, q, visited] = [el("dd", { testid: "mean-td-error" }), el("dd", { testid: "q-range" }), el("dd", { testid: "visited" })];
  const [rates, last] = [el("dd", { testid: "rates" }), el("dd", { testid: "last-returns" })];
  const element = card("Diagnostics", "diagnostics-card");
  const titles = ["epsilon / learning rate", "last returns", "mean |TD error|"].map(t => el("dt", {}, t));
  const [ratesTitle, lastTitle, errorTitle] = titles;
  const pair = (label: HTMLElement | string | undefined, value: HTMLElement): HTMLElement =>
    el("div", {}, label instanceof HTMLElement ? label : el("dt", {}, label ?? ""), value);
  addChildren(element, flags.element, bars,
    el("dl", { class: "pairs rowwise" }, pair(ratesTitle, rates), pair(lastTitle, last), pair(errorTitle, td),
      pair("Q min / mean / max", q), pair("states visited", visited)));
  let shown: Moment["run"]["diagnostics"] = null;

  function draw({ run }: Moment): void {
    const planner = run.world?.planner === true, newest = run.episodes.slice(-3).reverse();
    if (ratesTitle) setText(ratesTitle, planner ? "policy changes" : "epsilon / learning rate");
    if (lastTitle) setText(lastTitle, planner ? "residuals" : "last returns");
    if (errorTitle) setText(errorTitle, planner ? "mean |Bellman error|" : "mean |TD error|");
    if (planner) setText(rates, count(newest[0]?.policyChanges ?? null));
    else if (run.status) setText(rates, `${exact(toNumber(run.status.epsilon))} / ${exact(toNumber(run.status.learning_rate))}`);
    setText(last, newest.map(e => (planner ? tiny(e.residual) : glance(e.return))).join(" · ") || none);
    const d = run.diagnostics;
    if (!d || d === shown) return;
    shown = d;
    flags.draw(d.flags);
    const shares = d.action_distribution.map(v => toNumber(v) ?? 0);
    drawBars(bars, planner ? [] : shares, run.world?.actions ?? []);
    const error = toNumber(d.mean_td_error);
    setText(td, small(error));
    setText(q, [d.min_q, d.mean_q, d.max_q].map(v => brief(toNumber(v))).join(" / "));
    setText(visited, planner ? count(d.visited_states) : `${count(d.visited_states)} of ${count(d.reachable_states)}`);
  }
  return { element, draw, hold: flags.hold };
}

/** Errors shrink towards 0 and never get there: what is too small to show says so. */
function small(error: number | null): string {
  if (error === null || !(error < 1) || error === 0) return glance(error);
  return error < 0.00001 ? `< ${fixed(0.00001, 5)}` : fixed(error, error < 0.01 ? 5 : 3);
}

/** Three of these stand side by side. */
function brief(value: number | null): string {
  if (value === null || Math.abs(value) >= 1 || Number.isInteger(Number(value.toFixed(2))))
    return glance(value === null ? null : Number(value.toFixed(2)));
  return fixed(value, 2);
}

function drawBars(host: HTMLElement, shares: readonly number[], names: readonly string[]): void {
  while (host.children.length > 3 * shares.length) host.lastElementChild?.remove();
  while (host.children.length < 3 * shares.length) addChildren(host, el("span"), el("div", {}, el("i")), el("span", { class: "number" }));
  shares.forEach((share, a) => {
    const [label, track, number] = [host.children[3 * a], host.children[3 * a + 1], host.children[3 * a + 2]];
    if (!label || !track || !number) return;
    setText(label, actionWords(names[a] ?? count(a)));
    (track.firstElementChild as HTMLElement).style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
    setText(number, `${percent(share)} %`);
  });
  setAttribute(host, "aria-label",
    `Actions taken: ${shares.map((s, a) => `${actionWords(names[a] ?? "")} ${percent(s)} percent`).join(", ")}`);
  setHidden(host, shares.length === 0);
}
