import type { Ramp } from "../map/colors";
import { readTheme } from "../kit/theme";

/** One thing that a legend explains: its key as the page shows it, and the words. */
export interface Entry {
  key: Element | null;
  text: string;
}

/** A picture that stands alone: what it shows, of which run, and how to read it. */
export interface Paper {
  title: string;
  /** The run, its world and its episode. */
  about: string;
  canvases: readonly HTMLCanvasElement[];
  /** Marks that lie over the canvases on the page. */
  marks?: readonly HTMLElement[];
  /** The scale of colors, its ends and what it means. */
  scale?: { low: string; high: string; ramp: Ramp; meaning: string };
  legend: readonly Entry[];
}

/** All in CSS pixels. */
const margin = 14, least = 420, line = 17, keyWidth = 19, gap = 14, space = 4;

/** The picture on the card's own ground, with its head and its legend. */
export function draw(paper: Paper): HTMLCanvasElement {
  const first = paper.canvases[0], ratio = devicePixelRatio, context = document.createElement("canvas").getContext("2d");
  if (!first || !context) throw new Error("Nothing is drawn yet.");
  const theme = readTheme(first), sizes = paper.canvases.map(c => ({ width: c.width / ratio, height: c.height / ratio }));
  const inner = Math.max(least, ...sizes.map(s => s.width));
  context.font = `11.5px ${theme.font}`;
  const about = words(context, paper.about, inner), meaning = words(context, paper.scale?.meaning ?? "", inner),
    legend = wrapped(context, paper.legend, inner, gap);
  const top = margin + 20 + about.length * line + 6, middle = sizes.reduce((h, s) => h + s.height, 0), below = top + middle + 8,
    scale = paper.scale ? 22 : 0;
  const canvas = context.canvas;
  canvas.width = Math.ceil((inner + 2 * margin) * ratio);
  canvas.height = Math.ceil((below + scale + (meaning.length + legend.length) * line + margin - 4) * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = theme.card;
  context.fillRect(0, 0, inner + 2 * margin, canvas.height);
  context.textBaseline = "middle";
  context.font = `650 14px ${theme.font}`;
  context.fillStyle = theme.ink;
  context.fillText(paper.title, margin, margin + 8);
  context.font = `11.5px ${theme.font}`;
  write(context, about, margin + 20, theme.soft, space);
  let at = top;
  paper.canvases.forEach((c, i) => {
    context.drawImage(c, margin, at, sizes[i]?.width ?? 0, sizes[i]?.height ?? 0);
    at += sizes[i]?.height ?? 0;
  });
  for (const mark of paper.marks ?? []) drawMark(context, mark, first, margin, top);
  if (paper.scale) drawScale(context, paper.scale, below, inner, theme.soft);
  write(context, meaning, below + scale, theme.soft, space);
  write(context, legend, below + scale + meaning.length * line, theme.soft, gap);
  return canvas;
}

const widthOf = (context: CanvasRenderingContext2D, { key, text }: Entry): number => (key ? keyWidth : 0) + context.measureText(text).width;

const words = (context: CanvasRenderingContext2D, text: string, room: number): Entry[][] =>
  wrapped(context, text === "" ? [] : text.split(" ").map(word => ({ key: null, text: word })), room, space);

/** As many on a line as there is room for. */
function wrapped(context: CanvasRenderingContext2D, entries: readonly Entry[], room: number, between: number): Entry[][] {
  const lines: Entry[][] = [];
  let left = -1;
  for (const entry of entries) {
    const width = widthOf(context, entry);
    if (left < width) {
      lines.push([]);
      left = room;
    }
    lines[lines.length - 1]?.push(entry);
    left -= width + between;
  }
  return lines;
}

function write(context: CanvasRenderingContext2D, lines: readonly Entry[][], top: number, color: string, between: number): void {
  lines.forEach((entries, i) => {
    let x = margin;
    const y = top + i * line + line / 2;
    for (const entry of entries) {
      if (entry.key) drawKey(context, entry.key, x, y);
      context.fillStyle = color;
      context.fillText(entry.text, x + (entry.key ? keyWidth : 0), y);
      x += widthOf(context, entry) + between;
    }
  });
}

function drawKey(context: CanvasRenderingContext2D, key: Element, x: number, y: number): void {
  const style = getComputedStyle(key), height = parseFloat(style.height) || 3;
  context.save();
  context.fillStyle = style.backgroundColor;
  context.translate(x + 7, y);
  if (key.classList.contains("optimum")) {
    context.strokeStyle = style.borderTopColor;
    context.lineWidth = 2;
    context.setLineDash([5, 3]);
    context.beginPath();
    context.moveTo(-7, 0);
    context.lineTo(7, 0);
    context.stroke();
  } else if (key.classList.contains("change") || key.classList.contains("checkpoint")) {
    context.rotate(Math.PI / 4);
    context.fillRect(-3.5, -3.5, 7, 7);
  } else context.fillRect(-7, -height / 2, 14, height);
  context.restore();
}

function drawScale(context: CanvasRenderingContext2D, { low, high, ramp }: NonNullable<Paper["scale"]>, y: number, width: number,
  color: string): void
{
  const from = margin + context.measureText(low).width + 8, to = margin + width - context.measureText(high).width - 8;
  const colors = context.createLinearGradient(from, 0, to, 0);
  for (let i = 0; i <= 8; i++) colors.addColorStop(i / 8, `rgb(${ramp(i / 8).join(" ")})`);
  context.fillStyle = color;
  context.fillText(low, margin, y + 8);
  context.fillText(high, to + 8, y + 8);
  if (low === "" && high === "") return;
  context.fillStyle = colors;
  context.fillRect(from, y + 4, to - from, 8);
}

/** A mark as it lies over the curve: its line, its head and its words. */
function drawMark(context: CanvasRenderingContext2D, mark: HTMLElement, canvas: HTMLCanvasElement, left: number, top: number): void {
  const box = mark.getBoundingClientRect(), ground = canvas.getBoundingClientRect(), label = mark.querySelector<HTMLElement>(".mark-label");
  const x = left + box.left + box.width / 2 - ground.left, y = top + box.top - ground.top;
  context.save();
  context.globalAlpha = Number(getComputedStyle(mark).opacity);
  context.fillStyle = getComputedStyle(mark).color;
  context.fillRect(x - 0.5, y + 4, 1, box.height - 6);
  if (label?.textContent) {
    const words = label.getBoundingClientRect();
    context.fillText(label.textContent, left + words.left + 3 - ground.left, top + words.top + words.height / 2 - ground.top);
  }
  context.translate(x, y + 4.5);
  context.rotate(Math.PI / 4);
  context.fillRect(-3.5, -3.5, 7, 7);
  context.restore();
}
