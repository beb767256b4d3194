import { addChildren, card, el, setHidden, setText } from "../kit/dom";
import { count, glance } from "../kit/format";
import { sweep, type Api } from "../wire/api";
import { toNumber, type WireSeed, type WireSeeds } from "../wire/protocol";
import { createGrid, type GridColumn } from "./grid";

export interface Seeds {
  element: HTMLElement;
  /** The seeds of a trial, or of an ensemble (null). `words` says what they are of; `filter` leaves some out. */
  show: (trial: number | null, words: string, isSweep: boolean, filter?: string) => void;
  /** They may have changed. */
  renew: () => void;
  dispose: () => void;
}

const column = (key: string, title: string, width: number, text: (s: WireSeed) => string, isNumber = true): GridColumn<WireSeed> => ({ key,
  title, width, text, isNumber });

/** The seeds of a trial or an ensemble. A click opens one as a run: the server trains it again, to the same bits. */
export function createSeeds(api: Api, id: string, open: (run: string) => void): Seeds {
  const words = el("p", { class: "settings", testid: "seeds-of" }), shown = el("small", { testid: "seeds-shown" });
  const element = card("Seeds", "seeds-card", shown);
  let of: number | null = null, by = "", isShown = false;
  const grid = createGrid<WireSeed>({
    label: "Seeds",
    testid: "seeds",
    empty: "No seed has ended yet.",
    keyOf: s => s.run_id,
    fetch: async (start, rows, sort) => {
      if (!isShown) return { total: 0, rows: [] };
      const { total, seeds } = await api.get<WireSeeds>(sweep(id, "seeds"), { trial: of, start, count: rows, sort, filter: by || null });
      return { total, rows: seeds };
    },
    open: s => {
      if (s.episodes > 0) open(s.run_id);
    },
  });
  grid.element.classList.add("opens");
  addChildren(element, words, grid.element,
    el("p", { class: "quiet" }, "Click a seed to open it as a run: it is trained again, to the same bits, with every episode and replay."));
  return {
    element,
    show: (trial, said, isSweep, filter = "") => {
      setHidden(element, false);
      setText(words, said);
      setHidden(words, said === "");
      setText(shown, filter === "" ? "" : filter);
      if (isShown && trial === of && filter === by) return;
      [of, by, isShown] = [trial, filter, true];
      grid.columns([
        column("seed", "Seed", 64, s => s.seed, false),
        ...(isSweep ? [column("score", "Score", 74, s => glance(toNumber(s.score)))] : []),
        ...(isSweep ? []
          : [column("return", "Return, last 100", 116, s => glance(toNumber(s.mean_return))),
            column("greedy_value", "Greedy value", 96, s => glance(toNumber(s.greedy_value)))]),
        column("episodes", "Episodes", 76, s => count(s.episodes)),
        column("steps", "Steps", 76, s => count(s.steps)),
        column("state", "State", 80, s => s.error ?? s.state, false),
      ]);
      grid.reset();
    },
    renew: () => {
      if (isShown) grid.renew();
    },
    dispose: grid.dispose,
  };
}
