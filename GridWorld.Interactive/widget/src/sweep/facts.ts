import { addChildren, el, setAttribute, setChildren, setText } from "../kit/dom";
import { count, duration, glance, short, speed } from "../kit/format";
import { toNumber, type WireSweepStatus } from "../wire/protocol";
import { titleOf } from "./scale";

/** A number with the ends of its interval: "−14.2", "−15.1 to −13.3". */
export const intervalWords = (low: number | null,
  high: number | null): string => (low === null || high === null ? "" : `${glance(low)} to ${glance(high)}`);

/** The numbers of a sweep or an ensemble. */
export function createFacts(): { element: HTMLElement; draw: (status: WireSweepStatus) => void } {
  const list = el("dl", { class: "facts", "aria-label": "How it stands" }), bar = el("i", { class: "progress" });

  const rows = (s: WireSweepStatus): [string, string, string, string][] => {
    const seconds = toNumber(s.seconds) ?? 0, left = toNumber(s.seconds_left);
    const time: [string, string, string, string] = ["sweep-time", "Time", duration(seconds),
      left === null ? "" : `about ${duration(left)} left`];
    const [rate, unit] = speed(seconds > 0 ? s.steps / seconds : null),
      steps: [string, string, string, string] = ["sweep-steps", "Steps", short(s.steps), seconds > 0 ? `${rate} ${unit}` : ""];
    if (s.sweep) {
      const { trials, ended, failed, seeds, objective, higher_is_better: higher, sampler, pruner } = s.sweep;
      return [["sweep-ended", "Trials ended", count(ended), `of ${count(trials)}`], ["sweep-failed", "Failed", count(failed), ""], [
        "sweep-seeds",
        "Seeds of a trial",
        count(seeds),
        "",
      ], steps, time, ["sweep-objective", "Objective", titleOf(objective),
        `${higher === false ? "minimized" : "maximized"} · ${sampler}${pruner === "none" ? "" : ` · ${pruner}`}`]];
    }
    const e = s.ensemble;
    if (!e) return [];
    return [["sweep-ended", "Episodes of each seed", count(e.episodes), e.target_episodes ? `of ${count(e.target_episodes)}` : ""], [
      "sweep-seeds",
      "Seeds",
      count(e.seeds),
      `from ${e.first_seed}`,
    ], ["sweep-failed", "Failed", count(e.failed), ""], ["sweep-return", "Return, last 100", glance(toNumber(e.mean_return)),
      intervalWords(toNumber(e.low), toNumber(e.high))], steps, time];
  };

  return {
    element: list,
    draw: s => {
      const all = rows(s);
      if (list.childElementCount !== all.length) {
        setChildren(list);
        for (const [testid] of all) addChildren(list, el("div", {}, el("dt"), el("dd", {}, el("b", { testid }), " ", el("em"))));
        if (list.firstElementChild?.lastElementChild) addChildren(list.firstElementChild.lastElementChild, bar);
      }
      all.forEach(([, label, value, unit], i) => {
        const box = list.children[i] as HTMLElement, number = box.querySelector("b") as HTMLElement;
        setText(box.querySelector("dt") as HTMLElement, label);
        setText(number, value);
        number.classList.toggle("words", label === "Objective");
        box.classList.toggle("wordy", unit.length > 14);
        setText(box.querySelector("em") as HTMLElement, unit);
        if (unit.includes(" to ")) setAttribute(box, "title", "Interquartile mean over seeds, with its 95 % bootstrap interval");
      });
      const done = s.sweep ? s.sweep.ended / Math.max(1, s.sweep.trials)
        : s.ensemble?.target_episodes ? s.ensemble.episodes / s.ensemble.target_episodes : 0;
      bar.style.width = `${Math.min(100, 100 * done)}%`;
    },
  };
}
