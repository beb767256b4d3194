import { Refusal, type Api } from "../wire/api";
import { el, setChildren, setHidden } from "../kit/dom";
import type { WireComparison } from "../wire/protocol";
import type { ListedRun } from "../wire/sessions";
import { columnsOf, sameButSeed, type Field } from "./fields";

const mostCompared = 150, longestLabel = 120;

/** The two sides that the chosen runs make up, if they are of two kinds: the same settings but for the seed. */
export function sidesOf(runs: readonly ListedRun[]):
  | { first: readonly ListedRun[]; second: readonly ListedRun[]; labels: [string, string] }
  | null
{
  const sides = new Map<string, ListedRun[]>();
  for (const run of runs) sides.set(sameButSeed(run), [...sides.get(sameButSeed(run)) ?? [], run]);
  const [first, second] = [...sides.values()];
  if (sides.size !== 2 || !first || !second || runs.length > mostCompared) return null;
  const told = columnsOf(runs).filter(f => !f.isResult && !["name", "seed", "state", "created", "note"].includes(f.key));
  return { first, second, labels: [labelOf(first, told), labelOf(second, told)] };
}

function labelOf(runs: readonly ListedRun[], fields: readonly Field[]): string {
  const [run] = runs;
  if (!run) return "";
  const words = fields.map(f => ["learner", "world"].includes(f.key) ? f.show(f.of(run)) : `${f.title.toLowerCase()} ${f.show(f.of(run))}`);
  return (words.length > 0 ? words.join(", ") : run.name).slice(0, longestLabel);
}

/** Which of the two sides is better, and whether that is more than noise: a sentence of the server. */
export function createComparison(api: Api): { element: HTMLElement; draw: (runs: readonly ListedRun[]) => void } {
  const element = el("div", { class: "comparison", testid: "comparison", role: "status", hidden: true });
  let asked = "";

  function tell(sentence: string, warnings: readonly string[]): void {
    setChildren(element, el("p", {}, sentence), ...warnings.map(w => el("p", { class: "quiet" }, w)));
    setHidden(element, false);
  }

  return {
    element,
    draw: runs => {
      const key = runs.map(r => `${r.run_id} ${r.episodes} ${r.state}`).join();
      if (key === asked) return;
      asked = key;
      const sides = sidesOf(runs), ids = (side: readonly ListedRun[]): string => side.map(r => r.run_id).join();
      if (sides === null) {
        setHidden(element, true);
        return;
      }
      api.get<WireComparison>("api/comparison", { first: ids(sides.first), second: ids(sides.second), first_label: sides.labels[0],
        second_label: sides.labels[1] }).then(({ sentence, warnings }) => {
          if (key === asked) tell(sentence, warnings);
        }, (e: unknown) => {
          if (key === asked) tell(e instanceof Refusal ? e.message : "The runs were not compared.", []);
        });
    },
  };
}
