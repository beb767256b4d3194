/** What is seen of a run. Null is the page's own choice: the present, no cell, the map of values, the first tab. */
export interface Place {
  /** The episode after which the run is shown. */
  at: number | null;
  /** The column and the row of the cell that is kept on the map. */
  cell: readonly [x: number, y: number] | null;
  /** The layer of the map. */
  layer: string | null;
  tab: string | null;
}

export interface Link {
  token: string;
  run: string | null;
  /** The sweep or ensemble to show instead of a run. */
  sweep: string | null;
  place: Place;
}

export const nowhere: Place = { at: null, cell: null, layer: null, tab: null };

/** The fragment of a link, without its #. */
export function linkTo(token: string, { run, sweep, place = nowhere }: Omit<Link, "token" | "place"> & Partial<Link>): string {
  if (sweep !== null) return `${token}/sweep=${encodeURIComponent(sweep)}`;
  const { at, cell, layer, tab } = place;
  const more = [cell && `cell=${cell.join(",")}`, layer !== null && `layer=${encodeURIComponent(layer)}`,
    tab !== null && `tab=${encodeURIComponent(tab)}`].filter(Boolean).join("&");
  const path = `${run === null ? "" : encodeURIComponent(run)}${at === null ? "" : `@${at}`}${more === "" ? "" : `?${more}`}`;
  return path === "" ? token : `${token}/${path}`;
}

/**
 * Parses the fragment `#TOKEN`, `#TOKEN/sweep=ID` or `#TOKEN/RUN_ID@EPISODE?cell=X,Y&layer=NAME&tab=NAME`, in which all but the token may
 * be absent; null if there is no token. What cannot be read is left out.
 */
export function readLink(fragment: string): Link | null {
  const text = fragment.startsWith("#") ? fragment.slice(1) : fragment;
  const slash = text.indexOf("/");
  const token = slash < 0 ? text : text.slice(0, slash);
  if (!/^[A-Za-z0-9_-]{16,256}$/.test(token)) return null;
  const rest = slash < 0 ? "" : text.slice(slash + 1), [, id] = /^sweep=(.+)$/.exec(rest) ?? [];
  if (id !== undefined) return { token, run: null, sweep: decoded(id), place: nowhere };
  const [, run = "", episode, query = ""] = /^([^@?]*)(?:@(\d{1,15})(?=\?|$))?[^?]*(?:\?(.*))?$/.exec(rest) ?? [];
  const more = new URLSearchParams(query), [, x, y] = /^(\d{1,7}),(\d{1,7})$/.exec(more.get("cell") ?? "") ?? [];
  return { token, run: run === "" ? null : decoded(run), sweep: null,
    place: { at: episode === undefined ? null : Number(episode), cell: x === undefined || y === undefined ? null : [Number(x), Number(y)],
      layer: more.get("layer"), tab: more.get("tab") } };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
