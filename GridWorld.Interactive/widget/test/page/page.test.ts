import { describe, expect, it, vi } from "vitest";
import { createApi, Refusal, session, type Api } from "../../src/wire/api";
import { droppedNames, listed, question } from "../../src/run/checkpoints";
import { watchCommands } from "../../src/wire/commands";
import { suggested } from "../../src/time/fork";
import { stateWords } from "../../src/run/head";
import { welcomeWords } from "../../src/run/welcome";
import { openCache, pick, surplus } from "../../src/wire/cache";
import { emptyRun } from "../../src/wire/view-state";
import { episodesCsv, fileName } from "../../src/run/csv";
import { interruptedRuns } from "../../src/run/offers";
import type { WireStatus, WireCheckpoint } from "../../src/wire/protocol";
import type { ListedRun } from "../../src/wire/sessions";
import { backoff, longestWait } from "../../src/wire/backoff";
import { diagnose } from "../../src/wire/hub";
import { nowhere, readLink } from "../../src/wire/link";
import { keepPlace, rowsWindow } from "../../src/kit/rows-window";
import { readNumber, readWhole } from "../../src/kit/setting";

const token = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

describe("readLink", () => {
  it("reads the token", () => expect(readLink(`#${token}`)).toEqual({ token, run: null, sweep: null, place: nowhere }));
  it("reads the run", () => expect(readLink(`#${token}/2026-run%201`)).toEqual({ token, run: "2026-run 1", sweep: null, place: nowhere }));
  it.each([["a@x", null], ["a@1e9", null], ["a@-5", null], ["a?cell=1", null], ["a?cell=-1,2&layer=", ""], ["a@99999999999999999999",
    null]])("leaves out what it cannot read of %s, and shows the run",
      (text, layer) => expect(readLink(`#${token}/${text}`)).toEqual({ token, run: "a", sweep: null, place: { ...nowhere, layer } }));
  it.each(["", "#", "#/run", "#short", "#<script>alert(1)</script>aaaaaaaa"])("finds no token in %j",
    hash => expect(readLink(hash)).toBeNull());
});

describe("backoff", () => {
  it("doubles up to its longest", () =>
    expect([1, 2, 3, 6, 50].map(n => backoff(n, () => 1))).toEqual([1000, 2000, 4000, longestWait, longestWait]));
  it("leaves half to chance", () => expect([backoff(3, () => 0), backoff(3, () => 1)]).toEqual([2000, 4000]));
});

describe("rowsWindow", () => {
  it("holds what is in sight and a little more", () => expect(rowsWindow(2400, 240, 24, 1000)).toEqual({ first: 96, count: 18 }));
  it("ends with the list", () => expect(rowsWindow(0, 240, 24, 3)).toEqual({ first: 0, count: 3 }));
  it("is empty for nothing", () => expect(rowsWindow(500, 240, 24, 0)).toEqual({ first: 0, count: 0 }));
  it("keeps what is read in its place while rows come in above", () =>
    expect([keepPlace(480, 3, 24), keepPlace(0, 3, 24)]).toEqual([552, 0]));
});

describe("readNumber", () => {
  it.each([["0.05", 0.05], ["0,05", 0.05], [" −1 ", -1], ["1e-3", 0.001], [".5", 0.5], ["5", 5]])("%j is %d",
    (text, v) => expect(readNumber(text)).toBe(v));
  it.each([["1,000", 1000], ["1.000", 1000], ["12 345", 12345], ["1\u202f234\u202f567", 1234567], ["1’000", 1000], ["250", 250], ["1e3",
    1000], ["007", 7]])("%j is the whole %d", (text, v) => expect(readWhole(text)).toBe(v));
  it.each(["", "abc", "1.5", "-3", "1,00", "1,000.5", "1,000,00", "1.000,000", "1e400"])("%j is not a whole number",
    text => expect(readWhole(text)).toBeNull());
  it("takes no thousand for a one", () =>
    expect([readNumber("1,000"), readNumber("0,050"), readNumber("-12,345"), readNumber("01,234")]).toEqual([null, 0.05, null, 1.234]));
  it.each(["", "abc", "1,000.5", "0x10", "NaN", "1 2"])("%j is not a number", text => expect(readNumber(text)).toBeNull());
});

