export interface Link {
  token: string;
  run: string | null;
  /** The sweep or ensemble to show instead of a run. */
  sweep: string | null;
}

/** The fragment of a link, without its #. */
export const linkTo = (token: string, { run, sweep }: Omit<Link, "token">): string =>
  token + (sweep !== null ? `/sweep=${encodeURIComponent(sweep)}` : run !== null ? `/${encodeURIComponent(run)}` : "");

/** Parses the fragment `#TOKEN`, `#TOKEN/RUN_ID` or `#TOKEN/sweep=ID`; null if there is no token. */
export function readLink(fragment: string): Link | null {
  const text = fragment.startsWith("#") ? fragment.slice(1) : fragment;
  const slash = text.indexOf("/");
  const token = slash < 0 ? text : text.slice(0, slash);
  if (!/^[A-Za-z0-9_-]{16,256}$/.test(token)) return null;
  const rest = slash < 0 ? "" : text.slice(slash + 1), [, id] = /^sweep=(.+)$/.exec(rest) ?? [];
  try {
    return id !== undefined ? { token, run: null, sweep: decodeURIComponent(id) }
      : { token, run: rest === "" ? null : decodeURIComponent(rest), sweep: null };
  } catch {
    return { token, run: null, sweep: null };
  }
}
