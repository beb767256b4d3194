import { bestActions, type Drive } from "./drive-state";
import type { Choice } from "./driving";
import { glance, plural } from "../kit/format";
import { actionWords } from "../kit/layout";
import { toNumber } from "../wire/protocol";

/** What came of a choice, and what the agent would have done. */
export function verdict({ action, reward, state, row }: Choice, drive: Drive, names: readonly string[]): string {
  const name = (a: number): string => actionWords(names[a] ?? String(a));
  const q = (row?.q ?? []).map(v => toNumber(v)), best = bestActions(q), optimal = row?.best ?? [];
  const agent = best.length === 0 ? ""
    : best.length === q.length ? " All actions are worth the same to the agent."
    : best.includes(action) ? ` The agent would have ${best.length > 1 ? "chosen this or an equal action" : "done the same"}.`
    : ` The agent would have chosen ${best.map(name).join(" or ")} (${glance(q[best[0] ?? 0])} against ${glance(q[action])}).`;
  const truth = optimal.length === 0 ? "" : optimal.includes(action) ? " Optimal." : ` Not optimal: ${optimal.map(name).join(" or ")} is.`;
  const stayed = drive.state === state ? ", and stayed" : "",
    over = drive.over ? ` The episode is over after ${plural(drive.count, "step")}, return ${glance(drive.return)}.` : "";
  return `You chose ${name(action)}: ${glance(reward)}${stayed}.${agent}${truth}${over}`;
}
