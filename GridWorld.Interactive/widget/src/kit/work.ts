/** What a panel is waiting for, as text. */
export interface Work {
  /** The newest pending request; "" if there is none. */
  words: () => string;
  /** Whether this request is pending. */
  has: (what: string) => boolean;
  during: <T>(what: string, work: Promise<T>) => Promise<T>;
}

/** Lists each of several requests until it has ended. */
export function createWork(changed: () => void): Work {
  const all = new Set<{ what: string }>();
  return {
    words: () => [...all].at(-1)?.what ?? "",
    has: what => [...all].some(w => w.what === what),
    during: async (what, work) => {
      const mine = { what };
      all.add(mine);
      changed();
      try {
        return await work;
      } finally {
        all.delete(mine);
        changed();
      }
    },
  };
}
