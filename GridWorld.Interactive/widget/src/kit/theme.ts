const names = ["bg", "card", "sunk", "line", "ink", "soft", "faint", "accent", "good", "warn", "bad", "band", "curve", "second", "third",
  "fourth", "fifth", "sixth", "seventh", "eighth", "wall", "grid", "void"] as const;

export type Theme = Record<(typeof names)[number], string> & { font: string };

/** The style sheet's colors for the host's theme, for drawing on canvas. */
export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const result = { font: style.fontFamily } as Theme;
  for (const name of names) result[name] = style.getPropertyValue(`--${name}`).trim();
  return result;
}

/** Calls back when the host changes between light, dark and forced colors. Returns a function that stops this. */
export function onThemeChange(changed: () => void): () => void {
  const queries = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"].map(q => matchMedia(q));
  for (const q of queries) q.addEventListener("change", changed);
  return () => {
    for (const q of queries) q.removeEventListener("change", changed);
  };
}
