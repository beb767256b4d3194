import type { Api } from "./api";

/** A command without an answer yet. */
export interface Pending {
  /** The last part of its path: "pause", "fork". */
  verb: string;
  /** When it was sent, in ms. */
  since: number;
}

/** How long an answer may take before the page says that it is waiting, in ms. */
export const patience = 2000;

/** The server, and the commands on their way to it, oldest first. */
export function watchCommands(api: Api, redraw: () => void, now: () => number = Date.now): { api: Api; pending: () => readonly Pending[] } {
  const sent = new Set<Pending>();
  return {
    pending: () => [...sent],
    api: {
      ...api,
      post: async <T>(path: string, body?: unknown): Promise<T> => {
        const command = { verb: path.slice(path.lastIndexOf("/") + 1), since: now() };
        sent.add(command);
        redraw();
        try {
          return await api.post<T>(path, body);
        } finally {
          sent.delete(command);
          redraw();
        }
      },
    },
  };
}
