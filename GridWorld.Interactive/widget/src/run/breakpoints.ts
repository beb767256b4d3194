import { Refusal } from "../wire/api";
import { addChildren, card, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { exact, glance, plural } from "../kit/format";
import { createLatest } from "../wire/latest";
import { differingStates, paintPolicy, readPolicy, type Policy } from "../map/policies";
import type { Actions, Moment, Panel } from "../kit/panel";
import { toNumber, type WireBreakpoints } from "../wire/protocol";
import { readNumber } from "../kit/setting";

/** The parameters that every world has, and the range in which the search begins. */
const parameters: readonly (readonly [string, string, string, string])[] = [
  ["slip", "Slip", "0", "1"],
  ["step_reward", "Step reward", "-2", "0"],
  ["discount_factor", "Discount factor", "0", "1"],
];

interface Interval {
  from: number;
  to: number;
  value: number | null;
  policy: Policy;
}

function intervalsOf(found: WireBreakpoints): Interval[] {
  const ends = [found.from, ...found.breakpoints, found.to].map(v => toNumber(v) ?? 0);
  return found.intervals.map(({ start_value, policy }, i) => ({ from: ends[i] ?? 0, to: ends[i + 1] ?? 0, value: toNumber(start_value),
    policy: readPolicy({ ...found, policy, episode: 0 }) })
  );
}

/** Five digits are enough to read a place. */
const brief = (value: number): string => exact(Number(value.toPrecision(5)));

/** The optimal policy of the world as a function of a parameter: a slider whose places are the intervals between breakpoints. */
export function createBreakpoints(actions: Actions): Panel {
  const parameter = el("select", { testid: "breakpoints-parameter", "aria-label": "Parameter" },
    ...parameters.map(([name, title]) => el("option", { value: name }, title)));
  const bound = (id: string, label: string): HTMLInputElement =>
    el("input", { testid: `breakpoints-${id}`, inputmode: "decimal", autocomplete: "off", "aria-label": label });
  const from = bound("from", "From"), to = bound("to", "To"), error = el("span", { class: "err", role: "alert", hidden: true });
  const form = el("form", { class: "line" }, parameter, "from", from, "to", to,
    el("button", { type: "submit", testid: "breakpoints-find" }, "Find breakpoints"), error);
  const slider = el("input", { type: "range", min: 0, step: 1, value: 0, testid: "breakpoints-slider", "aria-label": "Interval" });
  const words = el("p", { class: "quiet", testid: "breakpoints-words", role: "status" }), map = el("div", { class: "policies" });
  const result = el("div", { hidden: true }, slider, words, map);
  const element = card("Where the optimal policy changes", "breakpoints-card");
  addChildren(element, form, result);
  const latest = createLatest();
  let owner = "", session = "", intervals: Interval[] = [], title = "";

  function begin(): void {
    const chosen = parameters.find(([name]) => name === parameter.value);
    [from.value, to.value] = [chosen?.[2] ?? "", chosen?.[3] ?? ""];
  }

  function say(text: string | null): void {
    setText(error, text ?? "");
    setHidden(error, text === null);
  }

  async function find(): Promise<void> {
    const isLatest = latest(), range = [readNumber(from.value), readNumber(to.value)];
    if (range[0] === null || range[1] === null) {
      say("From and to must be numbers.");
      return;
    }
    say("Searching…");
    try {
      const found = await actions.api.get<WireBreakpoints>("api/breakpoints", { session, parameter: parameter.value, from: range[0] ?? 0,
        to: range[1] ?? 0 });
      if (!isLatest()) return;
      [intervals, title] = [intervalsOf(found), parameter.selectedOptions[0]?.text.toLowerCase() ?? ""];
      setAttribute(slider, "max", String(intervals.length - 1));
      slider.value = "0";
      setHidden(slider, intervals.length < 2);
      setHidden(result, false);
      say(null);
      show();
    } catch (reason) {
      if (isLatest()) say(reason instanceof Refusal ? reason.errors.join(" ") : "The breakpoints could not be found.");
    }
  }

  function show(): void {
    const place = slider.valueAsNumber, now = intervals[place], before = intervals[place - 1];
    if (!now) return;
    const differing = before ? differingStates([before.policy, now.policy]) ?? new Set<number>() : new Set<number>();
    const range = `${title} between ${brief(now.from)} and ${brief(now.to)}: `;
    setText(words,
      `${range}optimal value ${glance(now.value)} in the middle${
        before ? `; ${plural(differing.size, "state")} changed at ${brief(now.from)}, marked here` : ""
      }.`);
    setAttribute(slider, "aria-valuetext", words.textContent);
    setAttribute(result, "data-intervals", String(intervals.length));
    setChildren(map, paintPolicy(now.policy, differing, map, 48));
  }

  parameter.addEventListener("change", begin);
  slider.addEventListener("input", show);
  form.addEventListener("submit", e => {
    e.preventDefault();
    void find();
  });
  begin();

  return {
    element,
    draw: ({ run }: Moment) => {
      session = run.sessionId;
      if (session === owner) return;
      owner = session;
      latest();
      intervals = [];
      setHidden(result, true);
      say(null);
    },
  };
}
