import { createApi } from "../wire/api";
import { openCache } from "../wire/cache";
import { pointsForAll } from "../curve/curve";
import { Feed, type Hub } from "../wire/feed";
import { connectHub, diagnose } from "../wire/hub";
import type { Link } from "../wire/link";
import { everything } from "../map/view";
import { createSweepPage } from "../sweep/sweep-page";
import { createPage, type Page } from "./page";

export interface MountOptions {
  /** Where the server's paths start; proxies add a prefix to it. */
  base: string;
  link: Omit<Link, "sweep"> & Partial<Link>;
  /** Milliseconds between frames, 100 to 500. */
  interval?: number;
  /** Called when another run was chosen. */
  onRun?: (id: string) => void;
  /** Called when the page goes from a run to a sweep or back; null for the newest run. */
  onGo?: (to: Omit<Link, "token">) => void;
  hub?: Hub;
  fetch?: typeof fetch;
}

/** The time in ms to wait for the server before the page is built without it. */
const patience = 100;

/** Shows a run, a sweep or an ensemble in `host`. Returns a function that removes it, including listeners, timers and socket. */
export function mount(host: HTMLElement, options: MountOptions): () => void {
  const go = (to: Omit<Link, "token">): void => {
    cleanup();
    cleanup = shown(to);
    options.onGo?.(to);
  };
  const shown = ({ run, sweep }: Omit<Link, "token">): () => void => {
    if (sweep === null) return showRun(host, { ...options, link: { ...options.link, run } }, id => go({ run: null, sweep: id }));
    const api = createApi(options.base, options.link.token, options.fetch ?? fetch.bind(globalThis));
    return createSweepPage(host, { api, id: sweep, showRun: id => go({ run: id, sweep: null }),
      showSweep: id => go({ run: null, sweep: id }) });
  };
  let cleanup = shown({ run: options.link.run, sweep: options.link.sweep ?? null });
  return () => cleanup();
}

function showRun(host: HTMLElement, options: MountOptions, showSweep: (id: string) => void): () => void {
  const api = createApi(options.base, options.link.token, options.fetch ?? fetch.bind(globalThis)), { run } = options.link;
  let page: Page | null = null;
  const build = (): void => {
    page ??= createPage(host, { api, feed, run, cache: openCache(new URL(options.base).pathname, globalThis.indexedDB),
      onRun: options.onRun ?? (() => undefined), showSweep });
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
      points: pointsForAll,
      interval_ms: options.interval ?? 500,
      log_rows: 1000,
      map: { layer: "value", ...everything },
    },
  });
  return () => {
    clearTimeout(building);
    page?.dispose();
    feed.close();
  };
}
