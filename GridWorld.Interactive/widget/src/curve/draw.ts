import type uPlot from "uplot";
import type { Theme } from "../kit/theme";
import { sized } from "../kit/size";

/** A point outside the picture: its place on the x axis, and the rim that it lies beyond. */
export type Beyond = readonly [x: number, rim: "top" | "bottom"];

export function drawOptimum(u: uPlot, optimum: number | null, color: string): void {
  if (optimum === null || !Number.isFinite(optimum)) return;
  const y = Math.round(u.valToPos(optimum, "y", true)), { left, width } = u.bbox, ratio = devicePixelRatio;
  u.ctx.save();
  u.ctx.strokeStyle = color;
  u.ctx.lineWidth = 1.5 * ratio;
  u.ctx.setLineDash([5 * ratio, 4 * ratio]);
  u.ctx.beginPath();
  u.ctx.moveTo(left, y);
  u.ctx.lineTo(left + width, y);
  u.ctx.stroke();
  u.ctx.restore();
}

/** Arrows at the rim for points outside the picture; near ones share an arrow. */
export function drawBeyond(u: uPlot, beyond: readonly Beyond[], color: string): void {
  const ratio = devicePixelRatio, size = 4 * ratio, free = { top: -Infinity, bottom: -Infinity };
  u.ctx.save();
  u.ctx.fillStyle = color;
  for (const [x, rim] of beyond) {
    const at = u.valToPos(x, "x", true);
    if (at < free[rim]) continue;
    free[rim] = at + 2.5 * size;
    const out = rim === "top" ? -1 : 1, tip = rim === "top" ? u.bbox.top : u.bbox.top + u.bbox.height;
    u.ctx.beginPath();
    u.ctx.moveTo(at, tip);
    u.ctx.lineTo(at - size, tip - out * 1.5 * size);
    u.ctx.lineTo(at + size, tip - out * 1.5 * size);
    u.ctx.fill();
  }
  u.ctx.restore();
}

/** Values that do not fit on the y axis appear at its edge: ∞ above, −∞ and NaN below, over a thin line. */
export function drawOdd(u: uPlot, odd: readonly (readonly [number, string])[], colors: Theme): void {
  if (odd.length === 0) return;
  const { top, height } = u.bbox, ratio = devicePixelRatio;
  u.ctx.save();
  u.ctx.strokeStyle = u.ctx.fillStyle = colors.bad;
  u.ctx.lineWidth = ratio;
  u.ctx.font = `600 ${sized(11) * ratio}px ${colors.font}`;
  u.ctx.textAlign = "center";
  let free = -Infinity;
  for (const [x, what] of odd) {
    const at = Math.round(u.valToPos(x, "x", true)) + 0.5;
    u.ctx.globalAlpha = 0.45;
    u.ctx.beginPath();
    u.ctx.moveTo(at, top);
    u.ctx.lineTo(at, top + height);
    u.ctx.stroke();
    u.ctx.globalAlpha = 1;
    if (at < free) continue;
    free = at + sized(30) * ratio;
    u.ctx.fillText(what, at, what === "∞" ? top + sized(12) * ratio : top + height - 5 * ratio);
  }
  u.ctx.restore();
}
