import tseslint from "typescript-eslint";

// Text reaches the page through textContent only: names of runs, worlds and checkpoints come from strangers.
const htmlFromStrings = ["innerHTML", "outerHTML"].map(name => ({
  selector: `MemberExpression[property.name='${name}'], MemberExpression[property.value='${name}']`,
  message: `${name} parses text as HTML. Build elements with el() and set textContent.`,
})).concat([
  {
    selector:
      "CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|parseFromString|write|writeln)$/]",
    message: "This parses text as HTML. Build elements with el() and set textContent.",
  },
  {
    selector:
      "CallExpression[callee.name=/^(alert|confirm|prompt|eval)$/], CallExpression[callee.property.name=/^(alert|confirm|prompt)$/]",
    message: "Notebook pages forbid dialogs, and the content policy forbids eval.",
  },
  {
    selector: ["object.name=/^(localStorage|sessionStorage)$/", "property.name=/^(localStorage|sessionStorage|cookie)$/"]
      .map(test => `MemberExpression[${test}]`).join(),
    message: "The token lives in memory only; nothing is kept in storage or cookies but the names of hidden panels.",
  },
]);

// Only dom.ts writes what is shown: it escapes what would reorder or hide the text around a name.
const shownAsItIs = [
  {
    selector: "CallExpression[callee.property.name=/^(append|prepend|replaceChildren|replaceWith|insertAdjacentText|createTextNode)$/]",
    message: "A string would be shown as it is, with all its control characters. Use el(), addChildren() or setChildren().",
  },
  {
    selector: "AssignmentExpression[left.property.name=/^(textContent|innerText|nodeValue)$/]",
    message: "The text would be shown as it is, with all its control characters. Use setText().",
  },
];

export default tseslint.config(
  { ignores: ["dist/", "node_modules/"] },
  { files: ["**/*.{ts,js,mjs}"], rules: { "max-len": ["error", 140] } },
  ...tseslint.configs.strictTypeChecked.map(c => ({ ...c, files: ["src/**/*.ts", "test/**/*.ts"] })),
  {
    files: ["src/**/*.ts", "test/**/*.ts"],
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      "no-restricted-syntax": ["error", ...htmlFromStrings],
      "eqeqeq": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/kit/dom.ts"],
    rules: { "no-restricted-syntax": ["error", ...htmlFromStrings, ...shownAsItIs] },
  },
);
