import { readNumber } from "../kit/setting";
import { plural } from "../kit/format";
import type { Field, Value } from "./fields";
import { optionsOf } from "./fields";
import type { ListedRun } from "../wire/sessions";

/** What a filter lets through, or what is wrong with it, in words. */
export interface Filter {
  test: (run: ListedRun) => boolean;
  fault: string | null;
}

type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=";
type Test = Filter["test"];

const operators: ReadonlySet<string> = new Set(["=", "!=", "<", "<=", ">", ">="]);
const spellings: Record<string, Operator> = { "==": "=", "≠": "!=", "≤": "<=", "≥": ">=", ":": "=" };
const aliases: Record<string, string> = { alpha: "learning_rate", "α": "learning_rate", gamma: "discount_factor", "γ": "discount_factor",
  "ε": "epsilon", run: "name", mean_return: "return", return_last_100: "return", optimal_value: "optimum", star: "starred" };

const keyOf = (words: readonly string[]): string => {
  const key = words.join("_").toLowerCase().replaceAll("-", "_");
  return aliases[key] ?? key;
};

interface Token {
  text: string;
  kind: "word" | "quoted" | "operator";
}

function tokens(text: string): Token[] | string {
  const found: Token[] = [];
  for (const [, quoted, operator, word, stray] of text.matchAll(/"([^"]*)"|([<>!=]=|[<>=:≠≤≥])|([^\s"<>=:≠≤≥!]+)|(\S)/g)) {
    if (stray !== undefined) return stray === "\"" ? "A quotation mark is not closed." : `'${stray}' has no meaning here.`;
    if (quoted !== undefined) found.push({ text: quoted, kind: "quoted" });
    else if (operator !== undefined) found.push({ text: spellings[operator] ?? operator, kind: "operator" });
    else found.push({ text: word ?? "", kind: "word" });
  }
  return found;
}

const nothing = (fault: string | null): Filter => ({ test: () => true, fault });

/**
 * Reads a filter: `epsilon < 0.1`, `learner = sarsa`, and plain words, which the run's name, world, learner or note must contain. All
 * parts must hold. A filter with a fault lets everything through.
 */
export function readFilter(text: string, fields: readonly Field[]): Filter {
  const list = tokens(text);
  if (typeof list === "string") return nothing(list);
  const byKey = new Map(fields.map(f => [f.key, f])), tests: Test[] = [];
  let words: Token[] = [];
  const contain = (): void => {
    for (const w of words) tests.push(contains(w.text.toLowerCase()));
    words = [];
  };
  for (let i = 0; i < list.length; i++) {
    const token = list[i] as Token;
    if (token.kind !== "operator") {
      words.push(token);
      continue;
    }
    // The field is as many of the words before as make the name of one.
    const length = [3, 2, 1].find(n => n <= words.length && byKey.has(keyOf(words.slice(-n).map(w => w.text))));
    if (length === undefined) {
      const before = words.at(-1)?.text;
      return nothing(
        before === undefined ? `Nothing stands before '${token.text}'. Write, for example, epsilon ${token.text} 0.1.`
          : `There is no column '${before}'. Use one of ${[...byKey.keys()].join(", ")}.`,
      );
    }
    const field = byKey.get(keyOf(words.splice(-length).map(w => w.text))) as Field, value = list[++i];
    if (!value || value.kind === "operator") return nothing(`A value is missing after '${field.key} ${token.text}'.`);
    contain();
    const test = compare(field, token.text as Operator, value.text);
    if (typeof test === "string") return nothing(test);
    tests.push(test);
  }
  contain();
  return { test: run => tests.every(t => t(run)), fault: null };
}

const haystacks = new WeakMap<ListedRun, string>();

function contains(word: string): Test {
  return run => {
    let all = haystacks.get(run);
    if (all === undefined) {
      all = [run.name, run.run_id, run.settings?.world ?? "", optionsOf(run.settings).get("name") ?? "", run.note ?? ""].join("\n")
        .toLowerCase();
      haystacks.set(run, all);
    }
    return all.includes(word);
  };
}

function compare(field: Field, operator: Operator, text: string): Test | string {
  if (!operators.has(operator)) return `'${operator}' is not a comparison. Use =, !=, <, <=, > or >=.`;
  const isDate = field.key === "created", wanted = isDate ? readDate(text) : readNumber(text);
  if (isDate && wanted === null) return `'${text}' is not a date. Write it as 2026-11-29.`;
  if (operator !== "=" && operator !== "!=") {
    if (wanted === null) return `'${text}' is not a number, so ${field.key} ${operator} ${text} cannot be decided.`;
    return run => {
      const v = field.of(run);
      if (typeof v !== "number") return false;
      return operator === "<" ? v < wanted : operator === "<=" ? v <= wanted : operator === ">" ? v > wanted : v >= wanted;
    };
  }
  const lower = text.toLowerCase();
  const equals = (v: Value): boolean =>
    typeof v === "number" ? wanted !== null && (isDate ? Math.floor((v - wanted) / 86_400_000) === 0 : v === wanted)
      : v !== null && v.toLowerCase() === lower;
  return operator === "=" ? run => equals(field.of(run)) : run => !equals(field.of(run));
}

function readDate(text: string): number | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return parts ? new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])).getTime() : null;
}

/** How many runs a filter shows, in words. */
export const shownWords = (shown: number,
  all: number): string => (shown === all ? plural(all, "run") : `${shown.toLocaleString("en-US")} of ${plural(all, "run")}`);
