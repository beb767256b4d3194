export interface Link {
  token: string;
  run: string | null;
}

/** Parses the fragment `#TOKEN` or `#TOKEN/RUN_ID`; null if there is no token. */
export function readLink(fragment: string): Link | null {
  const text = fragment.startsWith("#") ? fragment.slice(1) : fragment;
  const slash = text.indexOf("/");
  const token = slash < 0 ? text : text.slice(0, slash);
  if (!/^[A-Za-z0-9_-]{16,256}$/.test(token)) return null;
  const run = slash < 0 ? "" : text.slice(slash + 1);
  try {
    return { token, run: run === "" ? null : decodeURIComponent(run) };
  } catch {
    return { token, run: null };
  }
}
