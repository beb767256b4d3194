import { bestGroup, bestRun, type Best } from "./best";
import { columnsOf, fieldsOf, type Field } from "./fields";
import { readFilter } from "./filter";
import { groupBy, seeds, sorted, type Group, type Sort } from "./groups";
import type { ListedRun } from "../wire/sessions";

/** What the reader of the table chose. */
export interface Choices {
  filter: string;
  sort: Sort;
  /** "" for no groups, "seeds", or the key of a field. */
  group: string;
  /** The keys of the groups that are open. */
  open: ReadonlySet<string>;
}

export type Row = { kind: "run"; run: ListedRun; isInGroup: boolean } | { kind: "group"; group: Group; isOpen: boolean };

/** The whole table, before any of it is drawn. */
export interface Model {
  rows: readonly Row[];
  columns: readonly Field[];
  /** What can be filtered and grouped by. */
  fields: readonly Field[];
  /** The runs that the filter lets through, in the order of their rows. */
  shown: readonly ListedRun[];
  groups: readonly Group[] | null;
  best: Best;
  fault: string | null;
}

export function modelOf(runs: readonly ListedRun[], choices: Choices): Model {
  const fields = fieldsOf(runs), { test, fault } = readFilter(choices.filter, fields), kept = runs.filter(test), columns = columnsOf(kept);
  const { sort } = choices, by = fields.find(f => f.key === sort.key);
  const shown = by ? sorted(kept, r => by.of(r), sort.descending) : kept;
  const grouping = choices.group === seeds ? seeds : fields.find(f => f.key === choices.group);
  if (!grouping) {
    return { rows: shown.map(run => ({ kind: "run", run, isInGroup: false })), columns, fields, shown, groups: null, best: bestRun(kept),
      fault };
  }
  const found = groupBy(shown, grouping, columns);
  const groups = by
    ? sorted(found, g => (g.means.has(by.key) ? g.means.get(by.key)?.mean ?? null : g.shared.get(by.key) ?? g.value), sort.descending)
    : found;
  const rows = groups.flatMap((group): Row[] => {
    const isOpen = choices.open.has(group.key);
    return [{ kind: "group", group, isOpen }, ...(isOpen ? group.runs.map((run): Row => ({ kind: "run", run, isInGroup: true })) : [])];
  });
  return { rows, columns, fields, shown: groups.flatMap(g => g.runs), groups, best: bestGroup(groups), fault };
}

/** The columns' order after a click on a head: rising first, falling at the second click. */
export const clicked = (sort: Sort, key: string): Sort => ({ key, descending: sort.key === key && !sort.descending });
