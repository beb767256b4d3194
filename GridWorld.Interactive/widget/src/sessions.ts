import type { Api } from "./api";
import type { Status } from "./protocol";

const refresh = 5000;

/** The runs of the server's answer: each its status, as far as it tells. */
export function readRuns(answer: unknown): Status[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((item: unknown) => {
    const run = item as Partial<Status> | null;
    return typeof run?.run_id === "string" ? [{ ...run, name: run.name ? run.name : run.run_id } as Status] : [];
  });
}

/** All runs of the server, asked for now and then while someone looks. */
export interface Sessions {
  runs: () => readonly Status[];
  /** To be called while drawing: asks again when it is time. */
  look: (now: number) => void;
}

export function createSessions(api: Api, redraw: () => void): Sessions {
  let runs: readonly Status[] = [];
  let asked = 0;
  return {
    runs: () => runs,
    look: now => {
      if (now - asked < refresh) return;
      asked = now;
      api.get("api/training-sessions").then(answer => {
        runs = readRuns(answer);
        redraw();
      }, () => undefined);
    },
  };
}
