/** Where the map lies on its canvas, in CSS pixels. */
export interface Layout {
  cell: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

const largestCell = 72;

/** The whole world, as large as fits and centered. Cells are whole pixels if that costs little space. */
export function fit(boxWidth: number, boxHeight: number, columns: number, rows: number): Layout {
  const free = Math.min(boxWidth / columns, boxHeight / rows, largestCell);
  const cell = free >= 6 ? Math.floor(free) : free;
  const width = cell * columns, height = cell * rows;
  return { cell, width, height, left: Math.round((boxWidth - width) / 2), top: Math.round((boxHeight - height) / 2) };
}

/** The cell under a point; null outside the map. */
export function cellAt(layout: Layout, px: number, py: number, columns: number, rows: number): { x: number; y: number } | null {
  const x = Math.floor((px - layout.left) / layout.cell), y = Math.floor((py - layout.top) / layout.cell);
  return x >= 0 && y >= 0 && x < columns && y < rows ? { x, y } : null;
}

/** Directions by the names the server gives its actions; (0, 0) stays, null: no direction. */
const directions: Record<string, readonly [number, number]> = {
  up: [0, -1],
  right: [1, 0],
  down: [0, 1],
  left: [-1, 0],
  up_right: [1, -1],
  down_right: [1, 1],
  down_left: [-1, 1],
  up_left: [-1, -1],
  stay: [0, 0],
};

const glyphs: Record<string, string> = {
  up: "↑",
  right: "→",
  down: "↓",
  left: "←",
  up_right: "↗",
  down_right: "↘",
  down_left: "↙",
  up_left: "↖",
  stay: "•",
};

const compass: Record<string, string> = { north: "up", east: "right", south: "down", west: "left" };

const move = (action: string): string => compass[action] ?? action;

export const direction = (action: string): readonly [number, number] | null => directions[move(action)] ?? null;
export const glyph = (action: string): string => glyphs[move(action)] ?? actionWords(action);
export const actionWords = (action: string): string => action.replaceAll("_", " ");

/** The indices of the greedy actions in a policy byte. */
export function greedy(bits: number, actions: number): number[] {
  const result: number[] = [];
  for (let a = 0; a < Math.min(8, actions); a++) if (bits & (1 << a)) result.push(a);
  return result;
}