describe("the API", () => {
  const answer = (status: number, body: unknown): typeof fetch =>
    vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status })));

  it("sends the token as a header and below the page's base", async () => {
    const fetcher = answer(200, {});
    await createApi("http://127.0.0.1:1/proxy/", token, fetcher).post(session("a b", "pause"));
    const [url, init] = vi.mocked(fetcher).mock.calls[0] as [URL, RequestInit];

    expect(url.href).toBe("http://127.0.0.1:1/proxy/api/training-session/a%20b/pause");
    expect(init.headers).toMatchObject({ Authorization: `Bearer ${token}` });
    expect(init.credentials).toBe("omit");
  });

  it("keeps the token from /hello, which anyone may read", async () => {
    const fetcher = answer(200, { instance: "x" });
    await createApi("http://127.0.0.1:1/", token, fetcher).hello();

    expect(JSON.stringify(vi.mocked(fetcher).mock.calls[0])).not.toContain(token);
  });

  it.each([
    [{ errors: ["Epsilon must be between 0 and 1 (got 5).", "Second."] }, "Epsilon must be between 0 and 1 (got 5). Second."],
    [{ errors: { epsilon: ["Too large."] } }, "Too large."],
    [{ detail: "Gone." }, "Gone."],
    ["no object", "The server answered with status 400."],
  ])("says a refusal in the server's words: %j", async (body, text) => {
    await expect(createApi("http://x/", token, answer(400, body)).post("y")).rejects.toThrow(text);
  });

  it("says when no one is there", async () => {
    const away = createApi("http://x/", token, () => Promise.reject(new TypeError("failed")));

    await expect(away.get("y")).rejects.toMatchObject({ status: 0 } satisfies Partial<Refusal>);
  });
});

describe("diagnose", () => {
  const api = (status: number, instance: string): ReturnType<typeof createApi> =>
    createApi("http://x/", token, input =>
      Promise.resolve(new Response(JSON.stringify({ instance }), { status: (input as URL).pathname === "/hello" ? 200 : status })));

  it("tells a restarted server from a wrong link", async () => {
    expect(await diagnose(api(401, "new"), "old")).toBe("restarted");
    expect(await diagnose(api(401, "old"), "old")).toBe("refused");
    expect(await diagnose(api(401, "new"), "")).toBe("refused");
  });

  it("continues trying where the token is good", async () => expect(await diagnose(api(200, "old"), "old")).toBe("busy"));
});

it("offers interrupted runs beside the shown one that can be resumed, until they are dismissed", () => {
  const run = (id: string, state: WireStatus["state"], can_resume = true): ListedRun => ({ run_id: id, state, can_resume } as ListedRun);
  const runs = [run("a", "interrupted"), run("b", "completed"), run("c", "interrupted"), run("d", "interrupted", false),
    run("e", "interrupted")];

  expect(interruptedRuns(runs, "c", new Set(["e"])).map(r => r.run_id)).toEqual(["a"]);
});

it("writes episodes as the DataFrame has them", () =>
  expect(
    episodesCsv([{ episode: 1, return: -13.5, length: 13, terminated: true, epsilon: 0.1, learningRate: 0.5, meanQ: null, actions: null,
      residual: null, policyChanges: null }]),
  )
    .toBe(
      "episode,return,length,terminated,truncated,epsilon,learning_rate,mean_q\n1,-13.5,13,true,false,0.1,0.5,\n",
    ));

it.each([["maze run", "maze-run-metrics.json"], ["../../etc/passwd", "etc-passwd-metrics.json"], ["<img onerror>",
  "img-onerror-metrics.json"], ["…", "run-metrics.json"]])(
    "names the file of %j %s",
    (run, name) => expect(fileName(run, "metrics", "json")).toBe(name),
  );

