import type { Moment, Panel } from "./panel";

/** Script that one animation frame may cost, in ms; the rest waits for the next one, which costs the browser more than that by itself. */
export const frameBudget = 3.5;

/** Panels that could not be drawn in the last pass, each with what it threw. */
export type Failures = ReadonlyMap<Panel, unknown>;

export interface Painter {
  /** Asks for a pass over all panels; during one, for another after it. */
  ask: () => void;
  /** Asks for a pass that draws all panels in the next frame, because one has come into sight. */
  show: () => void;
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
  /** Whether a panel cannot be seen, so that it is not drawn. Once it can be, call `show`. */
  isHidden?: (panel: Panel) => boolean;
  now?: () => number;
}

/**
 * Draws the panels in animation frames, all from one moment, in their order. A pass continues in the next frame when the next panel,
 * by what it took last, would exceed the budget, which leaves time for scrolling and typing. A panel that throws is skipped
 * and tried again in the next pass; it stops neither the other panels nor later passes.
 */
export function createPainter(
  { panels: order, begin, painted, spread, isHidden = () => false, now = () => performance.now() }: PainterOptions,
): Painter {
  let frame = 0, next = 0, again = false, isWhole = false;
  let panels: readonly Panel[] = [];
  /** What a panel took in ms the last time and the time before. The less of it was its own: a busy machine adds to either. */
  const costs = new Map<Panel, readonly [number, number]>();
  const cost = (panel: Panel): number => Math.min(...costs.get(panel) ?? [0]);
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
    const begun = now(), isSpread = spread() && !isWhole;
    if (pass === null) {
      pass = { moment: begin(), failures: new Map() };
      panels = order();
      next = 0;
      again = false;
    }
    for (let panel = panels[next]; panel; panel = panels[next]) {
      const from = now();
      if (drawn(panel, pass)) next++;
      costs.set(panel, [now() - from, costs.get(panel)?.[0] ?? 0]);
      const rest = panels[next];
      if (isSpread && rest && now() - begun + cost(rest) >= frameBudget) {
        frame = requestAnimationFrame(draw);
        return;
      }
    }
    isWhole = false;
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
    show: () => {
      pass = null;
      isWhole = true;
      ask();
    },
    stop: () => {
      cancelAnimationFrame(frame);
      frame = -1;
    },
  };
}
