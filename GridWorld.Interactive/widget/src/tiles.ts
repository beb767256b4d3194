import type { WireMap } from "./protocol";

/** One rectangle of the map as it is drawn: `step` cells per value, NaN where there is nothing to show. */
export interface Tile {
  layer: string;
  episode: number;
  x: number;
  y: number;
  step: number;
  columns: number;
  rows: number;
  values: Float32Array;
  policy: Uint8Array | null;
  cells: Uint8Array | null;
}

export type Tiles = ReadonlyMap<string, Tile>;

export const noTiles: Tiles = new Map();

/** 64 tiles of 128 × 128 values are 4 MB: more than any screen shows. */
const mostTiles = 64;

export function bytes(base64: string): Uint8Array {
  const text = atob(base64);
  const result = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) result[i] = text.charCodeAt(i);
  return result;
}

/** Little-endian numbers of 8 or 16 bits, as value = offset + scale · n; `nan` marks nothing. */
export function decode(map: WireMap): Float32Array {
  const raw = bytes(map.data);
  const count = map.columns * map.rows;
  const size = map.bits / 8;
  if (raw.length !== count * size) throw new RangeError(`Map has ${raw.length} bytes; ${map.columns} × ${map.rows} values of ${map.bits} bits need ${count * size}.`);
  const view = new DataView(raw.buffer);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const n = size === 1 ? view.getUint8(i) : view.getUint16(2 * i, true);
    values[i] = n === map.nan ? NaN : map.offset + map.scale * n;
  }
  return values;
}

/** The tiles with this one laid over them. Another layer or level of detail keeps the cells and drops the rest. */
export function lay(tiles: Tiles, map: WireMap): Tiles {
  const key = `${map.x},${map.y}`;
  const last = tiles.get(key);
  const same = last?.columns === map.columns && last.rows === map.rows && last.step === map.step;
  const result = new Map<string, Tile>();
  for (const [k, t] of tiles) if (k !== key && t.layer === map.layer && t.step === map.step) result.set(k, t);
  result.set(key, {
    layer: map.layer, episode: map.episode, x: map.x, y: map.y, step: map.step, columns: map.columns, rows: map.rows,
    values: decode(map),
    policy: map.policy ? bytes(map.policy) : same ? last.policy : null,
    cells: map.cells ? bytes(map.cells) : same ? last.cells : null,
  });
  for (const k of result.keys()) {
    if (result.size <= mostTiles) break;
    result.delete(k);
  }
  return result;
}

/** The character of one cell, or null where only coarser ones are known. */
export function cellOf(tiles: Tiles, x: number, y: number): string | null {
  for (const t of tiles.values())
    if (t.step === 1 && t.cells && x >= t.x && y >= t.y && x < t.x + t.columns && y < t.y + t.rows)
      return String.fromCharCode(t.cells[(y - t.y) * t.columns + x - t.x] ?? 0);
  return null;
}

/** Whether nothing of the world lies beside the tiles. They don't overlap, so their cells can be counted. */
export function coversAll(tiles: Tiles, width: number, height: number): boolean {
  let cells = 0;
  for (const t of tiles.values()) cells += Math.min(t.columns * t.step, width - t.x) * Math.min(t.rows * t.step, height - t.y);
  return cells >= width * height;
}

/** Least and greatest finite value shown, or null where nothing is. */
export function extent(tiles: Iterable<Tile>): [number, number] | null {
  let least = Infinity, greatest = -Infinity;
  for (const tile of tiles)
    for (const v of tile.values) if (Number.isFinite(v)) {
      if (v < least) least = v;
      if (v > greatest) greatest = v;
    }
  return least <= greatest ? [least, greatest] : null;
}
