export interface Size {
  width: number;
  height: number;
}

const whole = ({ width, height }: Size): Size => ({ width: Math.floor(width), height: Math.floor(height) });

/**
 * The size of an element's box, in whole CSS pixels, and its changes. Before the browser has reported a size, it measures:
 * the first view need not wait for another frame.
 */
export function watchRoom(element: Element, onChange: () => void): { size: () => Size; dispose: () => void } {
  let known: Size = { width: 0, height: 0 };
  const observer = new ResizeObserver(entries => {
    const last = entries.at(-1);
    if (!last) return;
    const { width, height } = known;
    known = whole(last.contentRect);
    if (known.width !== width || known.height !== height) onChange();
  });
  observer.observe(element);
  return {
    size: () => {
      if (known.width === 0) known = whole(element.getBoundingClientRect());
      return known;
    },
    dispose: () => observer.disconnect(),
  };
}

/** Whether any of an element is in sight: inside the window, and not hidden. `changed` is called when that changes. */
export function watchSight(element: Element, changed: () => void): { isSeen: () => boolean; dispose: () => void } {
  let isSeen = false;
  const observer = new IntersectionObserver(entries => {
    isSeen = entries.at(-1)?.isIntersecting === true;
    changed();
  });
  observer.observe(element);
  return { isSeen: () => isSeen, dispose: () => observer.disconnect() };
}
