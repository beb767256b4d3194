/** Names come from untrusted sources. A name must not reverse the text around it, and is read in its own direction. */

/** What reorders or hides text: direction marks, overrides, embeddings, line separators, control characters. Line feeds stay. */
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066\u2067]/g;
const rightToLeft = /[\u0590-\u08ff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** Shows such characters in a text by their code: \u202e. */
export function visible(text: string): string {
  return text.replace(steering, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Isolates a name within a text, so that a right-to-left name does not reorder the text. */
export function isolated(name: string): string {
  const text = visible(name).replace(/[\u2068\u2069]/g, c => `\\u${c.charCodeAt(0).toString(16)}`);
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}
