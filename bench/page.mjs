// What the live page costs, measured through the browser: node bench/page.mjs [PART,…] prints a table. Build first: dotnet run build.cs build.
import { createRequire } from "node:module";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serving } from "../GridWorld.Interactive/widget/dev/gridworld.mjs";

const { chromium } = createRequire(new URL("../GridWorld.Interactive/widget/", import.meta.url))("playwright-core");
const store = await mkdtemp(join(tmpdir(), "gridworld-page-"));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"] });
const processes = await browser.newBrowserCDPSession();
const train = (...args) => serving("train", "--store", store, "--serve", ...args);
const sleep = milliseconds => new Promise(done => setTimeout(done, milliseconds));
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];
const rows = [];
const say = (what, measured, target) => { rows.push([what, measured, target]); console.error(`${what}: ${measured}`); };

async function open(url, width = 1440) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.goto(url);
  await seen(page);
  return page;
}

/** Waits until a page shows its run. Asks now and then only: to ask in every frame is work for the page. */
const seen = page => page.waitForFunction(() => performance.getEntriesByName("gridworld-first-view").length > 0, null, { polling: 250 });

const data = (page, id, name) => page.locator(`[data-testid=${id}]`).first().getAttribute(`data-${name}`);
const until = (page, id, name, text) => page.waitForFunction(([i, n, t]) => document.querySelector(`[data-testid=${i}]`)?.getAttribute(`data-${n}`) === t, [id, name, text], { timeout: 600_000, polling: 200 });

/** The status of the server's run, and what else a request to it needs. */
async function statusOf(url) {
  const [base, token] = url.split("#"), headers = { Authorization: `Bearer ${token.split("/")[0]}`, "Content-Type": "application/json", Origin: base.slice(0, -1) };
  const [run] = await (await fetch(`${base}api/training-sessions`, { headers })).json();
  return { base, headers, run };
}

async function post(url, verb, body = {}) {
  const { base, headers, run } = await statusOf(url);
  const answer = await fetch(`${base}api/training-session/${run.run_id}/${verb}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${verb}: ${answer.status} ${await answer.text()}`);
}

/** Bytes that scripts keep after a collection, without the code that the browser compiles of them the longer the more; nodes in the page. */
async function memory(page) {
  const session = await page.context().newCDPSession(page);
  let text = "";
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => { text += chunk; });
  await session.send("HeapProfiler.takeHeapSnapshot");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  const { snapshot: { meta }, nodes } = JSON.parse(text), width = meta.node_fields.length, size = meta.node_fields.indexOf("self_size");
  let heap = 0;
  for (let k = 0; k < nodes.length; k += width) if (!["code", "object shape", "native"].includes(meta.node_types[0][nodes[k]])) heap += nodes[k + size];
  return { heap, nodes: metrics.find(m => m.name === "Nodes").value };
}

/** Seconds that the thread of a training process (Linux) has had a processor, and that it has waited for one. */
async function trainingThread(pid) {
  const folder = `/proc/${pid}/task`, of = (thread, file) => readFile(join(folder, thread, file), "utf8");
  for (const thread of await readdir(folder))
    if (/^GridWorld (?!store)/.test(await of(thread, "comm"))) return async () => (await of(thread, "schedstat")).split(" ").slice(0, 2).map(t => t / 1e9);
  throw new Error("There is no training thread.");
}

/** CPU time in ms (which a busy machine stretches little) of the animation frames and of the main thread's tasks while something goes on. */
async function traced(page, action) {
  await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline"] });
  await action();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const frames = traceEvents.filter(e => e.name === "FireAnimationFrame" && e.ph === "X"), place = frames.at(-1);
  const own = e => (e.tdur ?? e.dur) / 1000;
  const tasks = traceEvents.filter(e => e.name === "RunTask" && e.ph === "X" && e.pid === place?.pid && e.tid === place.tid);
  return { frames: frames.filter(e => e.pid === place.pid).map(own), tasks: tasks.map(own) };
}

function sayFrames(what, { frames, tasks }) {
  say(`${what}: script a frame, median / 95 % / most, ms`, [0.5, 0.95, 1].map(q => quantile(frames, q).toFixed(1)).join(" / "), "95 %: 4");
  say(`${what}: main-thread tasks over 50 ms`, `${tasks.filter(t => t > 50).length} of ${tasks.length}`, "0");
}

const framesOf = text => text.split("\x1e").filter(Boolean).map(JSON.parse).filter(m => m.target === "frame").map(m => m.arguments[0]);

