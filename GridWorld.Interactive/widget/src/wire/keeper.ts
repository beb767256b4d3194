import type { ViewCache } from "./cache";
import type { Feed } from "./feed";
import type { RunData } from "./view-state";

/** The time in ms between two saves, which cost more than a batch: the last view is saved when the page or the server goes. */
const saveAfter = 15_000;

/** Saves the view now and then, and brings it back when the server cannot be reached and nothing was shown yet. */
export function createKeeper(feed: Feed, cache: ViewCache, run: string | null): { look: () => void; flush: () => void } {
  // A weak reference, so that a saved view is not kept in memory in addition to the shown one.
  let saved: WeakRef<RunData> | null = null;
  let next = 0;
  let asked = false;

  function save(): void {
    const { shown } = feed.state;
    if (feed.connections === 0 || shown.sessionId === "" || shown.at !== null || shown === saved?.deref()) return;
    saved = new WeakRef(shown);
    void cache.save(shown);
  }

  async function restore(): Promise<void> {
    const data = await cache.load(run);
    if (data) feed.restore(data);
  }

  return {
    look: () => {
      const away = feed.connection.kind === "waiting" || feed.connection.kind === "refused";
      if (away && !asked && feed.state.shown.sessionId === "") {
        asked = true;
        void restore();
      }
      // The first view at once, later ones now and then, and the last one when the server goes.
      if (saved !== null && !away && Date.now() < next) return;
      next = Date.now() + saveAfter;
      save();
    },
    flush: save,
  };
}
