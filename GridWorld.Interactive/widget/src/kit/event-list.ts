import type { Actions } from "./panel";
import type { WireEvent, WireEvents } from "../wire/protocol";
import { courseOf, merge } from "../wire/series";
import type { RunData } from "../wire/view-state";

/** The maximum number of events that the page keeps for a run; the download has all. */
export const mostKept = 5000;

/** The number of missing events before the newest. Events are numbered from 1 without gaps. */
export function missing(events: readonly WireEvent[]): number {
  return (events[events.length - 1]?.seq ?? 0) - events.length;
}

/**
 * A frame brings the newest events only. The others are fetched once they are missed, so that the list and the curve's marks are
 * complete.
 */
export function createEventList(actions: Actions): { of: (run: RunData) => readonly WireEvent[] } {
  let owner = "", loading = false;
  let known: readonly WireEvent[] = [], seen: readonly WireEvent[] = [];
  /** The newest event when they were fetched last: what is missing then stays missing until there are more. */
  let fetched = 0;

  async function load(run: RunData, of: string): Promise<void> {
    loading = true;
    try {
      const { events } = await actions.api.get<WireEvents>("api/events", { session: run.sessionId,
        after_seq: Math.max(0, fetched - mostKept) });
      if (owner === of) known = merge(events.filter(e => run.at === null || e.episode <= run.at), known, e => e.seq, mostKept);
    } catch {
      // The list shows that it is incomplete.
    } finally {
      loading = false;
      actions.redraw();
    }
  }

  return {
    of: run => {
      // A run that was resumed may have dropped events of its former course.
      const name = `${run.instance} ${run.sessionId} ${run.at ?? ""} ${courseOf(run.events)}`,
        newest = run.events[run.events.length - 1]?.seq ?? 0;
      // One who goes back in a run begins it again from there.
      if (name !== owner || newest < (seen[seen.length - 1]?.seq ?? 0)) [owner, known, seen, fetched] = [name, [], [], 0];
      if (run.events !== seen) [known, seen] = [merge(known, run.events, e => e.seq, mostKept), run.events];
      if (!loading && newest > fetched && missing(known) > 0 && known.length < mostKept) {
        fetched = newest;
        void load(run, name);
      }
      return known;
    },
  };
}