describe("the cache", () => {
  const entry = (key: string, saved: number): Parameters<typeof pick>[0][number] => ({ key, saved, data: emptyRun(key) });

  it("has the run that is asked for, or the newest", () => {
    const entries = [entry("a", 1), entry("b", 3), entry("c", 2)];

    expect([pick(entries, "c")?.key, pick(entries, null)?.key, pick(entries, "x")]).toEqual(["c", "b", undefined]);
  });
  it("keeps the newest few", () => expect(surplus([entry("a", 1), entry("b", 3), entry("c", 2)], 2)).toEqual(["a"]));
  it("does without storage", async () => expect(await openCache("/", undefined).load(null)).toBeNull());
});

describe("resuming from a checkpoint", () => {
  const row = (step: number, name: string | null): WireCheckpoint => ({ episode: step / 10, step, name, timestamp: "" });
  const list = [row(100, "early"), row(200, null), row(300, "late"), row(400, "best"), row(500, null)];

  it("drops the later ones, and asks about those with a name", () =>
    expect([droppedNames(list, row(100, "early")), droppedNames(list, row(400, "best"))]).toEqual([["late", "best"], []]));
  it("names what would be lost", () => {
    expect(question(["\u0633"], 10)).toContain("“\u2068\u0633\u2069”.");
    expect(question(["late", "best"], 10)).toBe("This drops everything after episode 10, with the named checkpoints “late”, “best”.");
    expect(question(Array.from({ length: 1001 }, (_, i) => `c${i}`), 1200)).toBe(
      "This drops everything after episode 1,200, with the named checkpoints “c0”, “c1”, “c2”, “c3”, “c4” and 996 more.",
    );
  });
});

describe("the first screen", () => {
  it.each([[0, 0, "empty"], [0, 500, "damaged"], [3, 0, "choose"], [3, 500, "choose"]])("with %d runs and %d damaged files is %s",
    (runs, damaged, kind) => expect(welcomeWords("There is no such run.", null, runs, damaged).kind).toBe(kind));
  it("calls damage by its name", () =>
    expect(welcomeWords("No run is shown yet.", null, 0, 500)).toMatchObject({ title: "500 run files cannot be read" }));
  it.each([[3, 0, "choose"], [0, 0, "empty"]])("says what became of the run of a link, in the words of the page, with %d runs",
    (runs, damaged, kind) => {
      const words = welcomeWords("There is no such run. GET api/training-sessions lists the runs.", "gone", runs, damaged);
      expect(words).toMatchObject({ kind, title: "There is no run “gone” here" });
      expect(words.text).toMatch(/^It was deleted, or its file is in another folder/);
    });
});

// The run's target lies at its end: without a number the server would refuse the fork.
it.each([[200, 200, "200"], [250, 200, "200"], [50, 200, ""], [50, null, ""], [0, 0, "1"]])(
  "a fork at %d of a run with the target %s trains %j episodes",
  (at, target, words) => expect(suggested(at, target)).toBe(words),
);

describe("a run's state in a word", () => {
  const of = (state: WireStatus["state"], replay?: object): string => stateWords({ state, replay });

  it("is that of its training, but of a recording how it plays", () =>
    expect([of("training"), of("completed"), of("training", {}), of("paused", {}), of("completed", {})]).toEqual(["training", "completed",
      "playing", "playback paused", "playback ended"]));
});

it("keeps the commands that wait for an answer, oldest first", async () => {
  const answers: (() => void)[] = [];
  const server = { post: () => new Promise(done => answers.push(() => done({}))) } as unknown as Api;
  let now = 5;
  const { api, pending } = watchCommands(server, () => undefined, () => now++);
  const sent = [api.post(session("a", "pause")), api.post(session("a", "stop"))];
  expect(pending()).toEqual([{ verb: "pause", since: 5 }, { verb: "stop", since: 6 }]);
  answers[0]?.();
  await sent[0];
  expect(pending()).toEqual([{ verb: "stop", since: 6 }]);
});

it("lists checkpoints with a name first, however old, and as many others as are wanted", () => {
  const all = Array.from({ length: 1001 }, (_, i) => ({ episode: i, step: i, name: i === 3 || i === 500 ? `c${i}` : null, timestamp: "" }));
  expect(listed(all, 2).map(c => c.episode)).toEqual([500, 3, 1000, 999]);
  expect(listed(all, 2000)).toHaveLength(1001);
});
