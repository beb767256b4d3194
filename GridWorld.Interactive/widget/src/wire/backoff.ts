export const longestWait = 30_000;

/** Milliseconds before try number `attempt` (from 1): doubling from half a second to 30 s, the last half of it by chance. */
export function backoff(attempt: number, random: () => number): number {
  const ceiling = Math.min(longestWait, 500 * 2 ** Math.min(attempt, 16));
  return Math.round(ceiling * (0.5 + 0.5 * random()));
}
