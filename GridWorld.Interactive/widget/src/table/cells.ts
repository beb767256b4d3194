import { count, glance, none, plural } from "../kit/format";
import { created, name, type Field } from "./fields";
import type { Mean } from "./groups";
import type { Model, Row } from "./model";

/** A mean with its interval: "−14.2 ± 0.8". */
export function meanWords(m: Mean | null | undefined, show: (value: number) => string = glance): string {
  if (!m) return none;
  return m.half === null || m.half === 0 ? show(m.mean) : `${show(m.mean)} ± ${glance(m.half)}`;
}

export const keyOf = (row: Row): string => (row.kind === "run" ? row.run.run_id : `group ${row.group.key}`);

/** The text of a cell. */
export function cellText(row: Row, field: Field, grouping: Field | undefined): string {
  if (row.kind === "run") return field.show(field.of(row.run));
  const { group } = row;
  if (field === name) {
    const value = grouping ? `${grouping.title}: ${grouping.show(group.value)}`
      : String(group.shared.get("name") ?? group.runs[0]?.name ?? "");
    return `${value} · ${plural(group.runs.length, "run")}`;
  }
  if (field.isResult) {
    const mean = group.means.get(field.key);
    // A mean of some runs only is not that of the group.
    return meanWords(mean?.n === group.runs.length ? mean : null, v => field.show(glanceable(v)));
  }
  const shared = group.shared.get(field.key);
  if (shared === undefined && field === created) return none;
  return shared === undefined ? `${count(new Set(group.runs.map(r => field.of(r))).size)} values` : field.show(shared);
}

// A mean of whole numbers has few decimals.
const glanceable = (v: number): number => (Math.abs(v) >= 100 ? Math.round(v) : v);

/** What a cell leaves empty at its two sides, in px. */
export const cellPadding = 16;

const least = 56, widest = 220, sampled = 80;

/** The width of each column in px, from its head and from some of its cells. `measure` tells the width of a text. */
export function widthsOf(model: Model, grouping: Field | undefined, isNarrow: boolean, measure: (text: string) => number): number[] {
  const { rows, columns } = model, every = Math.max(1, Math.floor(rows.length / sampled));
  return columns.map(field => {
    let longest = measure(field.title) + 12;
    for (let i = 0; i < rows.length; i += every) longest = Math.max(longest, measure(cellText(rows[i] as Row, field, grouping)));
    // The name has room for the key of its line, and for the word that it is the best.
    return Math.min(field === name ? (isNarrow ? 132 : 320) : widest,
      Math.max(least, Math.ceil(longest) + (field === name ? 78 : cellPadding + 2)));
  });
}
