import type { WireMap } from "./protocol";

/** One rectangle of the map as it is drawn: `step` cells per value, NaN where there is nothing to show. */
export interface Tile {
  layer: string;
  episode: number;
  mode: number;
  x: number;
  y: number;
  step: number;
  columns: number;
  rows: number;
  /** Numbers a cell: of Q one for each action. */
  channels: number;
  /** One number a cell: of several the greatest. */
  values: Float64Array;
  /** All numbers, cell by cell; the same as `values` where there is one a cell. */
  all: Float64Array;
  extent: readonly [number, number] | null;
  /** The least and the greatest number, where some lie beyond the scale; these are infinite in `all`. */
  beyond: readonly [number, number] | null;
  policy: Uint8Array | null;
  /** The episode after which the last changes are known; null in other layers, and while none are known. */
  after: number | null;
  /** The number of each cell's tile in the world's table. */
  cells: Uint8Array | null;
}

export type Tiles = ReadonlyMap<string, Tile>;

export const noTiles: Tiles = new Map();

/** 64 tiles of 128 × 128 values are 8 MB: more than any screen shows. */
const mostTiles = 64;

export function bytes(base64: string): Uint8Array {
  const text = atob(base64);
  const result = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) result[i] = text.charCodeAt(i);
  return result;
}

/** Little-endian numbers of 8 or 16 bits, as value = offset + scale · n; `nan` marks nothing. What lies beyond the scale is infinite. */
export function decode(map: WireMap): Float64Array {
  const raw = bytes(map.data);
  const count = map.columns * map.rows * (map.channels ?? 1);
  const size = map.bits / 8;
  if (raw.length !== count * size)
    throw new RangeError(`Map has ${raw.length} bytes; ${map.columns} × ${map.rows} values of ${map.bits} bits need ${count * size}.`);
  const view = new DataView(raw.buffer);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const n = size === 1 ? view.getUint8(i) : view.getUint16(2 * i, true);
    values[i] = n === map.nan ? NaN
      : map.beyond && n === 0 ? -Infinity : map.beyond && n === map.nan - 1 ? Infinity : map.offset + map.scale * n;
  }
  return values;
}

/** The greatest number of each cell; NaN where it has none. */
function greatest(all: Float64Array, channels: number): Float64Array {
  if (channels === 1) return all;
  const result = new Float64Array(all.length / channels);
  for (let i = 0; i < result.length; i++) {
    let best = NaN;
    for (let c = 0; c < channels; c++) {
      const v = all[i * channels + c] ?? NaN;
      if (!(v <= best)) best = Number.isNaN(v) ? best : v;
    }
    result[i] = best;
  }
  return result;
}

/** One tile of the server's map; `last`, the one in its place, lends what is not sent again. */
export function tileOf(map: WireMap, last?: Tile): Tile {
  const same = last?.columns === map.columns && last.rows === map.rows && last.step === map.step;
  const all = decode(map), channels = map.channels ?? 1;
  return {
    layer: map.layer,
    episode: map.episode,
    mode: map.mode,
    x: map.x,
    y: map.y,
    step: map.step,
    columns: map.columns,
    rows: map.rows,
    channels,
    all,
    values: greatest(all, channels),
    extent: extentOf(all),
    beyond: map.beyond ? [map.beyond[0] ?? NaN, map.beyond[1] ?? NaN] : null,
    policy: map.policy ? bytes(map.policy) : same && last.layer === map.layer ? last.policy : null,
    after: map.after ?? null,
    cells: map.cells ? bytes(map.cells) : same ? last.cells : null,
  };
}

/** The tiles with this one laid over them. Another layer or level of detail keeps the cells and drops the rest. */
export function lay(tiles: Tiles, map: WireMap): Tiles {
  const key = `${map.x},${map.y}`;
  const result = new Map<string, Tile>();
  for (const [k, t] of tiles) if (k !== key && t.layer === map.layer && t.step === map.step && t.mode === map.mode) result.set(k, t);
  result.set(key, tileOf(map, tiles.get(key)));
  for (const k of result.keys()) {
    if (result.size <= mostTiles) break;
    result.delete(k);
  }
  return result;
}

/** The tile of one cell, or null where only coarser ones are known. */
export function cellOf(tiles: Tiles, x: number, y: number): number | null {
  for (const t of tiles.values())
    if (t.step === 1 && t.cells && x >= t.x && y >= t.y && x < t.x + t.columns && y < t.y + t.rows)
      return t.cells[(y - t.y) * t.columns + x - t.x] ?? 0;
  return null;
}

/** Whether the tiles from the left edge of the world to the right one cover all of it. */
export function coversAll(tiles: Tiles, width: number, height: number): boolean {
  let reached = 0;
  for (const t of [...tiles.values()].sort((a, b) => a.y - b.y))
    if (t.x === 0 && t.columns * t.step >= width && t.y <= reached) reached = Math.max(reached, t.y + t.rows * t.step);
  return reached >= height;
}

function extentOf(values: Float64Array): [number, number] | null {
  let least = Infinity, most = -Infinity;
  for (const v of values)
    if (Number.isFinite(v)) {
      if (v < least) least = v;
      if (v > most) most = v;
    }
  return least <= most ? [least, most] : null;
}

/** Least and greatest value on the scale, or null where nothing is shown. */
export function extent(tiles: Iterable<Tile>): [number, number] | null {
  return union(tiles, t => t.extent);
}

/** Least and greatest value of all, where some lie beyond the scale. */
export function beyond(tiles: Iterable<Tile>): [number, number] | null {
  return union(tiles, t => t.beyond);
}

function union(tiles: Iterable<Tile>, of: (tile: Tile) => Tile["extent"]): [number, number] | null {
  let least = Infinity, most = -Infinity;
  for (const t of tiles) {
    const e = of(t);
    if (!e) continue;
    least = Math.min(least, e[0]);
    most = Math.max(most, e[1]);
  }
  return least <= most ? [least, most] : null;
}
