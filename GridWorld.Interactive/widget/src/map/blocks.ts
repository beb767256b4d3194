import { colorTiles, detailTile, detailsFrom } from "./paint";
import type { MapPicture } from "./picture";
import { scaleEnds } from "./layers";
import type { Rect } from "./shares";
import { fitOffscreen, type Surface } from "./surface";
import type { Tile } from "../wire/tiles";

interface Block {
  canvas: OffscreenCanvas;
  /** What it was painted from. */
  tile: Tile;
  ends: string;
}

/** Side of a block in CSS pixels, about; pixels that are kept; cells so few that they are painted at once, without blocks. */
const side = 200, mostPixels = 6e6, fewCells = 300;

/**
 * Paints the map as `paintMap` does, with what is drawn over the colors kept in blocks: a map that is moved costs copies only. In one
 * frame blocks are painted for `budget` ms, at least one; those that must wait stand as they were, and `paint` answers false.
 */
export function createBlocks(
  now: () => number = () => performance.now(),
): { paint: (context: Surface, picture: MapPicture, budget: number) => boolean } {
  // The least recently drawn come first.
  const blocks = new Map<string, Block>();
  let look = "";

  function paint(context: Surface, picture: MapPicture, budget: number): boolean {
    const { cell } = picture.layout, drawn = colorTiles(context, picture);
    if (cell < detailsFrom || area(drawn.values()) <= fewCells) {
      for (const [tile, rects] of drawn) for (const r of rects) detailTile(context, picture, tile, r);
      return true;
    }
    const nextLook = JSON.stringify([picture.layer.name, cell, devicePixelRatio, picture.theme]);
    if (nextLook !== look) blocks.clear();
    look = nextLook;
    const cells = Math.max(4, Math.round(side / cell)), until = now() + budget;
    const ends = picture.extent ? scaleEnds(picture.layer, picture.extent).join() : "";
    let isDone = true, painted = 0;
    for (const [tile, rects] of drawn) {
      if (tile.step !== 1) continue;
      for (const r of rects)
        for (const part of pieces(r, tile, cells)) {
          const key = `${tile.x},${tile.y},${tile.columns},${part.block.left},${part.block.top}`;
          let block = blocks.get(key);
          if (block?.tile !== tile || block.ends !== ends) {
            if (painted > 0 && now() > until) isDone = false;
            else {
              block = { canvas: detail(picture, tile, part.block, block?.canvas), tile, ends };
              painted++;
            }
          }
          if (!block) continue;
          blocks.delete(key);
          blocks.set(key, block);
          copy(context, picture, block.canvas, part);
        }
    }
    const most = Math.ceil(mostPixels / (cells * cell * devicePixelRatio) ** 2);
    for (const key of blocks.keys()) {
      if (blocks.size <= most) break;
      blocks.delete(key);
    }
    return isDone;
  }

  return { paint };
}

function area(parts: Iterable<readonly Rect[]>): number {
  let sum = 0;
  for (const rects of parts) for (const r of rects) sum += (r.right - r.left) * (r.bottom - r.top);
  return sum;
}

/** The rectangle, cut by the blocks of the tile: each with the block it lies in. All in cells of the world. */
function* pieces(r: Rect, tile: Tile, cells: number): Generator<{ block: Rect; shown: Rect }> {
  const first = (at: number, from: number): number => from + Math.floor((at - from) / cells) * cells;
  for (let top = first(r.top, tile.y); top < r.bottom; top += cells)
    for (let left = first(r.left, tile.x); left < r.right; left += cells) {
      const block = { left, top, right: Math.min(left + cells, tile.x + tile.columns), bottom: Math.min(top + cells, tile.y + tile.rows) };
      yield { block,
        shown: { left: Math.max(left, r.left), top: Math.max(top, r.top), right: Math.min(block.right, r.right),
          bottom: Math.min(block.bottom, r.bottom) } };
    }
}

function detail(picture: MapPicture, tile: Tile, block: Rect, used: OffscreenCanvas | undefined): OffscreenCanvas {
  const { cell } = picture.layout, canvas = used ?? new OffscreenCanvas(1, 1);
  const context = fitOffscreen(canvas, { width: (block.right - block.left) * cell, height: (block.bottom - block.top) * cell });
  if (context)
    detailTile(context, { ...picture, layout: { ...picture.layout, left: -block.left * cell, top: -block.top * cell } }, tile, block);
  return canvas;
}

function copy(context: Surface, { layout: { left, top, cell } }: MapPicture, canvas: OffscreenCanvas,
  { block, shown }: { block: Rect; shown: Rect }): void
{
  const ratio = canvas.width / ((block.right - block.left) * cell), width = (shown.right - shown.left) * cell,
    height = (shown.bottom - shown.top) * cell;
  context.drawImage(canvas, (shown.left - block.left) * cell * ratio, (shown.top - block.top) * cell * ratio, width * ratio, height * ratio,
    left + shown.left * cell, top + shown.top * cell, width, height);
}
