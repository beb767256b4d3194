/** Rows that the server has in its order, of which only those in sight are here. */
export interface Pages<T> {
  total: () => number;
  row: (at: number) => T | undefined;
  /** Fetches what is missing of these rows. */
  want: (first: number, count: number) => void;
  /** The rows may have changed: those in sight are fetched again, and shown as they were meanwhile. */
  renew: () => void;
  /** Other rows: nothing of those before is shown. */
  reset: () => void;
}

export interface Part<T> {
  total: number;
  rows: readonly T[];
}

export const pageSize = 100;
const mostPages = 8;

export function createPages<T>(fetch: (start: number, count: number) => Promise<Part<T>>, changed: () => void): Pages<T> {
  const pages = new Map<number, { rows: readonly T[]; course: number }>();
  const flying = new Set<string>(), refused = new Set<string>();
  let total = 0, course = 0, epoch = 0;

  function load(page: number): void {
    const of = course, began = epoch, key = `${page} ${of}`;
    // What was refused is asked for again when something has changed.
    if (flying.has(key) || refused.has(key)) return;
    flying.add(key);
    fetch(page * pageSize, pageSize).then(part => {
      if (began !== epoch || (pages.get(page)?.course ?? -1) > of) return;
      total = part.total;
      pages.delete(page);
      pages.set(page, { rows: part.rows, course: of });
      for (const old of pages.keys()) if (pages.size > mostPages) pages.delete(old);
      changed();
    }, () => refused.add(key)).finally(() => flying.delete(key));
  }

  return {
    total: () => total,
    row: at => pages.get(Math.floor(at / pageSize))?.rows[at % pageSize],
    want: (first, count) => {
      for (let page = Math.floor(first / pageSize); page <= Math.floor(Math.max(first, first + count - 1) / pageSize); page++)
        if (pages.get(page)?.course !== course) load(page);
    },
    renew: () => {
      course++;
      refused.clear();
    },
    reset: () => {
      pages.clear();
      total = 0;
      course++;
      epoch++;
    },
  };
}
