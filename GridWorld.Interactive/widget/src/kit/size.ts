let scale: number | null = null;

/**
 * A length that is `px` pixels at the usual size of type, for canvases and lists of rows. Like the style sheet's rem, of which the usual
 * size has 10 px, it grows with the reader's type.
 */
export function sized(px: number): number {
  scale ??= parseFloat(getComputedStyle(document.documentElement).fontSize) / 10 || 1;
  return px * scale;
}
