import { setHidden } from "../kit/dom";
import type { Actions, Moment, Panel } from "../kit/panel";
import { watchSight } from "../kit/room";
import { createHistogram, type Bar } from "./histogram";

/** How often the histogram of a run in training is drawn again, in ms. */
const refresh = 3000;

/** The histogram of the run's returns. A click on a bar shows its episodes in the log. */
export function createReturns(actions: Actions, choose: (bar: Bar | null) => void): Panel {
  let run = "", stamp = "", asked = 0;
  const histogram = createHistogram("Returns", "episode", () => actions.api.get("api/histogram", { session: run }), choose);
  const sight = watchSight(histogram.element, actions.redraw);
  return {
    element: histogram.element,
    draw: ({ run: shown, feed, now }: Moment) => {
      setHidden(histogram.element, shown.world?.planner === true);
      if (!sight.isSeen() || feed.connection.kind !== "live" || !shown.status) return;
      const next = `${shown.sessionId} ${shown.status.episodes} ${shown.status.state}`;
      if (next === stamp || (shown.sessionId === run && now - asked < refresh)) return;
      [run, stamp, asked] = [shown.sessionId, next, now];
      histogram.renew();
    },
    dispose: sight.dispose,
  };
}
