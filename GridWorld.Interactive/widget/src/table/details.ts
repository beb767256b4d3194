import { session } from "../wire/api";
import type { Api } from "../wire/api";
import { readPolicy, type Policy } from "../map/policies";
import { toNumber, type WirePolicy, type WireStatus } from "../wire/protocol";
import type { ListedRun } from "../wire/sessions";

/** The number of runs whose greedy policies are compared, and of those whose exact values are asked for. */
const mostPolicies = 3, mostValues = 20, tries = 5;

interface Detail {
  stamp: string;
  tries: number;
  greedy: number | null;
  optimal: number | null;
  policy: Policy | null;
}

/** What the list does not tell of a stored run, since its tables must be read: greedy value, optimum and policy. */
export interface Details {
  /** A run with its values. */
  of: (run: ListedRun) => ListedRun;
  policies: (runs: readonly ListedRun[]) => { name: string; policy: Policy }[];
  want: (runs: readonly ListedRun[]) => void;
}

export function createDetails(api: Api, changed: () => void): Details {
  const known = new Map<string, Detail>();
  let busy = false;

  async function load(run: ListedRun, withPolicy: boolean): Promise<void> {
    const before = known.get(run.run_id), stamp = `${run.episodes} ${run.state}`, isSame = before?.stamp === stamp;
    const [status, policy] = await Promise.all([
      api.get<WireStatus>(session(run.run_id, "status")).catch(() => null),
      !withPolicy || (isSame && before.policy) ? before?.policy ?? null
        : api.get<WirePolicy>("api/agent/policy", { session: run.run_id }).then(readPolicy).catch(() => null),
    ]);
    known.set(run.run_id, { stamp, tries: isSame ? before.tries + 1 : 1, greedy: toNumber(status?.greedy_value),
      optimal: toNumber(status?.optimal_value), policy });
  }

  return {
    of: run => {
      const detail = known.get(run.run_id);
      return detail && (detail.greedy !== null || detail.optimal !== null)
        ? { ...run, greedy_value: run.greedy_value ?? detail.greedy, optimal_value: run.optimal_value ?? detail.optimal } : run;
    },
    policies: runs =>
      runs.slice(0, mostPolicies).flatMap(r => {
        const policy = known.get(r.run_id)?.policy;
        return policy ? [{ name: r.name, policy }] : [];
      }),
    want: runs => {
      if (busy) return;
      const lacking = runs.slice(0, mostValues).filter(r => {
        const detail = known.get(r.run_id);
        // The exact solution comes a moment after it was asked for, or never.
        return detail?.stamp !== `${r.episodes} ${r.state}` || (detail.optimal === null && detail.tries < tries)
          || (detail.policy === null && detail.tries < tries && runs.indexOf(r) < mostPolicies);
      });
      if (lacking.length === 0) return;
      busy = true;
      void Promise.all(lacking.map(r => load(r, runs.indexOf(r) < mostPolicies))).then(() => {
        busy = false;
        changed();
      });
    },
  };
}
