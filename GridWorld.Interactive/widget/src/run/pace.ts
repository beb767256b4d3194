import { el, setAttribute, setText } from "../kit/dom";
import { short } from "../kit/format";

/** Steps per second that the slider offers, on a scale of equal ratios; the last place means no limit. */
const places: readonly (number | null)[] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000,
  200_000, 500_000, 1_000_000, null];

export const paceAt = (place: number): number | null => places[Math.max(0, Math.min(places.length - 1, Math.round(place)))] ?? null;

/** The place next to a pace, by ratio. */
export function placeOf(pace: number | null): number {
  if (pace === null) return places.length - 1;
  const distance = (p: number | null): number => (p === null ? Infinity : Math.abs(Math.log(p / pace)));
  return places.reduce<number>((best, p, i) => (distance(p) < distance(places[best] ?? null) ? i : best), 0);
}

export const paceWords = (pace: number | null): string => (pace === null ? "unlimited" : `${short(pace)} steps/s`);

/** The training speed, from one step per second to no limit. It never changes the result. */
export function createPace(
  send: (pace: number | null) => void,
): { element: HTMLElement; draw: (pace: number | null, hidden: boolean, disabled: boolean) => void } {
  const words = el("span", { class: "pace-words", testid: "pace-words" });
  const slider = el("input", { type: "range", testid: "pace", min: 0, max: places.length - 1, step: 1,
    "aria-label": "Pace, in steps per second" });
  const element = el("label", { class: "pace", title: "Slow down to watch; the result stays the same" }, el("span", {}, "Pace"), slider,
    words);
  let holding = false;
  const say = (pace: number | null): void => {
    setText(words, paceWords(pace));
    setAttribute(slider, "aria-valuetext", paceWords(pace));
    setAttribute(slider, "data-pace", pace === null ? "" : String(pace));
  };
  slider.addEventListener("input", () => {
    holding = true;
    say(paceAt(Number(slider.value)));
  });
  slider.addEventListener("change", () => {
    holding = false;
    send(paceAt(Number(slider.value)));
  });
  return {
    element,
    draw: (pace, hidden, disabled) => {
      element.hidden = hidden;
      slider.disabled = disabled;
      if (holding) return;
      const place = String(placeOf(pace));
      if (slider.value !== place) slider.value = place;
      say(pace);
    },
  };
}
