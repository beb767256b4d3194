import { xScale, type XScale } from "../curve/axis";
import { Refusal } from "../wire/api";
import { addChildren, button, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { alike, count, glance, none, plural } from "../kit/format";
import { svg } from "../kit/graph";
import { actionWords, glyph, greedy } from "../kit/layout";
import type { Actions, Moment, Panel } from "../kit/panel";
import { stateWords } from "../kit/places";
import { watchRoom, watchSight } from "../kit/room";
import { wordsOf } from "../kit/words";
import { createReward } from "./reward";
import { bestScale, historyOf, marksOf, neighbor, placeOn, progressWords, rangeOf, unknown, valuesAt, withEarlier, withLater, type Change,
  type History } from "./history-data";
import type { WireStateHistory } from "../wire/protocol";
import type { RunData } from "../wire/view-state";

/** Points that are asked for; least pause between two refreshes of a run in training, in ms and in times of the last one. */
const points = 400, refreshAfter = 3000, rarity = 10;
/** Height of the curves, and the room above and below them; least distance of two marks. In CSS pixels. */
const height = 96, margin = 6, markGap = 7;

/** The values of a kept state over the whole run, with a mark at every change of its greedy actions, which leads there. */
export function createHistory(actions: Actions, kept: () => number | null): Panel {
  let owner = "", state: number | null = null;
  let history: History | null = null;
  let failed = "";
  let isLoading = false;
  let rested = 0, course = 0;
  let drawn: unknown[] = [];
  let run: RunData | null = null;
  let stop = new AbortController();
  /** Null: whichever shows the changes. */
  let scale: XScale | null = null;

  const title = el("h2", {}, "What changed here?"), words = el("small", { testid: "history-words", role: "status" });
  const step = (text: string, label: string, testid: string, by: -1 | 1): HTMLButtonElement =>
    button(text, { title: label, "aria-label": label, testid }, () => {
      const next = history && neighbor(history.changes, place(), by);
      if (next) actions.travel(next.episode);
    });
  const earlier = step("◀", "To the change before", "history-earlier", -1), later = step("▶", "To the next change", "history-later", 1);
  const scales = xScale("Scale of the episodes", chosen => {
    scale = chosen;
    actions.redraw();
  });
  const legend = el("div", { class: "legend", testid: "history-values" });
  const reward = createReward(actions);
  const picture = svg("svg", { role: "img", height: height });
  const marks = el("div", { class: "changes", role: "group", "aria-label": "Changes of the best action" });
  const ends = [el("span"), el("span")] as const;
  const plot = el("div", { class: "history-plot" });
  addChildren(plot, picture, marks);
  const element = el("section", { class: "card history", testid: "history", "aria-label": "What changed here?", hidden: true },
    el("header", {}, title, words, scales.element, el("span", { class: "steps" }, earlier, later)), plot,
    el("div", { class: "history-ends" }, ...ends), legend, reward.element);
  const room = watchRoom(plot, actions.redraw), sight = watchSight(element, actions.redraw);

  /** The episode that is shown. */
  const place = (): number => run?.at ?? Infinity;

  function begin(of: number | null): void {
    stop.abort();
    stop = new AbortController();
    [state, history, failed, isLoading] = [of, null, "", false];
    if (of !== null) void load(of, stop.signal);
  }

  async function load(of: number, signal: AbortSignal): Promise<void> {
    const session = owner, known = history, begun = Date.now();
    const ask = async (query: Record<string, number>): Promise<History> =>
      historyOf(await actions.api.get<WireStateHistory>("api/agent/history", { session, state: of, points, ...query }, signal));
    isLoading = true;
    try {
      let now = known === null ? await ask({}) : unknown((await ask({})).episodes);
      const show = (): void => {
        if (signal.aborted) return;
        // Episodes that have ended since take the place of what was known once they reach back to it.
        if (known === null) history = now;
        else if (now.after <= known.episodes) history = withLater(known, now);
        actions.redraw();
      };
      show();
      while (now.after > (known?.episodes ?? 0) && !signal.aborted) {
        now = withEarlier(now, await ask({ at: now.episodes, before: now.after }));
        show();
      }
    } catch (error) {
      if (!signal.aborted) failed = error instanceof Refusal ? error.message : "The history could not be loaded.";
    }
    if (signal.aborted) return;
    isLoading = false;
    rested = Date.now() + Math.max(refreshAfter, rarity * (Date.now() - begun));
    actions.redraw();
  }

  const actionsOf = (bits: number): string => {
    const names = run?.world?.actions ?? [], best = greedy(bits, names.length);
    return best.length === names.length ? "all alike" : best.map(a => glyph(names[a] ?? "")).join(" ");
  };

  const changeWords = (c: Change): string =>
    `${wordsOf(run?.world ?? null).episode} ${count(c.episode)}: ${actionsOf(c.before)} became ${actionsOf(c.after)}`;

  function changesSaid(now: History): string {
    const changes = plural(now.count, "change"), { episode } = wordsOf(run?.world ?? null), last = now.changes.at(-1);
    if (now.after > 0) {
      const soFar = now.after < now.episodes ? `${changes} after ${episode} ${count(now.after)}, ` : "";
      return soFar + progressWords(now);
    }
    if (!last) return "the best action never changed";
    const marked = now.count > now.changes.length ? `; the newest ${count(now.changes.length)} are marked` : "";
    return `${changes} of the best action, the last in ${changeWords(last)}${marked}`;
  }

  function paint(now: History, width: number, by: XScale, { world, at }: RunData): void {
    const names = world?.actions ?? [], [least, most] = rangeOf(now.points), on = placeOn(by, now.episodes);
    const x = (episode: number): number => on(episode) * width;
    const y = (value: number): number =>
      most === least ? height / 2 : Math.min(height + margin, margin + ((most - value) / (most - least)) * (height - 2 * margin));
    setAttribute(picture, "width", String(width));
    setAttribute(picture, "viewBox", `0 0 ${width} ${height}`);
    setAttribute(picture, "aria-label",
      `Values of ${names.map(actionWords).join(", ")} from ${glance(least)} to ${glance(most)} over ${count(now.episodes)} episodes`);
    const lines = names.map((_, a) => {
      let d = "", isOn = false;
      for (const { episode, q } of now.points) {
        const value = q[a] ?? null;
        if (value !== null) d += `${isOn ? "L" : "M"}${x(episode).toFixed(1)} ${y(value).toFixed(1)}`;
        isOn = value !== null;
      }
      return svg("path", { d, class: `line-${a % 9}` });
    });
    const here = at === null ? [] : [svg("path", { d: `M${x(at).toFixed(1)} 0V${height}`, class: "here-line" })];
    const rest = now.after > 0 ? [svg("rect", { x: 0, y: 0, width: x(now.after).toFixed(1), height, class: "coming" })] : [];
    setChildren(picture, ...rest, ...lines, ...here);
    setChildren(marks, ...marksOf(now.changes, x, markGap).map(mark => {
      const newest = mark.changes.at(-1) as Change, more = mark.changes.length - 1;
      const text = `${changeWords(newest)}${more > 0 ? `, and ${plural(more, "change")} shortly before` : ""}`;
      const tick = button("", { class: more > 0 ? "tick several" : "tick", title: text, "aria-label": text, "data-episode": newest.episode,
        "aria-current": newest.episode === at ? "true" : undefined }, () => actions.travel(newest.episode));
      tick.style.left = `${mark.at.toFixed(1)}px`;
      return tick;
    }));
    setText(ends[0], "0");
    setText(ends[1], count(now.episodes));
    const shown = valuesAt(now.points, at ?? now.episodes), texts = alike(shown?.q ?? []);
    setChildren(legend,
      ...names.map((name, a) =>
        el("span", { title: actionWords(name) }, el("i", { class: `key line-${a % 9}` }), `${glyph(name)} `, el("b", {}, texts[a] ?? none),
          (shown?.q[a] ?? least) < least - (most - least) * 0.1 ? ", below the picture" : "")
      ));
  }

  return {
    element,
    draw: ({ run: now }: Moment) => {
      run = now;
      const wanted = now.world ? kept() : null;
      // After a return to a checkpoint, later episodes are other ones.
      const resumed = now.at === null ? now.events.findLast(e => e.event === "run_resumed")?.seq ?? 0 : course;
      if (now.sessionId !== owner || wanted !== state || resumed !== course) {
        [owner, course] = [now.sessionId, resumed];
        begin(wanted);
      }
      setHidden(element, state === null);
      if (state === null) return;
      reward.draw(now, state);
      const episodes = now.at === null ? now.status?.episodes ?? 0 : 0, isTraining = now.status?.state === "training";
      if (
        history && history.after === 0 && !isLoading && failed === "" && episodes > history.episodes
        && (!isTraining || sight.isSeen() && Date.now() > rested)
      ) void load(state, stop.signal);
      setText(words,
        [stateWords(state, now.world), failed !== "" ? failed : history ? changesSaid(history) : ""].filter(Boolean).join(": "));
      const width = Math.floor(room.size().width), by = scale ?? (history ? bestScale(history) : "linear"),
        looks = [history, width, now.at, now.world, by];
      scales.press(by);
      earlier.disabled = !history || !neighbor(history.changes, place(), -1);
      later.disabled = !history || !neighbor(history.changes, place(), 1);
      setAttribute(element, "aria-busy", isLoading ? "true" : null);
      setAttribute(element, "data-state", String(state));
      setAttribute(element, "data-after", history ? String(history.after) : null);
      setAttribute(element, "data-changes", history ? String(history.count) : null);
      if (!history || width < 40 || looks.every((v, k) => v === drawn[k])) return;
      drawn = looks;
      paint(history, width, by, now);
    },
    dispose: () => {
      stop.abort();
      room.dispose();
      sight.dispose();
    },
  };
}
