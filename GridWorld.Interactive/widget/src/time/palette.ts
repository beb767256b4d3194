/** The most frequent colours of some pictures, to 5 bits a channel for counting; pixels take the nearest. */
export class Palette {
  readonly colours: number[] = [];
  private readonly counts = new Map<number, { count: number; colour: number }>();
  private readonly nearest = new Map<number, number>();

  /** Counts the colours of a picture. */
  count(rgba: Uint8ClampedArray): void {
    for (let i = 0; i < rgba.length; i += 4) {
      const colour = at(rgba, i), key = coarse(colour), known = this.counts.get(key);
      if (known) known.count++;
      else this.counts.set(key, { count: 1, colour });
    }
  }

  /** Chooses; counted pictures change nothing from then on. */
  choose(most = 256): void {
    const best = [...this.counts.values()].sort((a, b) => b.count - a.count).slice(0, most);
    this.colours.splice(0, this.colours.length, ...best.map(c => c.colour));
    this.nearest.clear();
  }

  indices(rgba: Uint8ClampedArray): Uint8Array {
    const result = new Uint8Array(rgba.length / 4);
    for (let i = 0; i < result.length; i++) {
      const colour = at(rgba, 4 * i);
      let index = this.nearest.get(colour);
      if (index === undefined) this.nearest.set(colour, index = this.find(colour));
      result[i] = index;
    }
    return result;
  }

  private find(colour: number): number {
    let best = 0, least = Infinity;
    this.colours.forEach((c, i) => {
      const d = ((c >> 16) - (colour >> 16)) ** 2 + (((c >> 8) & 255) - ((colour >> 8) & 255)) ** 2 + ((c & 255) - (colour & 255)) ** 2;
      if (d < least) [best, least] = [i, d];
    });
    return best;
  }
}

const at = (rgba: Uint8ClampedArray, i: number): number => ((rgba[i] ?? 0) << 16) | ((rgba[i + 1] ?? 0) << 8) | (rgba[i + 2] ?? 0);
const coarse = (colour: number): number => ((colour >> 19) << 10) | (((colour >> 11) & 31) << 5) | ((colour >> 3) & 31);
