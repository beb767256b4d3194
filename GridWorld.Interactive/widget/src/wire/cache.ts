import type { RunData } from "./view-state";

/** The last views of a few runs, for use without a server. Contains what the page showed, never the token. */
export interface ViewCache {
  load: (run: string | null) => Promise<RunData | null>;
  save: (data: RunData) => Promise<void>;
}

interface Entry {
  key: string;
  saved: number;
  data: RunData;
}

const format = 2;
const mostRuns = 8;
const store = "views";

/** Opens the database for each use, because a notebook can discard a page at any moment. Without storage, nothing is kept. */
export function openCache(name: string, factory: IDBFactory | undefined): ViewCache {
  async function database(): Promise<IDBDatabase> {
    if (!factory) throw new Error("no storage");
    const request = factory.open(`gridworld ${name}`, format);
    request.onupgradeneeded = () => {
      const db = request.result;
      if (db.objectStoreNames.contains(store)) db.deleteObjectStore(store);
      db.createObjectStore(store, { keyPath: "key" });
    };
    return done(request);
  }

  return {
    load: async run => {
      try {
        const db = await database();
        const entries = await done(db.transaction(store).objectStore(store).getAll() as IDBRequest<Entry[]>);
        db.close();
        return pick(entries, run)?.data ?? null;
      } catch {
        return null;
      }
    },
    save: async data => {
      try {
        const db = await database();
        const views = db.transaction(store, "readwrite").objectStore(store);
        await done(views.put({ key: data.sessionId, saved: Date.now(), data } satisfies Entry));
        // To read all views takes as long as to save this one: only where one is to go.
        if (await done(views.count()) > mostRuns) {
          const entries = await done(views.getAll() as IDBRequest<Entry[]>);
          await Promise.all(surplus(entries, mostRuns).map(key => done(views.delete(key))));
        }
        db.close();
      } catch {
        // The cache is optional: the page works without storage.
      }
    },
  };
}

/** The view of the run, or the newest view if no run is named. */
export function pick(entries: readonly Entry[], run: string | null): Entry | undefined {
  return run === null ? [...entries].sort((a, b) => b.saved - a.saved)[0] : entries.find(e => e.key === run);
}

/** Keys beyond the newest `most`. */
export function surplus(entries: readonly Entry[], most: number): string[] {
  return [...entries].sort((a, b) => b.saved - a.saved).slice(most).map(e => e.key);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The storage failed."));
  });
}
