import { createApi } from "../wire/api";
import { openCache } from "../wire/cache";
import { pointsForAll } from "../curve/curve";
import { Feed, type Hub } from "../wire/feed";
import { connectHub, diagnose } from "../wire/hub";
import type { Link } from "../wire/link";
import { everything } from "../map/view";
import { createPage, type Page } from "./page";

export interface MountOptions {
  /** Where the server's paths start; proxies add a prefix to it. */
  base: string;
  link: Link;
  /** Milliseconds between frames, 100 to 500. */
  interval?: number;
  /** Called when another run was chosen. */
  onRun?: (id: string) => void;
  hub?: Hub;
  fetch?: typeof fetch;
}

/** The time in ms to wait for the server before the page is built without it. */
const patience = 100;

/** Shows a run in `host`. Returns a function that removes it, including listeners, timers and socket. */
export function mount(host: HTMLElement, options: MountOptions): () => void {
  const api = createApi(options.base, options.link.token, options.fetch ?? fetch.bind(globalThis)), { run } = options.link;
  let page: Page | null = null;
  const build = (): void => {
    page ??= createPage(host, { api, feed, run, cache: openCache(new URL(options.base).pathname, globalThis.indexedDB),
      onRun: options.onRun ?? (() => undefined) });
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
