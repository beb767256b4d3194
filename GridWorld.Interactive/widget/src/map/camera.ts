/** A part of the world in cells; whole numbers when it is asked of the server. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Size {
  width: number;
  height: number;
}

const fewest = 8;

export const wholeWorld = (world: Size): Region => ({ x: 0, y: 0, width: world.width, height: world.height });

export const isWhole = (region: Region, world: Size): boolean => region.width >= world.width && region.height >= world.height;

/** Zooms by a factor; the cell at (cx, cy) stays in place. */
export function scaledRegion(region: Region, world: Size, factor: number, cx: number, cy: number): Region {
  const f = Math.max(factor, fewest / Math.max(region.width, region.height));
  const width = Math.min(world.width, region.width * f), height = Math.min(world.height, region.height * f);
  return inside({ x: cx - ((cx - region.x) * width) / region.width, y: cy - ((cy - region.y) * height) / region.height, width, height },
    world);
}

export function moved(region: Region, world: Size, dx: number, dy: number): Region {
  return inside({ ...region, x: region.x + dx, y: region.y + dy }, world);
}

/** Moves just far enough to make a cell visible. */
export function including(region: Region, world: Size, x: number, y: number): Region {
  const dx = x < region.x ? x - region.x : Math.max(0, x + 1 - region.x - region.width);
  const dy = y < region.y ? y - region.y : Math.max(0, y + 1 - region.y - region.height);
  return dx === 0 && dy === 0 ? region : moved(region, world, dx, dy);
}

/** Whole cells that cover the region. */
export function covering(region: Region, world: Size): Region {
  const x = Math.max(0, Math.floor(region.x)), y = Math.max(0, Math.floor(region.y));
  return { x, y, width: Math.min(world.width, Math.ceil(region.x + region.width)) - x,
    height: Math.min(world.height, Math.ceil(region.y + region.height)) - y };
}

function inside(region: Region, world: Size): Region {
  return {
    ...region,
    x: Math.min(Math.max(0, region.x), world.width - region.width),
    y: Math.min(Math.max(0, region.y), world.height - region.height),
  };
}

/** Values a side that the server sends at most. */
const tileSide = 128;

/**
 * What to ask for where a region is in sight: it and, where that costs no detail, as much again around it, so that a small move finds
 * it there.
 */
export function withMargin(region: Region, world: Size): Region {
  const side = tileSide * Math.ceil(Math.max(region.width, region.height) / tileSide);
  const width = Math.min(world.width, side, region.width * 2), height = Math.min(world.height, side, region.height * 2);
  return covering(
    inside({ x: region.x - (width - region.width) / 2, y: region.y - (height - region.height) / 2, width: Math.floor(width),
      height: Math.floor(height) }, world),
    world,
  );
}
