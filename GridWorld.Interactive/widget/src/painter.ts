import type { Moment, Panel } from "./panel";

/** Script that one animation frame may cost, in ms, before the rest of the page waits for the next one. */
export const frameBudget = 2;

export interface Painter {
  /** Asks for a pass over all panels; during one, for another after it. */
  ask: () => void;
  stop: () => void;
}

export interface PainterOptions {
  /** What a pass draws, in its order. */
  panels: () => readonly Panel[];
  /** Begins a pass. */
  begin: () => Moment;
  /** Called when every panel shows the moment. */
  painted: (moment: Moment) => void;
  /** Whether a pass may be spread over frames: the first view is wanted whole and at once. */
  spread: () => boolean;
  now?: () => number;
}

/**
 * Draws the panels in animation frames, all from one moment, in their order. A pass goes on in the next frame where the budget is used up or
 * a panel says that it has used up the frame, so that news for the whole page leave room for scrolling and typing.
 */
export function createPainter({ panels: order, begin, painted, spread, now = () => performance.now() }: PainterOptions): Painter {
  let frame = 0, next = 0, again = false;
  let panels: readonly Panel[] = [];
  let pass: Moment | null = null;

  function draw(): void {
    frame = 0;
    const until = now() + frameBudget, isSpread = spread();
    if (pass === null) {
      pass = begin();
      panels = order();
      next = 0;
      again = false;
    }
    for (let panel = panels[next]; panel; panel = panels[next]) {
      const isSpent = panel.draw(pass) === true;
      if (!isSpent) next++;
      if (isSpread && next < panels.length && (isSpent || now() >= until)) {
        frame = requestAnimationFrame(draw);
        return;
      }
    }
    const shown = pass;
    pass = null;
    painted(shown);
    if (again) ask();
  }

  function ask(): void {
    again = true;
    if (frame === 0 && pass === null) frame = requestAnimationFrame(draw);
  }

  return {
    ask,
    stop: () => {
      cancelAnimationFrame(frame);
      frame = -1;
    },
  };
}
