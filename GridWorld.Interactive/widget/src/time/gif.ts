/**
 * Animated GIF (CompuServe 1990, "Graphics Interchange Format, Version 89a"), looping by Netscape's application extension.
 * Frames are rectangles of palette indices laid over what is there; what did not change is not sent again.
 */

export interface GifFrame {
  left: number;
  top: number;
  width: number;
  height: number;
  /** One index a pixel, row by row. */
  pixels: Uint8Array;
  /** Hundredths of a second until the next frame. */
  delay: number;
}

/** A growing array of bytes. */
class Bytes {
  private data = new Uint8Array(1 << 16);
  private length = 0;

  push(...values: number[]): void {
    this.add(values);
  }

  add(values: ArrayLike<number>): void {
    if (this.length + values.length > this.data.length) {
      const grown = new Uint8Array(Math.max(this.data.length * 2, this.length + values.length));
      grown.set(this.data.subarray(0, this.length));
      this.data = grown;
    }
    this.data.set(values, this.length);
    this.length += values.length;
  }

  word(value: number): void {
    this.push(value & 255, value >> 8);
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.data.slice(0, this.length);
  }
}

/** @param palette at most 256 colors, each 0xRRGGBB. */
export function encodeGif(width: number, height: number, palette: readonly number[], frames: readonly GifFrame[]): Uint8Array<ArrayBuffer> {
  const bits = Math.max(2, Math.ceil(Math.log2(Math.max(2, palette.length))));
  if (palette.length > 256) throw new RangeError(`A GIF has 256 colors at most (got ${palette.length}).`);
  const out = new Bytes(), text = (s: string): void => out.add(Array.from(s, c => c.charCodeAt(0)));
  text("GIF89a");
  out.word(width);
  out.word(height);
  out.push(0x80 | 0x70 | (bits - 1), 0, 0);
  for (let i = 0; i < 1 << bits; i++) {
    const color = palette[i] ?? 0;
    out.push(color >> 16, (color >> 8) & 255, color & 255);
  }
  out.push(0x21, 0xff, 11);
  text("NETSCAPE2.0");
  out.push(3, 1, 0, 0, 0);
  for (const frame of frames) {
    // Leave the frame in place when the next comes (disposal 1); no color is see-through.
    out.push(0x21, 0xf9, 4, 1 << 2);
    out.word(frame.delay);
    out.push(0, 0, 0x2c);
    for (const n of [frame.left, frame.top, frame.width, frame.height]) out.word(n);
    out.push(0, bits);
    const data = lzw(frame.pixels, bits);
    for (let at = 0; at < data.length; at += 255) {
      const block = data.subarray(at, at + 255);
      out.push(block.length);
      out.add(block);
    }
    out.push(0);
  }
  out.push(0x3b);
  return out.take();
}

/** Variable-length LZW as in appendix F of the specification: codes grow from `bits` + 1 to 12, low bits first. */
function lzw(pixels: Uint8Array, bits: number): Uint8Array {
  const clear = 1 << bits, end = clear + 1, out = new Bytes();
  let size = bits + 1, next = end + 1, buffer = 0, held = 0;
  const codes = new Map<number, number>();
  const put = (code: number): void => {
    buffer |= code << held;
    for (held += size; held >= 8; held -= 8) {
      out.push(buffer & 255);
      buffer >>>= 8;
    }
  };
  put(clear);
  let prefix = pixels[0] ?? 0;
  for (let i = 1; i < pixels.length; i++) {
    const pixel = pixels[i] ?? 0, key = (prefix << 8) | pixel, known = codes.get(key);
    if (known !== undefined) {
      prefix = known;
      continue;
    }
    put(prefix);
    if (next < 4096) {
      if (next === 1 << size) size++;
      codes.set(key, next++);
    } else {
      put(clear);
      codes.clear();
      size = bits + 1;
      next = end + 1;
    }
    prefix = pixel;
  }
  if (pixels.length > 0) put(prefix);
  // A reader has one code more by now.
  if (next === 1 << size && size < 12) size++;
  put(end);
  if (held > 0) out.push(buffer & 255);
  return out.take();
}
