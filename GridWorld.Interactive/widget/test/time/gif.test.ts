import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { encodeGif, type GifFrame } from "../../src/time/gif";
import { Palette } from "../../src/time/palette";
import { changed, framesOf } from "../../src/time/replay-gif";

/** A reader written from the specification's side, not the writer's: table of strings, codes that grow when it is full. */
function read(file: Uint8Array): { width: number; height: number; colors: number; frames: GifFrame[] } {
  const word = (at: number): number => (file[at] ?? 0) | ((file[at + 1] ?? 0) << 8);
  expect(String.fromCharCode(...file.subarray(0, 6))).toBe("GIF89a");
  const colors = 2 << ((file[10] ?? 0) & 7), frames: GifFrame[] = [];
  let at = 13 + 3 * colors, delay = 0;
  for (;;) {
    const kind = file[at++];
    if (kind === 0x3b) break;
    if (kind === 0x21) {
      const label = file[at++];
      if (label === 0xf9) delay = word(at + 2);
      while ((file[at] ?? 0) !== 0) at += 1 + (file[at] ?? 0);
      at++;
    } else if (kind === 0x2c) {
      const [left, top, width, height] = [word(at), word(at + 2), word(at + 4), word(at + 6)] as const, data: number[] = [];
      const bits = file[at + 9] ?? 0;
      at += 10;
      for (let n = file[at] ?? 0; n !== 0; n = file[at] ?? 0) {
        data.push(...file.subarray(at + 1, at + 1 + n));
        at += 1 + n;
      }
      at++;
      frames.push({ left, top, width, height, delay, pixels: Uint8Array.from(unpack(data, bits)) });
    } else throw new Error(`There is no block ${kind}.`);
  }
  expect(at).toBe(file.length);
  return { width: word(6), height: word(8), colors, frames };
}

function unpack(data: readonly number[], bits: number): number[] {
  const clear = 1 << bits, result: number[] = [];
  let table: number[][] = [], size = bits + 1, last: number[] | null = null, position = 0;
  const reset = (): void => {
    table = Array.from({ length: clear + 2 }, (_, i) => (i < clear ? [i] : []));
    size = bits + 1;
    last = null;
  };
  reset();
  for (;;) {
    let code = 0;
    for (let b = 0; b < size; b++, position++) code |= (((data[position >> 3] ?? 0) >> (position & 7)) & 1) << b;
    if (code === clear) reset();
    else if (code === clear + 1) return result;
    else {
      const known: number[] | undefined = table[code], text: number[] = known ?? [...(last ?? []), (last ?? [])[0] ?? -1];
      if (last && table.length < 4096) table.push([...last, text[0] ?? -1]);
      if (table.length === 1 << size && size < 12) size++;
      result.push(...text);
      last = text;
    }
  }
}

const frame = (width: number, height: number, pixels: number[], delay = 10): GifFrame => ({ left: 0, top: 0, width, height,
  pixels: Uint8Array.from(pixels), delay });

describe("a GIF", () => {
  it("gives every pixel back, whatever they are", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 2, max: 256 }), fc.integer(),
        (width, height, colors, seed) => {
          let state = seed >>> 0;
          const pixels = Array.from({ length: width * height }, () => (state = (state * 1664525 + 1013904223) >>> 0) % colors);
          const back = read(encodeGif(width, height, Array.from({ length: colors }, (_, i) => i), [frame(width, height, pixels)]));

          expect([...(back.frames[0]?.pixels ?? [])]).toEqual(pixels);
        }),
      { numRuns: 30 },
    );
  });

  it("starts its codes again where they are used up", () => {
    let state = 1;
    const pixels = Array.from({ length: 200 * 200 }, () => (state = (state * 48271) % 2147483647) & 255);

    expect([...(read(encodeGif(200, 200, Array.from({ length: 256 }, (_, i) => i), [frame(200, 200, pixels)])).frames[0]?.pixels ?? [])])
      .toEqual(pixels);
  });

  it("says size, place and delay of each frame", () => {
    const back = read(
      encodeGif(300, 2, [0, 0xffffff], [frame(300, 2, new Array<number>(600).fill(1)), { ...frame(1, 1, [0], 150), left: 299, top: 1 }]),
    );

    expect([back.width, back.height, back.frames.length]).toEqual([300, 2, 2]);
    expect(back.frames[1]).toMatchObject({ left: 299, top: 1, width: 1, height: 1, delay: 150 });
  });

  it("takes no more than 256 colors", () =>
    expect(() => encodeGif(1, 1, new Array<number>(257).fill(0), [])).toThrow("A GIF has 256 colors at most (got 257)."));
});

describe("frames of a replay", () => {
  it("are all steps and the end, or as many in even strides", () => {
    expect(framesOf(3)).toEqual([0, 1, 2, 3]);
    expect(framesOf(0)).toEqual([0]);
    expect(framesOf(1000, 5)).toEqual([0, 250, 500, 750, 1000]);
  });

  it("hold the smallest rectangle that changed", () => {
    const last = new Uint8Array(12), now = last.slice();
    [now[5], now[10]] = [7, 9];

    expect(changed(last, now, 4, 5)).toEqual({ left: 1, top: 1, width: 2, height: 2, pixels: Uint8Array.from([7, 0, 0, 9]), delay: 5 });
    expect(changed(last, last, 4, 5).pixels.length).toBe(1);
  });
});

it("colors are the most frequent ones, and others take the nearest", () => {
  const palette = new Palette(),
    picture = Uint8ClampedArray.from([255, 0, 0, 255, 255, 0, 0, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 255, 0, 255]);
  palette.count(picture);
  palette.choose(2);

  expect(palette.colors).toEqual([0xff0000, 0x0000ff]);
  expect([...palette.indices(Uint8ClampedArray.from([250, 10, 10, 255, 30, 30, 200, 255]))]).toEqual([0, 1]);
});
