import type { Api } from "./api";
import { createNewer } from "./latest";
import type { WireStatus, WireStored } from "./protocol";

const refresh = 5000;

/**
 * A run of the server's list; one whose file cannot be read has an error in place of all else, and one whose name a newer run has names
 * that.
 */
export type ListedRun = Omit<WireStored, "world" | "learner" | "created" | "newer_run_id"> & Partial<WireStatus>;

/** The runs of the server's answer: each its status, as far as it tells. */
export function readRuns(answer: unknown): ListedRun[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((item: unknown) => {
    const run = item as Partial<ListedRun> | null;
    return typeof run?.run_id === "string" ? [{ ...run, name: run.name ? run.name : run.run_id } as ListedRun] : [];
  });
}

/** All runs of the server, asked for now and then while someone looks. */
export interface Sessions {
  /** Those that can be read. */
  runs: () => readonly ListedRun[];
  /** Those whose files cannot. */
  damaged: () => readonly ListedRun[];
  /** Whether the server has answered at all. */
  known: () => boolean;
  /** To be called while drawing: asks again when `wait` ms have passed. */
  look: (now: number, wait?: number) => void;
  /** Asks again at once. */
  refresh: () => void;
}

export function createSessions(api: Api, redraw: () => void): Sessions {
  let runs: readonly ListedRun[] | null = null;
  let asked = 0;
  const newer = createNewer();
  const look = (now: number, wait = refresh): void => {
    if (now - asked < wait) return;
    asked = now;
    const isNewer = newer();
    api.get("api/training-sessions").then(answer => {
      if (!isNewer()) return;
      runs = readRuns(answer);
      redraw();
    }, () => undefined);
  };
  return { runs: () => (runs ?? []).filter(r => !r.error), damaged: () => (runs ?? []).filter(r => r.error), known: () => runs !== null,
    look, refresh: () => look(Date.now(), 0) };
}
