import { el, setAttribute, setHidden, setText } from "../kit/dom";
import { ago, plural } from "../kit/format";
import type { Moment, Panel } from "../kit/panel";
import { droppedInAll, type Dropped } from "../wire/view-state";

const reasons: readonly (readonly [keyof Dropped, string])[] = [
  ["foreign", "of another run"],
  ["repeated", "stale or repeated"],
  ["gaps", "after a gap"],
  ["faulty", "unreadable"],
];

/** The footer: the keys, the connection, and dropped frames. */
export function createFoot(showKeys: () => void): Panel {
  const connection = el("span", { testid: "connection" });
  const dropped = el("span", { class: "dropped", testid: "dropped", hidden: true });
  const keys = el("button", { type: "button", class: "link", testid: "keys-button" }, el("kbd", {}, "?"), " all keys");
  keys.addEventListener("click", showKeys);
  const key = (name: string, text: string): HTMLElement => el("span", { class: "key-hint" }, el("kbd", {}, name), ` ${text}`);
  const element = el("footer", { class: "foot" }, key("Space", "pause"), key("L", "layer"), keys, el("span", { class: "spacer" }), dropped,
    connection);

  function draw({ feed, now }: Moment): void {
    const kind = feed.connection.kind;
    const last = feed.lastFrame === null ? "" : `, last update ${ago(now - feed.lastFrame)}`;
    setText(connection, `${kind === "live" ? "connected" : kind === "waiting" ? "not connected" : kind}${last}`);
    setAttribute(connection, "data-state", kind);
    const d = feed.state.dropped, all = droppedInAll(d);
    setHidden(dropped, all === 0);
    setText(dropped,
      `${plural(all, "frame")} dropped: ${reasons.filter(([r]) => d[r] > 0).map(([r, words]) => `${d[r]} ${words}`).join(", ")}`);
    setAttribute(dropped, "data-count", String(all));
  }
  return { element, draw };
}
