import { Refusal, session } from "../wire/api";
import { button, el, setAttribute, setChildren, setHidden } from "../kit/dom";
import { plural } from "../kit/format";
import { isolated } from "../kit/names";
import type { Actions, Moment, Panel } from "../kit/panel";
import type { ListedRun, Sessions } from "../wire/sessions";

const mostOffered = 3;

/** Other runs of the store that were interrupted. */
export function interruptedRuns(runs: readonly ListedRun[], shown: string, refused: ReadonlySet<string>): readonly ListedRun[] {
  return runs.filter(r => r.state === "interrupted" && r.run_id !== shown && r.can_resume && !refused.has(r.run_id)).slice(0, mostOffered);
}

/** A banner that offers to resume interrupted runs. */
export function createOffers(actions: Actions, sessions: Sessions): Panel {
  const element = el("section", { class: "offers", testid: "offers", "aria-label": "Interrupted runs", hidden: true });
  const refused = new Set<string>();
  let drawn = "";

  async function resume(run: ListedRun): Promise<void> {
    try {
      await actions.api.post(session(run.run_id, "resume"));
      actions.showRun(run.run_id);
    } catch (error) {
      actions.say(error instanceof Refusal ? error.message : "The run could not be resumed.");
    }
  }

  const offer = (run: ListedRun): HTMLElement =>
    el("div", { "data-run": run.run_id },
      el("span", { class: "words" }, el("b", {}, run.name), ` was interrupted after ${plural(run.episodes, "episode")}.`),
      button("Resume from checkpoint", { testid: "offer-resume" }, () => void resume(run)), button("Show", { testid: "offer-look" }, () =>
        actions.showRun(run.run_id)), button("Dismiss", { testid: "offer-dismiss", "aria-label": `Dismiss ${isolated(run.name)}` }, () => {
        refused.add(run.run_id);
        actions.redraw();
      }));

  return {
    element,
    draw: ({ run, feed }: Moment) => {
      const offered = feed.connection.kind === "live" ? interruptedRuns(sessions.runs(), run.sessionId, refused) : [];
      setHidden(element, offered.length === 0);
      const key = JSON.stringify(offered.map(r => [r.run_id, r.name, r.episodes]));
      if (key === drawn) return;
      drawn = key;
      setAttribute(element, "data-rows", String(offered.length));
      setChildren(element, ...offered.map(offer));
    },
  };
}
