/** A refusal with the server's message. `status` 0: the server was not reached. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly errors: readonly string[]) {
    super(errors.join(" "));
  }
}

export interface Api {
  hello(): Promise<{ instance: string; version?: string }>;
  get<T>(path: string, query?: Record<string, string | number | null>, signal?: AbortSignal): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  download(path: string, query?: Record<string, string | number | null>): Promise<Blob>;
}

export const session = (id: string, verb: string): string => `api/training-session/${encodeURIComponent(id)}/${verb}`;

export const sweep = (id: string, verb: string): string => `api/sweep/${encodeURIComponent(id)}/${verb}`;

export function createApi(base: string, token: string, fetcher: typeof fetch): Api {
  async function call(method: string, path: string, query: Record<string, string | number | null>, body: unknown, secret: boolean,
    signal?: AbortSignal): Promise<Response>
  {
    const url = new URL(path, base);
    for (const [key, value] of Object.entries(query)) if (value !== null) url.searchParams.set(key, String(value));
    const headers: Record<string, string> = { Accept: "application/json" };
    if (secret) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const init: RequestInit = { method, headers, credentials: "omit", redirect: "error", cache: "no-store" };
    if (body !== undefined) init.body = JSON.stringify(body);
    if (signal) init.signal = signal;
    let response: Response;
    try {
      response = await fetcher(url, init);
    } catch {
      throw new Refusal(0, ["Cannot reach the server."]);
    }
    if (!response.ok) throw new Refusal(response.status, await readErrors(response));
    return response;
  }
  const json = async <T>(response: Response): Promise<T> => {
    const text = await response.text();
    return (text === "" ? null : JSON.parse(text)) as T;
  };
  return {
    hello: async () => json(await call("GET", "hello", {}, undefined, false)),
    get: async (path, query = {}, signal) => json(await call("GET", path, query, undefined, true, signal)),
    post: async (path, body = {}) => json(await call("POST", path, {}, body, true)),
    download: async (path, query = {}) => (await call("GET", path, query, undefined, true)).blob(),
  };
}

/** `errors` as a list of sentences or as lists by field, else `detail` or `title`, else the meaning of the status. */
async function readErrors(response: Response): Promise<string[]> {
  try {
    const problem = JSON.parse(await response.text()) as { errors?: unknown; detail?: unknown; title?: unknown };
    const errors: unknown = problem.errors;
    const list: unknown[] = Array.isArray(errors) ? errors : errors && typeof errors === "object" ? Object.values(errors).flat() : [];
    const sentences = list.filter((e): e is string => typeof e === "string");
    if (sentences.length > 0) return sentences;
    if (typeof problem.detail === "string") return [problem.detail];
    if (typeof problem.title === "string") return [problem.title];
  } catch {
    // Not JSON: use the status.
  }
  return [statusWords(response.status)];
}

function statusWords(status: number): string {
  switch (status) {
    case 401:
      return "The server does not accept this link's token.";
    case 403:
      return "This link is view-only.";
    case 404:
      return "The server does not have this run.";
    case 429:
      return "Too many requests; try again in a moment.";
    default:
      return `The server answered with status ${status}.`;
  }
}
