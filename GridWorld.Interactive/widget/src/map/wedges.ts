import { direction } from "../kit/layout";

export type Point = readonly [number, number];

/**
 * The part of a unit square, its middle at (0, 0), that belongs to each action: the directions nearest to the action's.
 * Four actions give four triangles, eight give eight; "stay" has a small square in the middle. Actions without a direction
 * share a square in the middle, or the cell if no action has one.
 */
export function wedges(actions: readonly string[]): (readonly Point[])[] {
  const half = actions.some(a => {
      const d = direction(a);
      return d !== null && d[0] !== 0 && d[1] !== 0;
    }) ? Math.PI / 8 : Math.PI / 4;
  const others = actions.filter(a => direction(a) === null);
  return actions.map(a => {
    const way = direction(a);
    if (!way) return column(others.indexOf(a), others.length, others.length === actions.length ? 1 : 0.44);
    if (way[0] === 0 && way[1] === 0) return [[-0.14, -0.14], [0.14, -0.14], [0.14, 0.14], [-0.14, 0.14]];
    const angle = Math.atan2(way[1], way[0]), [from, to] = [onEdge(angle - half), onEdge(angle + half)];
    const corner: Point[] = way[0] !== 0 && way[1] !== 0 ? [[way[0] / 2, way[1] / 2]] : [];
    return [[0, 0], from, ...corner, to];
  });
}

/** One of several equal columns of a square in the middle of the cell: for actions without a direction. */
function column(index: number, of: number, side: number): Point[] {
  const left = (index / of - 0.5) * side, right = ((index + 1) / of - 0.5) * side;
  return [[left, -side / 2], [right, -side / 2], [right, side / 2], [left, side / 2]];
}

/** Where the ray of an angle leaves the square. */
function onEdge(angle: number): Point {
  const [x, y] = [Math.cos(angle), Math.sin(angle)], scale = 0.5 / Math.max(Math.abs(x), Math.abs(y));
  return [x * scale, y * scale];
}

/** Where a part's number stands, from the middle of the cell. */
export function middle(shape: readonly (readonly [number, number])[]): [number, number] {
  const outer = shape.length > 3 && shape[0]?.[0] !== 0 ? shape : shape.slice(1);
  const [x, y] = outer.reduce<[number, number]>((sum, p) => [sum[0] + p[0], sum[1] + p[1]], [0, 0]);
  return [(x / outer.length) * 0.6, (y / outer.length) * 0.66];
}
