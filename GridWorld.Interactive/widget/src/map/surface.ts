/** A canvas of the page, or one off the screen. */
export type Surface = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** One off the screen, likewise. */
export function fitOffscreen(canvas: OffscreenCanvas, size: { width: number; height: number }): OffscreenCanvasRenderingContext2D | null {
  return prepared(canvas, canvas.getContext("2d"), size);
}

/** The canvas at its box's size in the screen's own pixels, cleared; drawn on in CSS pixels. */
export function fitCanvas(canvas: HTMLCanvasElement, size: { width: number; height: number }): CanvasRenderingContext2D | null {
  return prepared(canvas, canvas.getContext("2d"), size);
}

function prepared<T extends Surface>(canvas: { width: number; height: number }, context: T | null, size: { width: number; height: number }):
  | T
  | null
{
  const ratio = devicePixelRatio, width = Math.round(size.width * ratio), height = Math.round(size.height * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, size.width, size.height);
  return context;
}
