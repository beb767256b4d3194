// Checks the spelling of the documentation and the notebooks: American English, and the words in docs/words.txt.
import english from "dictionary-en";
import { readdirSync, readFileSync } from "node:fs";
import nspell from "nspell";

const root = new URL("../../../", import.meta.url).pathname;
const read = file => readFileSync(root + file, "utf8");
const spell = nspell(english.aff, english.dic);
const own = new Set(read("docs/words.txt").split("\n"));
const isRight = word => own.has(word) || own.has(word.toLowerCase()) || spell.correct(word);

/** A notebook's Markdown cells, or the page itself. */
function prose(file) {
  if (!file.endsWith(".ipynb")) return read(file);
  return JSON.parse(read(file)).cells.flatMap(cell => cell.cell_type === "markdown" ? [...cell.source, "\n"] : []).join("");
}

/** The words outside code, links and tags, without names such as RunView, URL or 1st. */
function words(text) {
  const plain = text.replace(/```[^]*?```|`[^`\n]*`|\]\([^)]*\)|https?:\S+|<[^>]*>/g, " ");
  const all = plain.match(/[\p{L}\p{N}_]+(?:['’]\p{L}+)*/gu) ?? [];
  return new Set(all.map(word => word.replace("’", "'")).filter(word => /^\p{L}\p{Ll}+(?:'\p{L}+)?$/u.test(word)));
}

const pages = ["", "docs/", "bench/", "notebooks/"].flatMap(folder =>
  readdirSync(root + folder, { recursive: folder === "docs/" }).map(file => folder + file)
).filter(file => /\.(md|ipynb)$/.test(file));
const wrong = pages.flatMap(file =>
  [...words(prose(file))].filter(word => !isRight(word) && !isRight(word.replace(/'s?$/, ""))).map(word => `${file}: ${word}`)
);
if (wrong.length > 0) {
  console.error(`${wrong.join("\n")}\nCorrect these words, or add them to docs/words.txt.`);
  process.exitCode = 1;
}
