import { addChildren, button, el, setHidden, setText } from "../kit/dom";
import type { Moment } from "../kit/panel";
import { placesOf } from "../kit/places";
import { nowhere, type Place } from "../wire/link";

/** The parts of the page that a place is made of. */
export interface PlaceSource {
  /** The moment that is shown or wanted. */
  at: () => number | null;
  travel: (episode: number | null) => void;
  kept: () => number | null;
  keep: (state: number | null) => void;
  layer: () => string;
  choose: (layer: string) => void;
  tab: () => string;
  select: (tab: string) => void;
  showRun: (id: string, at: number | null) => void;
}

/** Changes that follow each other within this time, in ms, are one entry of the browser's history: a drag of the slider, a playback. */
const together = 1000;
/** Browsers refuse to write an address more often. */
const between = 300;

/**
 * Keeps the address on what is seen, and what is seen on the address. `write` is told what the link is to be, and whether the way back
 * is to lead to the one before.
 */
export function createPlace(source: PlaceSource, run: string | null, from: Place, redraw: () => void,
  write: (run: string, place: Place, isNew: boolean) => void)
{
  const plain = { layer: source.layer(), tab: source.tab() };
  let written: { run: string | null; place: Place } = { run, place: from }, last = -Infinity;
  /** A cell can be kept only once the world is known. */
  let awaited: { cell: NonNullable<Place["cell"]> } | null = null;

  function here({ run: { world } }: Moment): Place {
    const kept = source.kept(), places = world ? placesOf(world) : null, layer = source.layer(), tab = source.tab();
    return { at: source.at(), cell: awaited?.cell ?? (kept === null || !places ? null : [places.x(kept), places.y(kept)]),
      layer: layer === plain.layer ? null : layer, tab: tab === plain.tab ? null : tab };
  }

  function arrive({ cell, layer, tab }: Place): void {
    source.choose(layer ?? plain.layer);
    source.select(tab ?? plain.tab);
    awaited = cell && { cell };
    if (!cell) source.keep(null);
  }

  return {
    here,
    /** Shows another place of a run. */
    visit: (to: string | null, place: Place): void => {
      if (to !== null && to !== written.run) source.showRun(to, place.at);
      else source.travel(place.at);
      written = { run: to, place };
      arrive(place);
      redraw();
    },
    /** To be called after drawing. */
    keep: (moment: Moment): void => {
      const { world, sessionId } = moment.run, chosen = moment.feed.request.run;
      if (awaited && world && (written.run === null || sessionId === written.run)) {
        const [x, y] = awaited.cell, isThere = x < world.width && y < world.height;
        awaited = null;
        source.keep(isThere ? placesOf(world).stateAt(x, y, 0) : null);
      }
      if (sessionId === "") return;
      const place = here(moment), shown = chosen ?? sessionId, isOther = chosen !== null && chosen !== written.run;
      if (!isOther && same(place, written.place)) return;
      const now = performance.now();
      if (!isOther && now - last < between) {
        setTimeout(redraw, between);
        return;
      }
      write(shown, place, isOther || (place.at !== written.place.at && now - last > together));
      [written, last] = [{ run: shown, place }, now];
    },
    /** To be called once, when the page is there; the view of the link's moment was asked for before. */
    start: (): void => arrive(from),
  };
}

const same = (a: Place, b: Place): boolean => a.at === b.at && a.layer === b.layer && a.tab === b.tab && String(a.cell) === String(b.cell);

/** Buttons that copy the link to the run, to the moment that is shown, and to the cell that is kept. */
export function createCopies(link: (place: Place) => string) {
  let place = nowhere, total = 0;
  const said = el("span", { class: "aloud", role: "status" });
  const copy = (testid: string, what: string, of: () => Place): HTMLButtonElement => {
    const words = el("span", {}, "Copy link");
    const control = button("", { class: "copy-link", testid, title: `Copies the link to ${what}. It contains this page's token.` },
      () => void navigator.clipboard.writeText(link(of())).then(() => tell("Copied"), () => tell("Not allowed here")));
    const tell = (text: string): void => {
      setText(words, text);
      setText(said, text);
      setTimeout(() => {
        setText(words, "Copy link");
        setText(said, "");
      }, 2000);
    };
    addChildren(control, words, el("span", { class: "aloud" }, ` to ${what}`));
    return control;
  };
  const run = copy("copy-run", "this run", () => nowhere);
  addChildren(run, said);
  // The present has passed by the time the link is opened.
  const moment = copy("copy-moment", "this moment", () => ({ ...place, cell: null, at: place.at ?? total }));
  const cell = copy("copy-cell", "this cell", () => place);
  return {
    run,
    moment,
    cell,
    draw: (now: Place, episodes: number): void => {
      [place, total] = [now, episodes];
      setHidden(cell, now.cell === null);
    },
  };
}
