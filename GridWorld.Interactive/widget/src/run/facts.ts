import { addChildren, el, setAttribute, setHidden, setText } from "../kit/dom";
import { count, exact, glance, percent, short, speed, tiny } from "../kit/format";
import type { Moment, Panel } from "../kit/panel";
import { capital, wordsOf } from "../kit/words";
import { toNumber } from "../wire/protocol";

interface Fact {
  title: HTMLElement;
  value: HTMLElement;
  unit: HTMLElement;
  box: HTMLElement;
}

/** The six most important numbers. */
export function createFacts(): Panel {
  const list = el("dl", { class: "facts", "aria-label": "The run now" });
  const fact = (label: string, testid: string, ...more: Node[]): Fact => {
    const title = el("dt", {}, label), value = el("b", { testid }), unit = el("em", { testid: `${testid}-unit` });
    const box = el("div", {}, title, el("dd", {}, value, " ", unit, ...more));
    addChildren(list, box);
    return { title, value, unit, box };
  };
  const bar = el("i", { class: "progress" });
  const episode = fact("Episode", "episode", bar);
  const pace = fact("Speed", "speed");
  const recent = fact("Return, last 100", "return-last-100");
  const greedy = fact("Greedy value, discounted", "greedy-value");
  greedy.box.classList.add("two-lines");
  const optimal = fact("Optimal actions", "optimal-actions");
  const epsilon = fact("Epsilon", "epsilon-now");

  function draw({ run }: Moment): void {
    const s = run.status, words = wordsOf(run.world), planner = run.world?.planner === true;
    if (!s) return;
    setText(episode.title, capital(words.episode));
    setText(recent.title, planner ? "Value at the start" : `Return, last ${s.episodes > 0 ? Math.min(100, s.episodes) : 100}`);
    setText(epsilon.title, planner ? "Residual" : "Epsilon");
    setText(episode.value, count(s.episodes));
    setAttribute(episode.value, "data-value", String(s.episodes));
    setText(episode.unit, s.target_episodes ? `of ${short(s.target_episodes)}` : "");
    setHidden(bar, !s.target_episodes);
    if (s.target_episodes) bar.style.width = `${Math.min(100, (100 * s.episodes) / s.target_episodes)}%`;
    const [number, unit] = speed(toNumber(s.steps_per_second));
    setText(pace.value, number);
    setText(pace.unit, unit.replace("step", words.step));
    setText(recent.value, glance(toNumber(s.mean_return_last_100)));
    setAttribute(recent.box, "title",
      planner ? "Discounted value at the start after the last pass, by the planner's own values"
        : "Mean undiscounted return of the last 100 episodes, those of the exploring policy");
    greedy.value.classList.toggle("words", s.proper === false);
    setText(greedy.value, s.proper === false ? "never ends" : glance(toNumber(s.greedy_value)));
    const best = toNumber(s.optimal_value);
    setText(greedy.unit, best !== null ? `optimum ${glance(best)}` : s.truth_message ? "no optimum" : "");
    const when = s.truth_episode === null ? "" : ` (computed for ${words.episode} ${count(s.truth_episode)})`;
    setAttribute(greedy.box, "title", s.truth_message
      ?? `Exact discounted value of the greedy policy at the start, and the highest value of any policy there${when}. `
        + (planner ? "" : "The curve shows undiscounted returns."));
    const share = toNumber(s.optimal_action_share);
    setText(optimal.value, percent(share));
    setText(optimal.unit, share === null ? "" : "%");
    setAttribute(optimal.box, "title", s.truth_message ?? `Reachable states whose greedy action is optimal${when}`);
    setText(epsilon.value, planner ? tiny(run.episodes.at(-1)?.residual ?? null) : exact(toNumber(s.epsilon)));
    setAttribute(epsilon.box, "title", planner ? "Largest change of a value in the last pass" : null);
  }
  return { element: list, draw };
}
