// Pictures of the page at every width, light and dark, empty and full: npm run shots -- FOLDER
import { mkdir } from "node:fs/promises";
import { chromium } from "playwright-core";
import { startServer } from "./server.mjs";

const folder = process.argv[2] ?? "shots";
const only = process.argv[3];
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const scenes = {
  full: { flags: [{ flag: "no_improvement", text: "no reward improvement in 100 episodes—check hyperparameters" }], state: "paused" },
  empty: { episodes: 0, state: "paused" },
  tabs: { state: "completed" },
  cliff: { world: "cliff", name: "cliff-walking", episodes: 3000, state: "completed" },
  lake: { world: "lake", name: "frozen-lake-4x4", episodes: 300, state: "paused" },
  compared: { state: "paused", others: [{ name: "maze-greedy", epsilon: 0.01, alpha: 0.3, seed: 3, episodes: 2000 }, { name: "maze-bold", epsilon: 0.3, seed: 5, episodes: 1500 }] },
  failed: { state: "failed", message: "Q of state 37, action up became infinite in episode 2,400." },
};
const errors = [];
for (const [scene, options] of Object.entries(scenes)) {
  if (only && only !== scene) continue;
  const server = await startServer(options);
  for (const scheme of ["light", "dark"]) for (const width of [380, 720, 1280, 1440]) {
    const page = await browser.newPage({ viewport: { width, height: width < 700 ? 900 : 1000 }, colorScheme: scheme });
    page.on("console", m => m.type() === "error" && !m.text().includes("400") && errors.push(`${scene} ${width}: ${m.text()}`));
    page.on("pageerror", e => errors.push(`${scene} ${width}: ${e}`));
    await page.goto(server.url);
    await page.waitForSelector("[data-testid=map][data-version='1']", { timeout: 5000 }).catch(() => errors.push(`${scene} ${width}: no map`));
    if (scene === "full") {
      await page.fill("[data-testid=epsilon]", "5");
      await page.press("[data-testid=epsilon]", "Enter");
      const box = await page.locator("[data-testid=map]").boundingBox();
      await page.mouse.move(box.x + box.width * 0.62, box.y + box.height * 0.56);
    }
    if (scene === "tabs") for (const tab of ["checkpoints", "downloads", "events"]) {
      await page.click(`[data-testid=tab-${tab}]`);
      await page.waitForTimeout(900);
      await page.locator(".bottom").screenshot({ path: `${folder}/${tab}-${scheme}-${width}.png` });
    }
    if (scene === "compared") {
      await page.click("[data-testid=tab-compare]");
      await page.locator("[data-testid=compare]").scrollIntoViewIfNeeded();
      await page.locator("[data-run='01J-other-1']").check({ timeout: 8000 });
      await page.waitForTimeout(1200);
    }
    await page.waitForTimeout(700);
    await page.screenshot({ path: `${folder}/${scene}-${scheme}-${width}.png`, fullPage: true });
    await page.close();
  }
  await server.stop();
}
await browser.close();
console.log(errors.length === 0 ? "no errors in the console" : errors.join("\n"));
process.exit(errors.length === 0 ? 0 : 1);
