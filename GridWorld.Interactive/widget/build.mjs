// Bundles src/ into dist/: index.html, widget.js and widget.css. The page asks for the two as assets/NAME?v=HASH,
// so that a browser may keep them for ever and still sees a new build at once.
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
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
  entryPoints: [{ in: here("src/main.ts"), out: "widget" }],
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

let page = await readFile(here("src/index.html"), "utf8");
for (const name of ["widget.js", "widget.css"]) {
  const hash = createHash("sha256").update(await readFile(here(`dist/${name}`))).digest("hex").slice(0, 12);
  page = page.replace(`assets/${name}`, `assets/${name}?v=${hash}`);
}
await writeFile(here("dist/index.html"), page);

for (const [file, { bytes }] of Object.entries(result.metafile.outputs))
  console.log(`${file}  ${(bytes / 1024).toFixed(1)} kB`);
