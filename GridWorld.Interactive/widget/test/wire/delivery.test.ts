import fc from "fast-check";
import { expect, it } from "vitest";
import type { Frame } from "../../src/wire/protocol";
import { reduce } from "../../src/wire/reducer";
import { emptyView, type RunData, type ViewState } from "../../src/wire/view-state";
import { bucket, change, episode, event, map, whole } from "../frames";

/** A run of some length as the server would tell it: a whole view, then changes. */
function story(length: number): Frame[] {
  return [whole(1), ...Array.from({ length }, (_, i) => {
    const n = i + 1;
    return change(n + 1, {
      metrics: { from: 1, to: n * 5, bucket: 10, reset: false, points: [bucket(Math.floor((n * 5 - 1) / 10) * 10 + 1, n * 5, -n)] },
      episodes: { rows: [episode(n)] },
      events: n % 3 === 0 ? [event(n)] : [],
      map: map([n % 200, 255, 3, 4], 2),
    });
  })];
}

/** The same run as one whole view, as the server answers when it is asked again. */
function everything(shown: RunData, seq: number): Frame {
  const m = shown.metrics;
  return whole(seq, {
    metrics: { reset: false, from: m.from, to: m.to, bucket: m.bucket,
      points: m.points.map(b => [b.start, b.end, b.min, b.max, b.mean, b.std, b.count]) },
    episodes: { rows: shown.episodes.map(e => [e.episode, e.return, e.length, 1, e.epsilon, e.learningRate, e.meanQ]) },
    events: [...shown.events],
    map: map([shown.episodes.length % 200, 255, 3, 4], 2),
  });
}

const play = (frames: readonly Frame[], from: ViewState = emptyView()): ViewState =>
  frames.reduce((s, f) => reduce(s, f, null).state, from);

it("ends in the same view whatever order, loss and repetition the frames suffer", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 25 }), fc.array(fc.nat(), { maxLength: 80 }), (length, picks) => {
    const frames = story(length);
    const straight = play(frames);
    const mangled = play(picks.map(p => frames[p % frames.length] as Frame));

    // The page asks for a whole view after every gap; the last answer is newer than all that came before.
    const healed = reduce(mangled, everything(straight.shown, length + 2), null).state;

    expect(healed.shown).toEqual(straight.shown);
    expect(healed.awaitsWhole).toBe(false);
  }));
});

it("shows at every moment what some prefix of the run was", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 15 }), fc.array(fc.nat(), { maxLength: 60 }), (length, picks) => {
    const frames = story(length);
    const prefixes = new Set(frames.map((_, i) => JSON.stringify(play(frames.slice(0, i + 1)).shown.episodes)));
    let state = emptyView();
    for (const p of picks) {
      state = reduce(state, frames[p % frames.length] as Frame, null).state;
      expect(state.shown.sessionId === "" || prefixes.has(JSON.stringify(state.shown.episodes))).toBe(true);
    }
  }));
});
