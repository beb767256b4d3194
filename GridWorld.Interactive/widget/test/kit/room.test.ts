import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchRoom } from "../../src/kit/room";

let tell: (width: number, height: number) => void = () => undefined;
let measured = { width: 0, height: 0, times: 0 };
const element = {
  getBoundingClientRect: () => {
    measured.times++;
    return measured;
  },
} as unknown as Element;

beforeEach(() => {
  measured = { width: 0, height: 0, times: 0 };
  vi.stubGlobal("ResizeObserver", class {
    constructor(told: (entries: { contentRect: { width: number; height: number } }[]) => void) {
      tell = (width, height) => told([{ contentRect: { width, height } }]);
    }

    observe(): void {/* told by the test */}

    disconnect(): void {/* likewise */}
  });
});
afterEach(() => vi.unstubAllGlobals());

it("measures what the browser has not told, once it is shown, and only once", () => {
  const onChange = vi.fn(), room = watchRoom(element, onChange);
  expect(room.size()).toEqual({ width: 0, height: 0 });
  Object.assign(measured, { width: 300.7, height: 200.2, times: 0 });

  expect([room.size(), room.size()]).toEqual([{ width: 300, height: 200 }, { width: 300, height: 200 }]);
  expect(measured.times).toBe(1);
  tell(300.7, 200.2);
  expect(onChange).not.toHaveBeenCalled();
});

it("tells of changes by whole pixels", () => {
  const onChange = vi.fn(), room = watchRoom(element, onChange);
  tell(300, 200);
  tell(300.4, 200.9);
  tell(301, 200);

  expect(onChange).toHaveBeenCalledTimes(2);
  expect(room.size()).toEqual({ width: 301, height: 200 });
});
