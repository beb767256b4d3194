import type { WireCheckpoint, WireCheckpoints } from "../wire/protocol";
import { Refusal } from "../wire/api";
import { addChildren, button, card, el, setChildren, setHidden, setText } from "../kit/dom";
import { clock, count } from "../kit/format";
import { hasEnded } from "./head";
import { createNewer } from "../wire/latest";
import { isolated } from "../kit/names";
import { inPast, type Actions, type Moment, type Panel } from "../kit/panel";

const refresh = 3000, atOnce = 200, mostNamed = 5;

/** The names that resuming from a checkpoint drops: those of the later ones. */
export const droppedNames = (list: readonly WireCheckpoint[], from: WireCheckpoint): string[] =>
  list.flatMap(c => (c.name !== null && c.step > from.step ? [c.name] : []));

/** The question before named checkpoints are dropped. */
export function question(names: readonly string[], episode: number): string {
  const named = names.slice(0, mostNamed).map(n => `“${isolated(n)}”`).join(", "),
    more = names.length > mostNamed ? ` and ${count(names.length - mostNamed)} more` : "";
  return `This drops everything after episode ${count(episode)}, with the named checkpoint${names.length > 1 ? "s" : ""} ${named}${more}.`;
}

/** The listed checkpoints: all named ones, then a number of the others, newest first. */
export function listed(list: readonly WireCheckpoint[], automatic: number): readonly WireCheckpoint[] {
  const newestFirst = [...list].reverse();
  return [...newestFirst.filter(c => c.name !== null), ...newestFirst.filter(c => c.name === null).slice(0, automatic)];
}

/** The checkpoints on disk: every one to show and to fork, named ones and the last to resume from once the run has ended. */
export function createCheckpoints(actions: Actions): Panel {
  const note = el("small");
  const element = card("Checkpoints", "checkpoints-card", note);
  const body = el("tbody");
  const empty = el("p", { class: "quiet" }), dropped = el("p", { class: "quiet", testid: "checkpoint-note", role: "status", hidden: true });
  const table = el("table", { class: "list", testid: "checkpoints", "data-rows": 0 },
    el("thead", {},
      el("tr", {},
        ...["Episode", "Steps", "Name", "Time", ""].map(h =>
          el("th", { scope: "col" }, h === "" ? el("span", { class: "aloud" }, "Commands") : h)
        ))), body);
  const more = button("", { testid: "checkpoints-more", hidden: true }, () => {
    automatic += atOnce;
    actions.redraw();
  });
  addChildren(element, el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Checkpoints" }, table, more), empty,
    dropped);
  let list: readonly WireCheckpoint[] = [];
  let of = "", asked = 0, drawn = "";
  let automatic = atOnce;
  /** The checkpoint that someone wants to resume from, and has to confirm. */
  let doubted: WireCheckpoint | null = null;
  const newer = createNewer();

  async function load(run: string): Promise<void> {
    const isNewer = newer();
    try {
      const { checkpoints } = await actions.api.get<WireCheckpoints>("api/checkpoints", { session: run });
      if (of === run && isNewer()) list = checkpoints;
      actions.redraw();
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason;
    }
  }

  function resume(from: WireCheckpoint, isSure = false): void {
    doubted = isSure || droppedNames(list, from).length === 0 ? null : from;
    actions.redraw();
    if (doubted) return;
    asked = 0;
    void actions.command("resume", from.name === null ? { episode: from.episode } : { checkpoint: from.name }).catch(() => undefined);
  }

  function confirmation(from: WireCheckpoint): HTMLElement {
    const cancel = (): void => {
      doubted = null;
      actions.redraw();
    };
    return el("tr", { class: "confirm" },
      el("td", { colspan: 5 },
        el("div", { class: "line", role: "group", "aria-label": "Confirm", testid: "checkpoint-confirm" },
          el("span", {}, question(droppedNames(list, from), from.episode)),
          button("Resume and drop them", { testid: "checkpoint-drop" }, () => resume(from, true)),
          button("Cancel", { testid: "checkpoint-keep" }, cancel))));
  }

  function draw({ run, feed, now }: Moment): void {
    if (run.sessionId !== of) [of, list, asked, doubted, automatic] = [run.sessionId, [], 0, null, atOnce];
    if (!run.status) return;
    if (feed.connection.kind === "live" && now - asked > refresh) {
      asked = now;
      void load(run.sessionId);
    }
    const resumed = run.events.findLast(e => e.event === "run_resumed")?.message ?? "";
    setText(dropped, resumed);
    setHidden(dropped, resumed === "");
    const live = feed.connection.kind === "live", ended = hasEnded(run.status), isPast = run.at !== null;
    const mayResume = live && ended && !isPast && run.status.state !== "failed"
      && (run.status.can_control || run.status.can_continue);
    const mayFork = live && !(!run.status.can_control && run.status.state === "training");
    if (!mayResume || !list.some(c => c.step === doubted?.step && c.name === doubted.name)) doubted = null;
    const title = isPast ? inPast
      : ended ? "Resume training from here. Everything after this checkpoint is dropped." : "Stop the run first";
    const key = JSON.stringify([list, automatic, mayResume, mayFork, title, doubted]);
    if (key === drawn) return;
    drawn = key;
    const shown = listed(list, automatic), rest = list.length - shown.length, newest = list[list.length - 1];
    table.dataset.rows = String(list.length);
    table.hidden = list.length === 0;
    setText(note,
      list.length === 0 ? "" : rest > 0 ? `${count(shown.length)} of ${count(list.length)}, named ones first` : count(list.length));
    setHidden(more, rest === 0);
    setText(more, `Show ${count(Math.min(rest, atOnce))} more of ${count(rest)}`);
    setText(empty,
      list.length === 0 ? "No checkpoint yet. A run with a store takes one every 100 episodes; a run in memory takes none." : "");
    setChildren(body, ...shown.flatMap(c => {
      const last = c.name === null && c !== newest ? ""
        : button("Resume", { testid: "checkpoint-resume", "data-episode": c.episode, disabled: !mayResume, title }, () => resume(c));
      const row = el("tr", { "data-episode": c.episode }, el("td", {}, count(c.episode)), el("td", {}, count(c.step)),
        el("td", {}, c.name ?? el("span", { class: "quiet" }, "automatic")), el("td", {}, clock(c.timestamp)),
        el("td", { class: "commands" },
          button("Show", { testid: "checkpoint-look", "data-episode": c.episode, title: "Show the run at this checkpoint" },
            () => actions.travel(c.episode)),
          button("Fork", { testid: "checkpoint-fork", "data-episode": c.episode, disabled: !mayFork, title: "Start a new run from here" },
            () => actions.forkAt(c.episode)), last));
      return c.step === doubted?.step && c.name === doubted.name ? [row, confirmation(c)] : [row];
    }));
  }
  return { element, draw };
}
