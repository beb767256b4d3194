import type { Moment, Panel } from "./panel";

/** Script that one animation frame may cost, in ms, before the rest of the page waits for the next one. */
export const frameBudget = 2;

/** Panels that could not be drawn in the last pass, each with what it threw. */
export type Failures = ReadonlyMap<Panel, unknown>;

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
  /** Called when every panel shows the moment; the others failed. */
  painted: (moment: Moment, failures: Failures) => void;
  /** Whether a pass may be spread over frames: the first view is wanted whole and at once. */
  spread: () => boolean;
  /** Whether a panel cannot be seen, so that it is not drawn. Once it can be, ask for a pass. */
  isHidden?: (panel: Panel) => boolean;
  now?: () => number;
}

/**
 * Draws the panels in animation frames, all from one moment, in their order. A pass continues in the next frame when the budget
 * or, by its own word, a panel has used up this one, which leaves time for scrolling and typing. A panel that throws is skipped
 * and tried again in the next pass; it stops neither the other panels nor later passes.
 */
export function createPainter(
  { panels: order, begin, painted, spread, isHidden = () => false, now = () => performance.now() }: PainterOptions,
): Painter {
  let frame = 0, next = 0, again = false;
  let panels: readonly Panel[] = [];
  let pass: { moment: Moment; failures: Map<Panel, unknown> } | null = null;

  function drawn(panel: Panel, { moment, failures }: NonNullable<typeof pass>): boolean {
    try {
      return isHidden(panel) || panel.draw(moment) !== true;
    } catch (error) {
      failures.set(panel, error);
      return true;
    }
  }

  function draw(): void {
    frame = 0;
    const until = now() + frameBudget, isSpread = spread();
    if (pass === null) {
      pass = { moment: begin(), failures: new Map() };
      panels = order();
      next = 0;
      again = false;
    }
    for (let panel = panels[next]; panel; panel = panels[next]) {
      const isDone = drawn(panel, pass);
      if (isDone) next++;
      if (isSpread && next < panels.length && (!isDone || now() >= until)) {
        frame = requestAnimationFrame(draw);
        return;
      }
    }
    const { moment, failures } = pass;
    pass = null;
    if (again) ask();
    painted(moment, failures);
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
