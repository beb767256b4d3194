import { Refusal } from "../wire/api";
import { button, el, setAttribute, setChildren, setHidden, setText } from "../kit/dom";
import { count, fixed, glance } from "../kit/format";
import { createLatest } from "../wire/latest";
import { downloadBlob } from "../kit/save";
import { nothingOver, type Overlay } from "../map/overlay";
import { isPutAway, type Actions, type Moment, type Panel } from "../kit/panel";
import { toNumber, type WireEpisodeSteps, type WireExtreme, type WireWorld } from "../wire/protocol";
import { stateWords } from "../kit/places";
import { replayGif } from "./replay-gif";
import { advanced, missing, moved, opened, partSize, played, received, stepAt, trail, type Replay } from "./replay-state";
import { actionShown, rowWords, why } from "./replay-words";
import { got, readWhole } from "../kit/setting";
import type { RunData } from "../wire/view-state";
import { createWork } from "../kit/work";
import { capital, wordsOf } from "../kit/words";

const speeds = [1, 2, 5, 10, 30, 100, 1000], rowsShown = 9, rest = 2000;

/** Replays an episode on the map, step by step, with the reason for each step. */
export function createAgent(actions: Actions, follow: (overlay: Overlay | null) => void): Panel {
  const latest = createLatest(), work = createWork(actions.redraw);
  let run: RunData | null = null;
  let owner = "";
  let replay: Replay | null = null;
  let failed = "";
  /** A refused part is requested again after a delay; other parts immediately. */
  let refused: { part: number; until: number } | null = null;
  let started: { at: number; time: number } | null = null;
  let shown: Replay | null = null, followed: Replay | null = null;

  const title = el("h2", {}, "Replay"), state = el("small", { testid: "replay-state" });
  const number = el("input", { inputmode: "numeric", autocomplete: "off", testid: "replay-number", "aria-label": "Episode to replay" });
  const choose = (name: string, which: string): HTMLButtonElement =>
    button(name, { "data-what": which, testid: `replay-${which}` }, () => void find(which));
  const picker = el("div", { class: "line" }, choose("Latest", "latest"), choose("Best", "best"), choose("Worst", "worst"),
    el("label", {}, "Episode", number), button("Replay", { testid: "replay-show" }, () => void openTyped()));
  const go = (text: string, label: string, testid: string, to: (r: Replay) => Replay): HTMLButtonElement =>
    button(text, { "aria-label": label, title: label, testid }, () => change(to));
  const play = button("Play", { testid: "replay-play", class: "primary" },
    () => change(r => (r.playing ? { ...r, playing: false } : played(r))));
  const speed = el("select", { testid: "replay-speed", "aria-label": "Steps per second" },
    ...speeds.map(s => el("option", { value: s }, `${s} / s`)));
  speed.value = "5";
  const slider = el("input", { type: "range", min: 0, value: 0, testid: "replay-slider", "aria-label": "Step" });
  const save = button("Save GIF", { testid: "replay-gif" }, () => void exportGif());
  const transport = el("div", { class: "line transport", role: "group", "aria-label": "Replay" },
    go("|◀", "To the start", "replay-start", r => moved({ ...r, playing: false }, 0)),
    go("◀", "One step back", "replay-back", r => moved({ ...r, playing: false }, r.at - 1)), play,
    go("▶", "One step forward", "replay-forward", r => moved({ ...r, playing: false }, r.at + 1)),
    go("▶|", "To the end", "replay-end", r => moved({ ...r, playing: false }, r.length)), slider, speed, save,
    button("Close", { testid: "replay-close" }, close));
  const reason = el("p", { class: "reason", testid: "replay-why", role: "status" });
  const body = el("tbody");
  const heads = ["Step", "State", "Action", "Reward", "Q before", "Q after", "Chosen by"];
  const table = el("table", { testid: "replay-steps" }, el("thead", {}, el("tr", {}, ...heads.map(h => el("th", { scope: "col" }, h)))),
    body);
  const element = el("section", { class: "card agent", testid: "agent", "aria-label": "Agent" }, el("header", {}, title, state), picker,
    transport, reason, el("div", { class: "scroll" }, table));

  number.addEventListener("keydown", e => {
    if (e.key === "Enter") void openTyped();
  });
  slider.addEventListener("input", () => change(r => moved({ ...r, playing: false }, slider.valueAsNumber)));
  speed.addEventListener("change", () => change(r => ({ ...r, speed: Number(speed.value) })));
  actions.onOpenEpisode(episode => void open(episode));

  function change(to: (now: Replay) => Replay): void {
    if (!replay) return;
    replay = to(replay);
    started = replay.playing ? { at: replay.at, time: performance.now() } : null;
    actions.redraw();
  }

  function close(): void {
    replay = null;
    follow(null);
    actions.redraw();
  }

  async function find(which: string): Promise<void> {
    if (which === "latest") return open(run?.status?.episodes ?? 0);
    const isLatest = latest();
    failed = "";
    const found = await ask<Record<string, WireExtreme | null>>("api/extremes", {}, `the ${which} episode`, isLatest);
    const episode = found?.[which]?.episode;
    if (episode !== undefined) await open(episode);
  }

  async function openTyped(): Promise<void> {
    const episode = readWhole(number.value), last = run?.status?.episodes ?? 0;
    if (last === 0 || (episode !== null && episode >= 1 && episode <= last)) return open(episode ?? 0);
    const typed = number.value.trim();
    refuse(`Episode must be a whole number from 1 to ${count(last)} ${got(typed)}.`);
  }

  function refuse(reason: string): void {
    latest();
    failed = reason;
    actions.redraw();
  }

  /** Shows the newest request, whichever answer arrives first. */
  async function open(episode: number): Promise<void> {
    if ((run?.status?.episodes ?? 0) === 0) {
      refuse("No episode has ended yet.");
      return;
    }
    const isLatest = latest();
    failed = "";
    const part = await ask<WireEpisodeSteps>(`api/episode/${episode}/steps`, { from: 1, count: partSize }, `episode ${count(episode)}`,
      isLatest);
    if (!part) return;
    replay = opened(part, Number(speed.value));
    [started, refused] = [null, null];
    number.value = String(part.episode);
    actions.redraw();
  }

  async function ask<T>(path: string, query: Record<string, string | number>, what: string, isWanted: () => boolean): Promise<T | null> {
    const asker = owner;
    try {
      const answer = await work.during(what, actions.api.get<T>(path, { session: asker, ...query }));
      return asker === owner && isWanted() ? answer : null;
    } catch (error) {
      if (asker === owner && isWanted()) failed = error instanceof Refusal ? error.message : `${what} could not be loaded.`;
      return null;
    }
  }

  const partWords = (part: number): string => `steps from ${count(part * partSize + 1)}`;

  async function more(now: Replay, part: number): Promise<void> {
    const answer = await ask<WireEpisodeSteps>(`api/episode/${now.episode}/steps`, { from: part * partSize + 1, count: partSize },
      partWords(part), () => replay?.episode === now.episode);
    if (replay?.episode !== now.episode) return;
    if (answer) {
      replay = received(replay, part, answer.steps);
      [failed, refused] = ["", null];
    } else {
      replay = { ...replay, playing: false };
      refused = { part, until: Date.now() + rest };
    }
  }

  async function exportGif(): Promise<void> {
    if (!replay || !run) return;
    failed = "";
    try {
      downloadBlob(await work.during("the picture", replayGif(actions.api, run, replay, element)), `episode-${replay.episode}.gif`);
    } catch (error) {
      failed = error instanceof Error ? error.message : "The GIF could not be created.";
    }
    actions.redraw();
  }

  function draw(moment: Moment): void {
    run = moment.run;
    if (run.sessionId !== owner) {
      owner = run.sessionId;
      if (replay) close();
      [failed, refused] = ["", null];
      latest();
    }
    if (replay?.playing && started) {
      replay = advanced(replay, started.at, performance.now() - started.time);
      actions.redraw();
    }
    // The map shows a replay that goes on, wherever this card is.
    if (replay && replay !== followed) {
      followed = replay;
      const way = trail(replay);
      follow({ ...nothingOver, agent: way.at(-1) ?? null, trail: way });
    }
    const lacking = replay ? missing(replay) : null;
    const isRested = refused?.part !== lacking || moment.now >= refused.until;
    if (replay && lacking !== null && isRested && !work.has(partWords(lacking))) void more(replay, lacking);
    if (isPutAway(element)) return;
    const loading = work.words(), { episode } = wordsOf(run.world);
    setText(title, replay ? `${capital(episode)} ${count(replay.episode)}` : `Replay ${episode === "pass" ? "a" : "an"} ${episode}`);
    const at = replay ? stepAt(replay, Math.max(1, replay.at)) : null;
    setText(state,
      failed !== "" ? failed
        : loading !== "" ? `fetching ${loading}…` : replay ? words(replay) : "step by step on the map, exactly as it happened");
    state.classList.toggle("err", failed !== "");
    setAttribute(element, "data-episode", replay ? String(replay.episode) : null);
    setAttribute(element, "data-at", replay ? String(replay.at) : null);
    setAttribute(element, "data-length", replay ? String(replay.length) : null);
    for (const part of [transport, reason, table]) setHidden(part, replay === null);
    if (!replay || replay === shown) return;
    shown = replay;
    setText(play, replay.playing ? "Pause" : "Play");
    setAttribute(slider, "max", String(replay.length));
    if (slider.valueAsNumber !== replay.at) slider.value = String(replay.at);
    setAttribute(slider, "aria-valuetext", `step ${replay.at} of ${replay.length}`);
    const names = run.world?.actions ?? [];
    // During playback, a screen reader would never stop reading reasons.
    setAttribute(reason, "aria-live", replay.playing ? "off" : "polite");
    setText(reason,
      replay.at === 0 || !at ? "At the start."
        : `${stateWords(at.state, run.world)}: ${why(at, names, replay.epsilon)} ${rowWords(at.q, names)}.`);
    drawRows(replay, names, run.world);
  }

  function words(r: Replay): string {
    const last = stepAt(r, r.length), { step, value } = wordsOf(run?.world ?? null);
    const end = r.at === r.length && last && !run?.world?.planner ? (last.terminated ? " · terminated" : " · truncated") : "";
    return `${step} ${count(r.at)} of ${count(r.length)} · ${value} ${glance(toNumber(r.return))}${end}`;
  }

  function drawRows(r: Replay, names: readonly string[], world: WireWorld | null): void {
    const first = Math.max(1, Math.min(r.at - Math.floor(rowsShown / 2), r.length - rowsShown + 1));
    setChildren(body, ...Array.from({ length: Math.min(rowsShown, r.length) }, (_, i) => {
      const s = stepAt(r, first + i), cell = (text: string): HTMLElement => el("td", {}, text);
      if (!s) return el("tr", {}, cell(count(first + i)), el("td", { colspan: 6 }, "…"));
      return el("tr", { "data-step": s.step, "aria-current": s.step === r.at ? "step" : undefined, class: s.explored ? "explored" : "" },
        cell(count(s.step)), cell(stateWords(s.state, world)), cell(actionShown(s.action, names)), cell(glance(toNumber(s.reward))),
        cell(fixed(toNumber(s.q[s.action] ?? null), 3)), cell(fixed(toNumber(s.q_after), 3)), cell(s.explored ? "chance" : "value"));
    }));
  }

  return { element, draw, dispose: () => follow(null) };
}
