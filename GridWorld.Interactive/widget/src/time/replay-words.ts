import { bestActions } from "../map/drive-state";
import { alike, exact, glance } from "../kit/format";
import { actionWords, glyph } from "../kit/layout";
import { toNumber, type WireNumber, type WireEpisodeStep } from "../wire/protocol";

/** The row that was chosen from: "Q: up −3.1, right −2.9". */
export function rowWords(q: readonly WireNumber[], actions: readonly string[]): string {
  const texts = alike(q.map(v => toNumber(v)));
  return `Q: ${texts.map((t, a) => `${actionWords(actions[a] ?? String(a))} ${t}`).join(", ")}`;
}

/** Why a step's action was taken. */
export function why(step: WireEpisodeStep, actions: readonly string[], epsilon: WireNumber): string {
  const q = step.q.map(v => toNumber(v)), best = bestActions(q), name = (a: number): string => actionWords(actions[a] ?? String(a));
  const texts = alike(q), taken = name(step.action), rate = toNumber(epsilon);
  if (step.explored) {
    const chance = rate === null || !Number.isFinite(rate) ? "" : ` (ε ${exact(rate)})`;
    return best.includes(step.action) ? `Explored${chance}: chance took ${taken}, which is best too.`
      : `Explored${chance}: chance took ${taken}; best was ${best.map(name).join(" or ")} at ${texts[best[0] ?? 0] ?? ""}.`;
  }
  if (!best.includes(step.action)) return `Took ${taken}: the behavior policy chose it, not the greatest value.`;
  if (best.length === q.length) return `All actions were worth ${glance(q[0])}: it took ${taken}.`;
  return best.length > 1 ? `${best.map(name).join(" and ")} were equally good: it took ${taken}.` : `Took ${taken}, the best.`;
}

export const actionShown = (action: number, actions: readonly string[]): string => glyph(actions[action] ?? String(action));
