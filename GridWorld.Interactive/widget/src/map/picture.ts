import type { Kinds } from "../kit/kinds";
import type { Layout } from "../kit/layout";
import type { Theme } from "../kit/theme";
import type { Tile } from "../wire/tiles";
import { agreement, cividis, position, puOr, takesDarkInk, type Ramp } from "./colors";
import { scaleEnds, type Layer } from "./layers";

/** What a map is drawn from. */
export interface MapPicture {
  /** What lies below comes first. */
  tiles: readonly Tile[];
  layer: Layer;
  extent: [number, number] | null;
  layout: Layout;
  /** Size of the canvas in CSS pixels. */
  size: { width: number; height: number };
  theme: Theme;
  kinds: Kinds;
  actions: readonly string[];
  /** Each the column and row of a cell, and 0 if its right side is closed, 1 if its lower side is. */
  fences: readonly (readonly number[])[];
}

export function rampOf(layer: Layer): Ramp {
  return layer.scale === "centred" ? puOr : layer.name === "policy" ? agreement : cividis;
}

/** Where a value lies on the layer's colors: 0 to 255, −1 for nothing. */
export interface Shades {
  of: (value: number) => number;
  css: (shade: number) => string;
  isLight: (shade: number) => boolean;
}

export function shadesOf(picture: Pick<MapPicture, "extent" | "layer">): Shades {
  const ends = picture.extent && scaleEnds(picture.layer, picture.extent), logarithmic = picture.layer.scale === "logarithmic",
    ramp = rampOf(picture.layer);
  return {
    of:
      value => (ends && !Number.isNaN(value) ? Math.round(255 * Math.min(1, Math.max(0, position(value, ends[0], ends[1], logarithmic))))
        : -1),
    css: shade => `rgb(${ramp(shade / 255).join(" ")})`,
    isLight: shade => takesDarkInk(ramp(shade / 255)),
  };
}
