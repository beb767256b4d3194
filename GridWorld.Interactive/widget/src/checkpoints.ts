import { Refusal } from "./api";
import { button, card, el, setText } from "./dom";
import { clock, count } from "./format";
import { hasEnded } from "./head";
import type { Actions, Moment, Panel } from "./panel";

interface CheckpointRow {
  episode: number;
  step: number;
  name: string | null;
  timestamp: string;
}

const refresh = 3000, mostShown = 200;

/** The checkpoints on disk: every one to look at and to fork, named ones and the last to go on from once the run has ended. */
export function createCheckpoints(actions: Actions): Panel {
  const note = el("small");
  const element = card("Checkpoints", "checkpoints-card", note);
  const body = el("tbody");
  const empty = el("p", { class: "quiet" });
  const table = el("table", { class: "list", testid: "checkpoints", "data-rows": 0 },
    el("thead", {}, el("tr", {}, ...["Episode", "Steps", "Name", "Time", ""].map(h => el("th", { scope: "col" }, h === "" ? el("span", { class: "aloud" }, "Commands") : h)))), body);
  element.append(el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Checkpoints" }, table), empty);
  let list: readonly CheckpointRow[] = [];
  let of = "", asked = 0, drawn = "";

  async function load(run: string): Promise<void> {
    try {
      const { checkpoints } = await actions.api.get<{ checkpoints: CheckpointRow[] }>("api/checkpoints", { session: run });
      if (of === run) list = checkpoints;
      actions.redraw();
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason;
    }
  }

  function draw({ run, feed, now }: Moment): void {
    if (run.sessionId !== of) [of, list, asked] = [run.sessionId, [], 0];
    if (!run.status || element.parentElement?.hidden === true) return;
    if (feed.connection.kind === "live" && now - asked > refresh) {
      asked = now;
      void load(run.sessionId);
    }
    const live = feed.connection.kind === "live", ended = hasEnded(run.status);
    const mayResume = live && ended && run.status.state !== "failed" && (run.status.can_control !== false || run.status.can_resume === true);
    const mayFork = live && !(run.status.can_control === false && run.status.state === "training");
    const key = JSON.stringify([list, mayResume, mayFork]);
    if (key === drawn) return;
    drawn = key;
    const shown = [...list].reverse().slice(0, mostShown);
    table.dataset.rows = String(list.length);
    table.hidden = list.length === 0;
    setText(note, list.length === 0 ? "" : list.length > shown.length ? `the last ${count(shown.length)} of ${count(list.length)}` : count(list.length));
    setText(empty, list.length === 0 ? "No checkpoint yet. A run with a store takes one every 100 episodes; one kept in memory takes none." : "");
    body.replaceChildren(...shown.map((c, i) => {
      const resume = c.name === null && i > 0 ? "" : button("Resume", { testid: "checkpoint-resume", "data-episode": c.episode, disabled: !mayResume, title: ended ? "Go on from here; what came after is dropped" : "Stop the run first" }, () => {
        void actions.command("resume", c.name === null ? {} : { checkpoint: c.name }).catch(() => undefined);
      });
      return el("tr", { "data-episode": c.episode }, el("td", {}, count(c.episode)), el("td", {}, count(c.step)), el("td", {}, c.name ?? el("span", { class: "quiet" }, "automatic")), el("td", {}, clock(c.timestamp)), el("td", { class: "commands" },
        button("Look", { testid: "checkpoint-look", "data-episode": c.episode, title: "The run as it was then" }, () => actions.travel(c.episode)),
        button("Fork", { testid: "checkpoint-fork", "data-episode": c.episode, disabled: !mayFork, title: "A new run from here" }, () => actions.forkAt(c.episode)), resume));
    }));
  }
  return { element, draw };
}
