import { bannerWords, type BannerInput, type BannerWords } from "./banner-words";
import { button, el, setAttribute, setHidden, setText } from "../kit/dom";
import type { Feed } from "../wire/feed";
import type { Moment, Panel } from "../kit/panel";

const shownAgain = 3000;
/** A connection that is made sooner needs no words. */
const patience = 1000;

export interface BannerSource {
  /** What only the page knows. */
  words: () => Pick<BannerInput, "said" | "broken" | "pending" | "total" | "going">;
  backToNow: () => void;
  /** Takes back what was said, and the server's fault. */
  clear: () => void;
  showEvents: () => void;
}

/** The banner over the page that reports an error, or that it is over. */
export function createBanner(feed: Feed, source: BannerSource): Panel {
  const text = el("b", { testid: "banner-text" }), detail = el("span", { testid: "banner-detail" });
  const retry = button("Try now", { testid: "banner-retry" }, () => feed.retry());
  const reload = button("Reload", { testid: "banner-reload" }, () => location.reload());
  const events = button("Show the log", { testid: "banner-events" }, source.showEvents);
  const live = button("Back to now", { class: "primary", testid: "banner-live" }, source.backToNow);
  const close = button("Dismiss", { testid: "banner-dismiss" }, dismiss);
  const words = el("div", { class: "banner-words", role: "alert" }, text);
  const element = el("div", { class: "banner", testid: "banner", "aria-label": "Banner", hidden: true }, words, detail,
    el("span", { class: "spacer" }), retry, reload, events, live, close);
  let shown: BannerWords | null = null;
  let dismissed = new Set<string>(), owner = "";
  let backSince: number | null = null;
  let wasAway = false;
  let since: number | null = null;

  function dismiss(): void {
    // What was said may be said again; a state that was dismissed stays so until it is another.
    if (shown && shown.kind !== "said" && shown.kind !== "fault") dismissed.add(shown.text);
    source.clear();
  }

  function draw({ run, now }: Moment): void {
    if (run.sessionId !== owner) [owner, dismissed] = [run.sessionId, new Set()];
    const w = shown = bannerWords({ connection: feed.connection, status: run.status, fault: feed.fault, dismissed,
      seen: run.status !== null, at: run.at, now, ...source.words() });
    if (w.kind === "reconnecting" || w.kind === "refused" || w.kind === "restarted") wasAway = true;
    else if (wasAway && feed.connection.kind === "live") {
      wasAway = false;
      backSince = now;
    }
    const back = w.kind === "connected" && backSince !== null && now - backSince < shownAgain;
    setText(text, back ? "Connected again." : w.text);
    setText(detail, w.detail);
    setHidden(detail, w.detail === "");
    setAttribute(element, "data-state", w.kind);
    setAttribute(element, "aria-busy", w.busy === true ? "true" : null);
    element.classList.toggle("severe", w.severe === true);
    element.classList.toggle("well", back);
    for (
      const [control, isOffered] of [[retry, w.retry], [reload, w.reload], [events, w.events], [live, w.kind === "past"], [close,
        w.close]] as const
    ) setHidden(control, isOffered !== true);
    since ??= now;
    setHidden(element, (w.kind === "connected" && !back) || (w.kind === "connecting" && now - since < patience));
  }
  return { element, draw };
}
