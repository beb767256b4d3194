// Bundles src/ into dist/: index.html with widget.js and widget.css, and chart.html with chart.js, chart.css and plotly.js. A page asks
// for its files as NAME?v=HASH,
// so that a browser may keep them for ever and still sees a new build at once.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = relative => fileURLToPath(new URL(relative, import.meta.url));
await rm(here("dist"), { recursive: true, force: true });
await mkdir(here("dist"), { recursive: true });

// Both libraries are MIT: their notices travel with the bundle.
const notices = await Promise.all(["uplot/LICENSE", "@microsoft/signalr/package.json"].map(async file => {
  const text = await readFile(here(`node_modules/${file}`), "utf8");
  return file.endsWith(".json")
    ? `@microsoft/signalr ${JSON.parse(text).version}: Copyright (c) .NET Foundation and Contributors. The MIT License (MIT).`
    : `uPlot: ${text.trim()}`;
}));

const result = await build({
  entryPoints: [{ in: here("src/page/main.ts"), out: "widget" }, { in: here("src/page/chart.ts"), out: "chart" }],
  outdir: here("dist"),
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: process.env.MINIFY !== "no",
  legalComments: "inline",
  banner: { js: `/*!\n${notices.join("\n\n")}\n*/` },
  metafile: true,
  logLevel: "warning",
});

// Plotly brings its own notice.
await copyFile(here("node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js"), here("dist/plotly.js"));
await copyFile(here("src/page/chart.css"), here("dist/chart.css"));
await writePage("index.html", ["assets/widget.js", "assets/widget.css"]);
await writePage("chart.html", ["plotly.js", "chart.js", "chart.css"]);

async function writePage(name, files) {
  let page = await readFile(here(`src/page/${name}`), "utf8");
  for (const file of files) {
    const hash = createHash("sha256").update(await readFile(here(`dist/${file.replace("assets/", "")}`))).digest("hex").slice(0, 12);
    page = page.replace(`"${file}"`, `"${file}?v=${hash}"`);
  }
  await writeFile(here(`dist/${name}`), page);
}

for (const [file, { bytes }] of Object.entries(result.metafile.outputs))
  console.log(`${file}  ${(bytes / 1024).toFixed(1)} kB`);
