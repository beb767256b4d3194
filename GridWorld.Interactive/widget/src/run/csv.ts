import type { EpisodeRow } from "../wire/view-state";

/** Episodes as the DataFrame has them; numbers with a point, whatever the reader's notation. */
export function episodesCsv(rows: readonly EpisodeRow[]): string {
  const planned = rows.some(r => r.residual !== null);
  const lines = rows.map(r =>
    [r.episode, r.return, r.length, r.terminated, !r.terminated, r.epsilon, r.learningRate, r.meanQ ?? "",
      ...(planned ? [r.residual ?? "", r.policyChanges ?? ""] : [])].join(",")
  );
  const names = `episode,return,length,terminated,truncated,epsilon,learning_rate,mean_q${planned ? ",residual,policy_changes" : ""}`;
  return [names, ...lines, ""].join("\n");
}

/** A file's name from a run's: letters, digits, dot, dash and underscore. */
export function fileName(run: string, what: string, ending: string): string {
  const safe = run.normalize("NFKD").replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+|[.-]+$/g, "").slice(0, 60);
  return `${safe === "" ? "run" : safe}-${what}.${ending}`;
}
