// Pictures of the page at every width, light and dark, in every state: npm run build && npm run shots -- FOLDER [SCENE]
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { gridworld, serving } from "./gridworld.mjs";

const [folder = "shots", only] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const store = await mkdtemp(join(tmpdir(), "gridworld-shots-")), hot = join(store, "hot.world.json");
await writeFile(hot, JSON.stringify({ name: "hot", map: ["S...G", "..#.."], step_reward: -1e308 }));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"] });

const cliff = ["--world", "cliff-walking", "--learning-rate", "0.5"];
const train = (...args) => serving("train", "--store", join(store, "live"), "--episodes", "1000000000", "--serve", ...args);
const at = (page, id) => page.locator(`[data-testid=${id}]`).first();
const value = (page, id, name, more) =>
  page.waitForFunction(([i, n, m]) => Number(document.querySelector(`[data-testid=${i}]`)?.dataset[n]) > m, [id, name, more]);
const tab = name => async page => {
  await at(page, `tab-${name}`).click();
  await page.waitForTimeout(1200);
};
const toCell = async (page, x, y) => {
  const box = await at(page, "map").boundingBox(),
    [cell, left, top] = await at(page, "map").evaluate(m => [m.dataset.cell, m.dataset.left, m.dataset.top].map(Number));
  return [box.x + left + (x + 0.5) * cell, box.y + top + (y + 0.5) * cell];
};
const mode = name => page => page.locator(`[data-testid=world-card] [data-value=${name}]`).first().click();
const layer = mode;

const scenes = {
  training: { start: () => train(...cliff, "--pace", "20000"), show: async page => {
    await value(page, "episode", "value", 700);
    await page.mouse.move(...await toCell(page, 3, 2));
  } },
  planner: {
    start: () =>
      serving("train", "--store", join(store, "live"), "--episodes", "200", "--serve", "--world", "frozen-lake-8x8", "--learner",
        "value-iteration", "--pace", "2000"),
    show: page => value(page, "episode", "value", 60),
  },
  breakpoints: {
    start: () =>
      serving("train", "--store", join(store, "live"), "--episodes", "50", "--serve", "--world", "aima-4x3", "--learner", "value-iteration",
        "--discount-factor", "1"),
    show: async page => {
      await tab("breakpoints")(page);
      await at(page, "breakpoints-parameter").selectOption("step_reward");
      await at(page, "breakpoints-find").click();
      await at(page, "breakpoints-slider").waitFor();
      await at(page, "breakpoints-slider").press("End");
    },
  },
  maze: { start: () => train("--world", "dyna-maze", "--pace", "30000"), show: page => value(page, "episode", "value", 300) },
  lake: { start: () => train("--world", "frozen-lake-8x8", "--discount-factor", "0.99", "--pace", "300000"), show: async page => {
    await layer("q")(page);
    await value(page, "episode", "value", 3000);
  } },
  empty: { start: () => train(...cliff, "--pace", "1") },
  edit: { start: "done", show: async page => {
    await mode("edit")(page);
    await page.mouse.click(...await toCell(page, 4, 1));
    await page.mouse.click(...await toCell(page, 5, 1));
    await page.waitForTimeout(800);
  } },
  drive: { start: "done", show: async page => {
    await mode("drive")(page);
    await page.waitForTimeout(500);
    for (const key of ["ArrowUp", "ArrowRight", "ArrowDown"]) {
      await page.keyboard.press(key);
      await page.waitForTimeout(400);
    }
  } },
  past: { start: "done", show: async page => {
    await at(page, "time").evaluate(s => {
      s.value = 120;
      s.dispatchEvent(new Event("input"));
    });
    await page.waitForFunction(() => document.querySelector("[data-testid=time-row]").dataset.at === "120");
  } },
  fork: { start: "done", show: page => at(page, "fork").click() },
  agent: { start: "done", show: async page => {
    await tab("agent")(page);
    await at(page, "replay-best").click();
    await page.waitForTimeout(800);
    for (let k = 0; k < 5; k++) await at(page, "replay-forward").click();
  } },
  events: { start: "done", show: tab("events") },
  checkpoints: { start: "done", show: tab("checkpoints") },
  downloads: { start: "done", show: tab("downloads") },
  runs: { start: "done", show: async page => {
    await tab("runs")(page);
    await at(page, "compare").scrollIntoViewIfNeeded();
    await page.waitForTimeout(1500);
  } },
  failed: { start: "failed" },
  interrupted: { start: "interrupted" },
  away: { start: () => train(...cliff, "--pace", "20000"), show: async (page, server) => {
    await value(page, "episode", "value", 200);
    await server.kill();
    await page.waitForFunction(() => document.querySelector("[data-testid=banner]").dataset.state === "reconnecting");
  } },
  refused: { start: () => train(...cliff, "--pace", "20000"), show: async page => {
    await value(page, "episode", "value", 100);
    for (const id of ["epsilon", "learning-rate"]) {
      await at(page, id).fill("5");
      await at(page, id).press("Enter");
    }
    await at(page, "epsilon-error").waitFor();
  } },
};

const stored = ["done", "failed", "interrupted"].map(name => join(store, name));
gridworld("train", "--store", stored[0], "--name", "greedy", ...cliff, "--epsilon", "0.01", "--episodes", "400");
gridworld("train", "--store", stored[0], "--name", "cautious", "--learner", "sarsa", ...cliff, "--episodes", "400");
gridworld("train", "--store", stored[0], "--name", "cliff-walking", ...cliff, "--episodes", "500");
try {
  gridworld("train", "--store", stored[1], "--world", hot, "--episodes", "2000");
} catch { /* It fails: that is its scene. */ }
const killed = await serving("train", "--store", stored[2], ...cliff, "--pace", "20000", "--episodes", "1000000", "--serve");
await new Promise(done => setTimeout(done, 4000));
await killed.kill();
const servers = Object.fromEntries(await Promise.all(stored.map(async s => [s.split("/").at(-1), await serving("serve", "--store", s)])));

const errors = [];
for (const [name, { start, show }] of Object.entries(scenes)) {
  if (only && !only.split(",").includes(name)) continue;
  for (const scheme of ["light", "dark"])
    for (const width of [380, 720, 1280, 1440]) {
      const server = typeof start === "string" ? servers[start] : await start();
      const page = await browser.newPage({ viewport: { width, height: width === 1280 ? 800 : 900 }, colorScheme: scheme });
      page.on("console", m => m.type() === "error" && !/400|ERR_/.test(m.text()) && errors.push(`${name} ${width}: ${m.text()}`));
      page.on("pageerror", e => errors.push(`${name} ${width}: ${e}`));
      // The bundle as it was built last, whatever the command was built with.
      await page.route("**/assets/*", async route =>
        route.fulfill({ path: new URL(`../dist/${new URL(route.request().url()).pathname.split("/").at(-1)}`, import.meta.url).pathname }));
      await page.goto(server.url);
      await value(page, "map", "version", 0).catch(() =>
        errors.push(`${name} ${width}: no map`)
      );
      await page.waitForTimeout(400);
      await show?.(page, server);
      await page.waitForTimeout(700);
      await page.screenshot({ path: join(folder, `${name}-${scheme}-${width}.png`), fullPage: true });
      await page.close();
      if (typeof start !== "string")
        await server.kill();
    }
}
for (const server of Object.values(servers)) await server.kill();
await browser.close();
await rm(store, { recursive: true });
console.log(errors.length === 0 ? "no errors in the console" : errors.join("\n"));
process.exit(errors.length === 0 ? 0 : 1);
