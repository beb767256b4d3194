/** What a panel is waiting for, in words. */
export interface Work {
  /** The newest that is still under way; "" where there is none. */
  words: () => string;
  /** Whether this very thing is under way. */
  has: (what: string) => boolean;
  during: <T>(what: string, work: Promise<T>) => Promise<T>;
}

/** Keeps each of several requests in sight until it has ended itself. */
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
