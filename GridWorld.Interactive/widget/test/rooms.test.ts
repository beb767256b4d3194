import { expect, it } from "vitest";

/** The rooms of src/, from left to right. A file imports from its own room and from the rooms to its left. */
const rooms = ["wire", "kit", "curve", "map", "time", "run", "table", "sweep", "page"];

declare global {
  interface ImportMeta {
    glob: (pattern: string, options: { query: string; import: string; eager: true }) => Record<string, string>;
  }
}

const texts = import.meta.glob("../src/**/*.ts", { query: "?raw", import: "default", eager: true });
/** The imports of each file. */
const source = new Map(
  Object.entries(texts)
    .filter(([file]) => !file.endsWith(".d.ts"))
    .map(([file, text]) => {
      const imports = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]*)(?<!\.css)"/g)].map(
        ([, to]) => new URL(`${to ?? ""}.ts`, `file:///x/${file.replace("../", "")}`).pathname,
      );
      return [file.replace("../src/", ""), imports.map(to => to.replace("/x/src/", ""))];
    }),
);

function faults(imports: Map<string, string[]>): string[] {
  const place = (file: string): number => rooms.indexOf(file.split("/")[0] ?? "");
  const found = [...imports.keys()].filter(file => place(file) < 0).map(file => `${file} is not in a room`);
  for (const [file, targets] of imports)
    for (const to of targets) if (place(to) > place(file)) found.push(`${file} imports ${to}, which is to its right`);
  return [...found, ...circles(imports)];
}

/** Imports that lead back to the file they start from. */
function circles(imports: Map<string, string[]>): string[] {
  const found: string[] = [],
    done = new Set<string>();
  const walk = (file: string, path: string[]): void => {
    if (path.includes(file)) found.push(`a circle of imports: ${[...path.slice(path.indexOf(file)), file].join(" → ")}`);
    else if (!done.has(file)) { for (const to of imports.get(file) ?? []) walk(to, [...path, file]); }
    done.add(file);
  };
  for (const file of imports.keys()) walk(file, []);
  return found;
}

it("imports only to the left, without circles", () => expect(faults(source)).toEqual([]));

it.each([
  ["wire/api.ts", "kit/dom.ts", "wire/api.ts imports kit/dom.ts, which is to its right"],
  ["kit/names.ts", "kit/dom.ts", "a circle of imports: kit/dom.ts → kit/names.ts → kit/dom.ts"],
  ["stray.ts", "wire/api.ts", "stray.ts is not in a room"],
])("names the import of %s from %s", (file, to, fault) => {
  expect(faults(new Map(source).set(file, [to]))).toContain(fault);
});

it("knows each room by at most 25 files", () => {
  const sizes = rooms.map(room => [room, [...source.keys()].filter(file => file.startsWith(`${room}/`)).length] as const);
  expect(sizes.filter(([, size]) => size === 0 || size > 25)).toEqual([]);
});
