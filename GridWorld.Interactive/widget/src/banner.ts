import { bannerWords } from "./banner-words";
import { button, el, setAttribute, setHidden, setText } from "./dom";
import type { Feed } from "./feed";
import type { Moment, Panel } from "./panel";

const shownAgain = 3000;
/** A connection that is made sooner needs no words. */
const patience = 1000;

/** The strip over the page that says what is wrong, or that all is well again. */
export function createBanner(feed: Feed, said: () => string | null, travel: { total: () => number; to: (episode: number | null) => void }, dismiss: () => void, showEvents: () => void): Panel {
  const text = el("b", { testid: "banner-text" }), detail = el("span", { testid: "banner-detail" });
  const retry = button("Try now", { testid: "banner-retry" }, () => feed.retry());
  const events = button("Show the log", { testid: "banner-events" }, showEvents);
  const live = button("Back to live", { testid: "banner-live" }, () => travel.to(null));
  const close = button("Dismiss", { testid: "banner-dismiss" }, dismiss);
  const words = el("div", { class: "banner-words", role: "alert" }, text);
  const element = el("div", { class: "banner", testid: "banner", hidden: true }, words, detail, el("span", { class: "spacer" }), retry, events, live, close);
  let backSince: number | null = null;
  let wasAway = false;
  let since: number | null = null;

  function draw({ run, now }: Moment): void {
    const w = bannerWords({ connection: feed.connection, status: run.status, fault: feed.fault, said: said(), seen: run.status !== null, at: run.at, total: travel.total(), now });
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
    element.classList.toggle("severe", w.severe);
    element.classList.toggle("well", back);
    setHidden(retry, !w.retry);
    setHidden(events, !w.events);
    setHidden(live, w.past !== true);
    setHidden(close, w.kind !== "said" && w.kind !== "fault");
    since ??= now;
    setHidden(element, (w.kind === "connected" && !back) || (w.kind === "connecting" && now - since < patience));
  }
  return { element, draw };
}
