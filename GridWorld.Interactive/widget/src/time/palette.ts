/** The most frequent colors of some pictures, to 5 bits a channel for counting; pixels take the nearest. */
export class Palette {
  readonly colors: number[] = [];
  private readonly counts = new Map<number, { count: number; color: number }>();
  private readonly nearest = new Map<number, number>();

  /** Counts the colors of a picture. */
  count(rgba: Uint8ClampedArray): void {
    for (let i = 0; i < rgba.length; i += 4) {
      const color = at(rgba, i), key = coarse(color), known = this.counts.get(key);
      if (known) known.count++;
      else this.counts.set(key, { count: 1, color });
    }
  }

  /** Chooses; counted pictures change nothing from then on. */
  choose(most = 256): void {
    const best = [...this.counts.values()].sort((a, b) => b.count - a.count).slice(0, most);
    this.colors.splice(0, this.colors.length, ...best.map(c => c.color));
    this.nearest.clear();
  }

  indices(rgba: Uint8ClampedArray): Uint8Array {
    const result = new Uint8Array(rgba.length / 4);
    for (let i = 0; i < result.length; i++) {
      const color = at(rgba, 4 * i);
      let index = this.nearest.get(color);
      if (index === undefined) this.nearest.set(color, index = this.find(color));
      result[i] = index;
    }
    return result;
  }

  private find(color: number): number {
    let best = 0, least = Infinity;
    this.colors.forEach((c, i) => {
      const d = ((c >> 16) - (color >> 16)) ** 2 + (((c >> 8) & 255) - ((color >> 8) & 255)) ** 2 + ((c & 255) - (color & 255)) ** 2;
      if (d < least) [best, least] = [i, d];
    });
    return best;
  }
}

const at = (rgba: Uint8ClampedArray, i: number): number => ((rgba[i] ?? 0) << 16) | ((rgba[i + 1] ?? 0) << 8) | (rgba[i + 2] ?? 0);
const coarse = (color: number): number => ((color >> 19) << 10) | (((color >> 11) & 31) << 5) | ((color >> 3) & 31);
