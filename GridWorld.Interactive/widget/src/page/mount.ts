import { createApi } from "../wire/api";
import { openCache } from "../wire/cache";
import { pointsForAll } from "../curve/curve";
import { Feed, type Hub } from "../wire/feed";
import { connectHub, diagnose } from "../wire/hub";
import { linkTo, nowhere, type Link, type Place } from "../wire/link";
import { everything } from "../map/view";
import { createSweepPage } from "../sweep/sweep-page";
import { createPage, type Page } from "./page";

export interface MountOptions {
  /** Where the server's paths start; proxies add a prefix to it. */
  base: string;
  link: Omit<Link, "sweep" | "place"> & Partial<Link>;
  /** Milliseconds between frames, 100 to 500. */
  interval?: number;
  /** Called when another run, or another place of it, is seen; `isNew` if the browser's way back is to lead to the one before. */
  onPlace?: (run: string, place: Place, isNew: boolean) => void;
  /** Called when the page goes from a run to a sweep or back; null for the newest run. */
  onGo?: (to: Omit<Link, "token" | "place">) => void;
  hub?: Hub;
  fetch?: typeof fetch;
}

/** The time in ms to wait for the server before the page is built without it. */
const patience = 100;

export interface Mounted {
  /** Removes it, including listeners, timers and socket. */
  (): void;
  /** Shows another run or another place of it without a new connection; false if the link needs one. */
  visit: (to: Link) => boolean;
}

/** Shows a run, a sweep or an ensemble in `host`. */
export function mount(host: HTMLElement, options: MountOptions): Mounted {
  let page: (() => Page | null) | null = null;
  const go = (to: Omit<Link, "token" | "place">): void => {
    cleanup();
    cleanup = shown({ ...to, place: nowhere });
    options.onGo?.(to);
  };
  const shown = ({ run, sweep, place }: Omit<Link, "token">): () => void => {
    page = null;
    if (sweep === null) {
      const { dispose, built } = showRun(host, { ...options, link: { ...options.link, run, place } }, id => go({ run: null, sweep: id }));
      page = built;
      return dispose;
    }
    const api = createApi(options.base, options.link.token, options.fetch ?? fetch.bind(globalThis));
    return createSweepPage(host, { api, id: sweep, showRun: id => go({ run: id, sweep: null }),
      showSweep: id => go({ run: null, sweep: id }) });
  };
  let cleanup = shown({ run: options.link.run, sweep: options.link.sweep ?? null, place: options.link.place ?? nowhere });
  return Object.assign(() => cleanup(), {
    visit: (to: Link): boolean => {
      const built = page?.() ?? null;
      if (to.token !== options.link.token || to.sweep !== null || !built) return false;
      built.visit(to.run, to.place);
      return true;
    },
  });
}

function showRun(host: HTMLElement, options: MountOptions,
  showSweep: (id: string) => void): { dispose: () => void; built: () => Page | null }
{
  const api = createApi(options.base, options.link.token, options.fetch ?? fetch.bind(globalThis)),
    { token, run, place = nowhere } = options.link;
  let page: Page | null = null;
  const build = (): void => {
    page ??= createPage(host, { api, feed, run, place, cache: openCache(new URL(options.base).pathname, globalThis.indexedDB),
      onPlace: options.onPlace ?? (() => undefined), showSweep,
      linkTo: (to, seen) => new URL(`#${linkTo(token, { run: to, sweep: null, place: seen })}`, options.base).href });
  };
  // The server is asked first, and answers while the page is built.
  let building = setTimeout(build, patience);
  const feed = new Feed({
    hub: options.hub ?? connectHub(options.base, options.link.token),
    diagnose: lastInstance => diagnose(api, lastInstance),
    onChange: () => page?.redraw(),
    onAsked: () => {
      clearTimeout(building);
      building = setTimeout(build);
    },
    view: {
      run,
      start: null,
      end: null,
      last: null,
      at: place.at,
      points: pointsForAll,
      interval_ms: options.interval ?? 500,
      log_rows: 1000,
      map: { layer: "value", ...everything },
    },
  });
  return {
    built: () => page,
    dispose: () => {
      clearTimeout(building);
      page?.dispose();
      feed.close();
    },
  };
}