/** A batch as it would be so many episodes later. */
function shifted(frame, by) {
  const points = list => list?.map(([start, end, ...rest]) => [start + by, end + by, ...rest]), curve = c => c && { ...c, to: c.to + by, points: points(c.points), reset: false };
  return {
    ...frame, status: frame.status && { ...frame.status, episodes: frame.status.episodes + by }, metrics: curve(frame.metrics),
    lengths: Array.isArray(frame.lengths) ? points(frame.lengths) : curve(frame.lengths),
    episodes: frame.episodes && { rows: frame.episodes.rows.map(([episode, ...rest]) => [episode + by, ...rest]) },
    map: frame.map && { ...frame.map, episode: frame.map.episode + by },
  };
}

const cliff = ["--world", "cliff-walking", "--learning-rate", "0.5", "--episodes", "1000000000"];
const parts = {
  async paint() {
    const server = await train(...cliff, "--pace", "20000"), cold = [], warm = [];
    const firstView = page => page.evaluate(() => performance.getEntriesByName("gridworld-first-view")[0].startTime);
    await sleep(3000);
    for (let k = 0; k < 7; k++) {
      const page = await open(server.url);
      cold.push(await firstView(page));
      for (let again = 0; again < 3; again++) {
        await sleep(1000);
        await page.reload();
        await seen(page);
      }
      warm.push(await firstView(page));
      await page.close();
    }
    await server.kill();
    say("first view after navigation, median of 7, ms", quantile(warm, 0.5).toFixed(0), "200");
    say("the same where the browser starts a process for it", quantile(cold, 0.5).toFixed(0), "400");
  },
  async steady() {
    const server = await train(...cliff), page = await open(server.url), cpu = async () => (await processes.send("SystemInfo.getProcessInfo")).processInfo.filter(p => p.type === "renderer").reduce((sum, p) => sum + p.cpuTime, 0);
    await sleep(4000);
    const [begun, used] = [performance.now(), await cpu()];
    await sleep(20_000);
    say("page's CPU while training runs at full speed, % of a core", (100_000 * (await cpu() - used) / (performance.now() - begun)).toFixed(1), "8");
    sayFrames("watching at full speed", await traced(page, () => sleep(10_000)));
    await page.close();
    await server.kill();
  },
  /** Pairs of spans with and without an open "What changed here?", so that a machine that is now faster, now slower counts for neither. */
  async changes() {
    const server = await train(...cliff), page = await open(server.url), thread = await trainingThread(server.pid), slower = [], busy = [];
    await page.setViewportSize({ width: 1440, height: 1600 });
    const now = async () => ({ at: performance.now() / 1000, used: await thread(), steps: (await statusOf(server.url)).run.steps });
    /** Steps a second of the time in which the thread did not wait for a processor that others had. */
    const speed = async () => {
      const from = await now();
      await sleep(1500);
      const to = await now(), waited = to.used[1] - from.used[1];
      return (to.steps - from.steps) / (to.at - from.at - waited);
    };
    const [cell, left, top] = await Promise.all(["cell", "left", "top"].map(async name => Number(await data(page, "map", name))));
    const toggle = () => page.locator("[data-testid=map]").click({ position: { x: left + cell / 2, y: top + 2.5 * cell } });
    await sleep(10_000);
    for (let k = 0; k < 60; k++) {
      const open = k % 2 === 0, first = await speed();
      await toggle();
      const second = await speed();
      slower.push(100 - 100 * (open ? second / first : first / second));
      if (open) busy.push(await data(page, "history", "after") !== "0" || await data(page, "history", "changes") === null);
    }
    say("training slowed by an open “What changed here?”, median of 60 pairs (quartiles), %", `${quantile(slower, 0.5).toFixed(1)} (${quantile(slower, 0.25).toFixed(1)} to ${quantile(slower, 0.75).toFixed(1)})`, "3");
    say("of the 30 times that it was open, its answer was never complete", String(busy.filter(Boolean).length), "");
    await page.close();
    await server.kill();
  },
  async pan() {
    const server = await train("--world", "empty-1000x1000", "--episodes", "1000000000");
    const page = await open(server.url);
    await sleep(8000);
    for (const layer of ["value", "q", "policy"]) {
      await page.locator(`[data-testid=world-card] .layers [data-value=${layer}]`).click();
      const box = await page.locator("[data-testid=map]").boundingBox(), [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.locator("[data-testid=map]").focus();
      await page.keyboard.press("0");
      for (let k = 0; k < 6; k++) await page.keyboard.press("+");
      await sleep(3000);
      sayFrames(`moving over 1000×1000, ${layer}, ${Number(await data(page, "map", "cell")).toFixed(0)} px a cell`, await traced(page, async () => {
        for (let k = 0; k < 4; k++) {
          await page.mouse.move(x + (k % 2 ? -150 : 150), y + 60);
          await page.mouse.down();
          await page.mouse.move(x + (k % 2 ? 150 : -150), y - 60, { steps: 60 });
          await page.mouse.up();
          await sleep(400);
        }
      }));
    }
    await page.close();
    await server.kill();
  },
  async hour() {
    const server = await train(...cliff, "--pace", "20000"), told = [];
    await sleep(3000);
    const recorder = await browser.newPage();
    await recorder.routeWebSocket("**/hub/**", socket => socket.connectToServer().onMessage(text => {
      told.push(...framesOf(text));
      socket.send(text);
    }));
    await recorder.goto(server.url);
    await sleep(12_000);
    await recorder.close();
    const begin = told.findIndex(f => !f.more) + 1, whole = told.slice(0, begin), later = told.slice(begin, told.findLastIndex(f => !f.more) + 1);
    const last = frames => frames.findLast(f => f.status).status.episodes, span = last(later) - last(whole);

    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    let seq = 0, shown = 0, limit = 0, reached = () => {};
    await page.routeWebSocket("**/hub/**", socket => {
      const next = () => {
        const k = seq - whole.length, frame = k < 0 ? whole[seq] : shifted(later[k % later.length], span * Math.floor(k / later.length));
        seq++;
        shown += frame.more ? 0 : 1;
        socket.send(`${JSON.stringify({ type: 1, target: "frame", arguments: [{ ...frame, seq, base: seq === 1 ? null : seq - 1 }] })}\x1e`);
      };
      socket.onMessage(async text => {
        for (const message of text.split("\x1e").filter(Boolean).map(JSON.parse)) {
          if (message.protocol) socket.send("{}\x1e");
          else if (message.target === "View" && seq === 0) next();
          else if (message.target === "Ack") {
            if (shown === limit) await new Promise(goOn => reached(goOn));
            next();
          }
        }
      });
    });
    const upTo = batches => new Promise(resolve => {
      limit = batches;
      reached = resolve;
    });
    let goOn = upTo(1200);
    await page.goto(server.url);
    goOn = await goOn;
    const before = await memory(page), begun = performance.now(), rest = upTo(7200);
    goOn();
    await rest;
    const after = await memory(page);
    say(`an hour's 7,200 batches in ${((performance.now() - begun) / 1000).toFixed(0)} s: heap from the 1,200th on, MB`, `${(before.heap / 1e6).toFixed(2)} → ${(after.heap / 1e6).toFixed(2)} (${(100 * after.heap / before.heap - 100).toFixed(1)} %)`, "± 5 %");
    say("nodes in the page meanwhile", `${before.nodes} → ${after.nodes}`, "constant");
    await page.close();
    await server.kill();
  },
  async long() {
    const world = join(store, "long.txt");
    await writeFile(world, "SG");
    const server = await train("--world", world, "--episodes", "10000000", "--pace", "1"), page = await open(server.url);
    await post(server.url, "pause");
    await post(server.url, "pace", { steps_per_second: null });
    const seen = [];
    for (const upTo of [100_000, 1_000_000, 10_000_000]) {
      const more = upTo - Number(await data(page, "episode", "value"));
      await post(server.url, "resume", { episodes: more });
      await until(page, "episode", "value", String(upTo));
      await until(page, "state", "state", upTo === 10_000_000 ? "completed" : "paused");
      await sleep(4000);
      seen.push(await memory(page));
      console.error(`${upTo} episodes: heap ${(seen.at(-1).heap / 1e6).toFixed(2)} MB, ${seen.at(-1).nodes} nodes`);
    }
    say("heap from 100,000 to 10 million episodes, MB", `${(seen[0].heap / 1e6).toFixed(2)} → ${(seen.at(-1).heap / 1e6).toFixed(2)} (${(100 * seen.at(-1).heap / seen[0].heap - 100).toFixed(1)} %)`, "± 5 %");
    say("nodes in the page meanwhile", `${seen[0].nodes} → ${seen.at(-1).nodes}`, "constant");
    await page.close();
    await server.kill();
  },
};

const wanted = process.argv[2]?.split(",") ?? Object.keys(parts);
for (const part of wanted) await parts[part]();
await browser.close();
await rm(store, { recursive: true, force: true });
console.log(["| the page | measured | at most |", "|---|---|---|", ...rows.map(r => `| ${r.join(" | ")} |`)].join("\n"));
