import type { Api } from "./api";
import { createNewer } from "./latest";
import type { WireSweep } from "./protocol";

const refresh = 5000;

/** The sweeps and ensembles of the server, asked for now and then while someone looks. */
export interface Sweeps {
  /** Newest first. The same list as before unless something has changed. */
  list: () => readonly WireSweep[];
  /** To be called while drawing: asks again when `wait` ms have passed. */
  look: (now: number, wait?: number) => void;
}

export function createSweeps(api: Api, redraw: () => void): Sweeps {
  let known: readonly WireSweep[] = [], text = "[]", asked = 0;
  const newer = createNewer();
  return {
    list: () => known,
    look: (now, wait = refresh) => {
      if (now - asked < wait) return;
      asked = now;
      const isNewer = newer();
      api.get<WireSweep[] | null>("api/sweeps").then(answer => {
        const next = JSON.stringify(answer);
        if (!isNewer() || !Array.isArray(answer) || next === text) return;
        [known, text] = [answer, next];
        redraw();
      }, () => undefined);
    },
  };
}
