// A server that looks like the real one to the page, with a toy run behind it: for development, screenshots and tests.
// It speaks the JSON hub protocol over a WebSocket and has the content policy of the real one.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { WebSocketServer } from "ws";
import { actions, Training } from "./training.mjs";

const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'";
const files = { "/": ["index.html", "text/html; charset=utf-8"], "/assets/widget.js": ["widget.js", "text/javascript"], "/assets/widget.css": ["widget.css", "text/css"] };
const end = "\x1e";

/** Starts it. `state`: training, paused, completed or failed; `episodes` are trained before it starts. */
export async function startServer({ port = 0, world = "maze", episodes = 2400, state = "training", token = "dev-token-dev-token-dev-token-dev-token-dev", name = "maze-run", instance = "instance-1", flags = [], message = null, others = [] } = {}) {
  const run = new Training(world), id = "01J-mock-run", sockets = new Set(), events = [];
  const say = (event, more = {}) => events.push({ seq: events.length + 1, session_id: id, episode: run.episodes.length, event, timestamp: "2026-05-04T12:00:00Z", ...more });
  let current = state, pace = null, target = 10_000;
  say("run_started");
  for (let k = 0; k < episodes; k++) {
    if (episodes > 1000 && k === 700) say("checkpoint", { new_value: "before-cooling" });
    if (episodes > 1000 && k === 1100) { say("param_change", { param: "epsilon", old_value: run.epsilon, new_value: 0.05 }); run.epsilon = 0.05; }
    run.episode();
  }
  if (state === "failed") say("training_error", { message });
  if (state === "completed") { say("completed"); target = episodes; }
  const timer = setInterval(() => { if (current === "training") for (let k = 0; k < (pace ? Math.max(1, pace / 500) : 12); k++) run.episode(); }, 100);

  const more = new Map(others.map((o, i) => {
    const training = new Training(world, o);
    for (let k = 0; k < o.episodes; k++) training.episode();
    return [`01J-other-${i}`, { training, name: o.name }];
  }));
  const otherStatus = ([key, { training: t, name: other }]) => ({ ...status(), run_id: key, name: other, state: "completed", episodes: t.episodes.length, epsilon: t.epsilon, learning_rate: t.alpha, mean_return_last_100: t.episodes.slice(-100).reduce((a, e) => a + e[1], 0) / 100 });
  const asPoint = ([start, end, min, max, mean, std, count]) => ({ start, end, min, max, mean, std, count });

  const status = () => {
    const n = run.episodes.length, last = run.episodes.slice(-100), v = n ? run.value(run.start) : null;
    let ok = 0, all = 0;
    for (let s = 0; s < run.visits.length; s++) if (!run.wall(s) && !run.end(s)) { all++; const t = run.next(s, run.best(s)); if (Math.abs(run.reward(t) + (run.end(t) ? 0 : run.gamma * run.optimal[t]) - run.optimal[s]) < 1e-9) ok++; }
    return { run_id: id, name, state: current, episodes: n, target_episodes: target, steps: run.steps, steps_per_second: current === "training" ? pace ?? 61_800_000 : 0, mean_return_last_100: n ? last.reduce((a, e) => a + e[1], 0) / last.length : null,
      greedy_value: v, optimal_value: run.optimal[run.start], optimal_return: world === "lake" ? -6 : world === "cliff" ? -13 : -50, optimal_action_share: n ? ok / all : null, truth_episode: n, epsilon: run.epsilon, learning_rate: run.alpha, discount_factor: run.gamma, pace, last_event_seq: events.length, message };
  };
  const diagnostics = () => {
    const total = run.taken.reduce((a, b) => a + b, 0) || 1, q = [...run.q].filter((_, i) => run.visits[i >> 2]), seen = run.visits.filter(v => v > 0).length, open = [...run.text].filter(c => c !== "#").length;
    return { mean_td_error: run.td, min_q: q.length ? Math.min(...q) : null, mean_q: run.meanQ(), max_q: q.length ? Math.max(...q) : null, action_distribution: run.taken.map(t => t / total), visited_share: seen / open, flags: run.episodes.length === 0 ? [{ flag: "exploring", text: "Training initialized, starting exploration phase" }] : flags };
  };
  const facts = { name: world, width: run.width, height: run.height, actions, moves: "four", learner: "q-learning", seed: "7", starts: [run.start] };

  function serveView(socket, view) {
    const first = socket.view === undefined || socket.view !== view;
    const n = run.episodes.length, from = view.start ?? (view.last ? Math.max(1, n - view.last + 1) : 1), to = Math.min(n, view.end ?? n);
    const frame = { v: 1, instance, session_id: id, seq: ++socket.seq, base: first ? null : socket.seq - 1, status: status(), diagnostics: diagnostics(), lengths: n ? run.buckets(from, to, view.points, 2) : undefined, metrics: n ? run.buckets(from, to, view.points) : { from: 1, to: 0, bucket: 1, points: [], reset: true }, map: run.tile(view.map.layer) };
    if (view.axis && frame.metrics.points.length) frame.axis = run.reached([frame.metrics.points[0][0] - 1, ...frame.metrics.points.map(p => p[1])]);
    if (first) { frame.world = facts; socket.sentEvents = 0; socket.sentEpisode = 0; } else delete frame.map.cells;
    frame.events = events.slice(socket.sentEvents);
    frame.episodes = { rows: run.episodes.slice(Math.max(socket.sentEpisode, n - view.log_rows)) };
    socket.sentEvents = events.length;
    socket.sentEpisode = n;
    socket.view = view;
    socket.send(JSON.stringify({ type: 1, target: "frame", arguments: [frame] }) + end);
  }

  const body = async request => { let text = ""; for await (const part of request) text += part; return text ? JSON.parse(text) : {}; };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://x");
    const reply = (code, value) => { response.writeHead(code, { "Content-Type": "application/json", "Cache-Control": "no-store" }); response.end(JSON.stringify(value)); };
    const file = files[url.pathname];
    if (file) {
      response.writeHead(200, { "Content-Type": file[1], "Content-Security-Policy": csp, "X-Content-Type-Options": "nosniff" });
      return response.end(await readFile(new URL(`../dist/${file[0]}`, import.meta.url)));
    }
    if (url.pathname === "/hello") return reply(200, { instance, version: "0.1.0" });
    if (request.headers.authorization !== `Bearer ${token}`) return reply(401, {});
    if (url.pathname === "/api/training-sessions") return reply(200, [status(), ...[...more].map(otherStatus)]);
    if (url.pathname === "/api/agent/state") {
      const s = Number(url.searchParams.get("state"));
      return reply(200, { state: s, x: s % run.width, y: Math.floor(s / run.width), q: [...run.q.slice(s * 4, s * 4 + 4)], visits: run.visits[s], optimal_value: run.optimal[s], q_optimal: [0, 1, 2, 3].map(a => { const t = run.next(s, a); return run.reward(t) + (run.end(t) ? 0 : run.gamma * run.optimal[t]); }) });
    }
    if (url.pathname === "/api/metrics") {
      const shown = more.get(url.searchParams.get("session"))?.training ?? run;
      return reply(200, { points: shown.buckets(1, shown.episodes.length, Number(url.searchParams.get("points") ?? 1000)).points.map(asPoint) });
    }
    if (url.pathname.endsWith("/status")) { const other = url.pathname.split("/").at(-2); return reply(200, more.has(other) ? otherStatus([other, more.get(other)]) : status()); }
    if (url.pathname === "/api/agent/policy") { const shown = more.get(url.searchParams.get("session"))?.training ?? run, tile = shown.tile("value"); return reply(200, { width: shown.width, height: shown.height, actions, policy: tile.policy, cells: tile.cells }); }
    if (url.pathname === "/api/episodes") return reply(200, { rows: run.episodes.slice(url.searchParams.get("start") - 1).slice(0, url.searchParams.get("count")) });
    if (url.pathname === "/api/checkpoints") return reply(200, { checkpoints: Array.from({ length: Math.floor(run.episodes.length / 100) }, (_, k) => ({ episode: 100 * k + 100, step: 5000 * k + 5000, name: k === 6 ? "before-cooling" : null, timestamp: "2026-05-04T12:00:00Z" })) });
    if (url.pathname === "/api/events") return reply(200, events);
    const verb = url.pathname.split("/").pop();
    if (request.method !== "POST") return reply(404, {});
    const sent = await body(request);
    if (verb === "pause") { current = "paused"; say("paused"); }
    else if (verb === "resume") { current = "training"; say("resumed"); }
    else if (verb === "stop") { current = "stopped"; say("stopped"); }
    else if (verb === "continue") { for (let k = 0; k < Math.min(sent.episodes, 50); k++) run.episode(); }
    else if (verb === "pace") pace = sent.steps_per_second;
    else if (verb === "hyperparameters") {
      const e = sent.epsilon;
      if (e !== undefined && !(e >= 0 && e <= 1)) return reply(400, { title: "Bad input", errors: [`Epsilon must be between 0 and 1 (got ${e}).`] });
      if (e !== undefined) { say("param_change", { param: "epsilon", old_value: run.epsilon, new_value: e }); run.epsilon = e; }
    } else return reply(404, {});
    reply(200, {});
  });

  const hub = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    const url = new URL(request.url, "http://x");
    if (url.pathname !== "/hub/training" || url.searchParams.get("access_token") !== token) return socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
    hub.handleUpgrade(request, socket, head, client => {
      sockets.add(client);
      client.seq = 0;
      client.on("close", () => sockets.delete(client));
      client.on("message", data => {
        for (const text of String(data).split(end).filter(Boolean)) {
          const message = JSON.parse(text);
          if (message.protocol) client.send(`{}${end}`);
          else if (message.target === "View") { client.asked = message.arguments[0]; serveView(client, client.asked); }
          else if (message.target === "Ack") setTimeout(() => sockets.has(client) && serveView(client, client.asked), client.asked.interval_ms);
          else if (message.type === 6) client.send(`{"type":6}${end}`);
        }
      });
    });
  });
  await new Promise(listening => server.listen(port, "127.0.0.1", listening));
  const address = server.address().port;
  return {
    port: address, url: `http://127.0.0.1:${address}/#${token}`, events,
    stop: () => { clearInterval(timer); for (const s of sockets) s.terminate(); server.closeAllConnections(); return new Promise(done => server.close(done)); },
  };
}
