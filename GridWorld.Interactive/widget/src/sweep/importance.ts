import { addChildren, card, el, setChildren, setHidden, setText } from "../kit/dom";
import { percent, plural } from "../kit/format";
import { isolated } from "../kit/names";
import { Refusal, sweep, type Api } from "../wire/api";
import { createLatest } from "../wire/latest";
import { toNumber, type WireImportances, type WireSweepPart } from "../wire/protocol";
import { titleOf } from "./scale";

const source =
  "Permutation importance in a random forest of 64 trees that predict the objective: how much worse they predict when the values "
  + "of one setting are exchanged (Breiman, 2001). The shares add up to 100 %.";

/** How much each setting matters, in one world for one learner. */
export function createImportance(api: Api, id: string): { element: HTMLElement; draw: (part: WireSweepPart, isLive: boolean) => void } {
  const group = el("select", { testid: "importance-group", "aria-label": "World and learner", hidden: true });
  const bars = el("dl", { class: "shares", testid: "importance", "data-settings": 0 }), note = el("p", { class: "quiet" });
  const element = card("Importance of the settings", "importance-card", group);
  addChildren(element, bars, note, el("p", { class: "quiet" }, source));
  const latest = createLatest();
  let groups: WireSweepPart["groups"] = [], asked = "", ended = 0, busy = false;
  group.addEventListener("change", () => {
    asked = "";
    ask(ended);
  });

  function ask(trials: number): void {
    const of = groups[group.selectedIndex < 0 ? 0 : group.selectedIndex];
    if (!of || busy) return;
    const key = `${of.world}\n${of.learner}\n${trials}`;
    if (key === asked) return;
    asked = key;
    busy = true;
    const isLatest = latest();
    api.get<WireImportances>(sweep(id, "importance"), { world: of.world, learner: of.learner }).then(found => {
      if (!isLatest()) return;
      bars.dataset.settings = String(found.shares.length);
      setChildren(bars, ...found.shares.flatMap(({ name, share }) => {
        const bar = el("i"), value = toNumber(share) ?? 0;
        bar.style.width = `${Math.max(0.5, 100 * value)}%`;
        return [el("dt", {}, titleOf(name)), el("dd", {}, el("span", { class: "bar" }, bar), el("b", {}, `${percent(value)} %`))];
      }));
      setText(note, found.shares.length === 0 ? "No setting is varied here." : `From ${plural(found.trials, "trial")}.`);
    }, (e: unknown) => {
      if (isLatest()) setText(note, e instanceof Refusal ? e.message : "The importance could not be computed.");
    }).finally(() => busy = false);
  }

  return {
    element,
    draw: (part, isLive) => {
      if (groups.length !== part.groups.length) {
        groups = part.groups;
        setChildren(group, ...groups.map((g, i) => el("option", { value: i }, `${isolated(g.learner)} in ${isolated(g.world)}`)));
        setHidden(group, groups.length < 2);
      }
      ended = part.ended;
      // It is not cheap: while trials come in, it is computed again for every eighth more.
      const known = Number(asked.split("\n")[2] ?? 0);
      if (part.ended > 1 && (!isLive || part.ended >= known * 1.125)) ask(part.ended);
    },
  };
}
