import { describe, expect, it } from "vitest";
import { asked, reconnected, reduce } from "../../src/wire/reducer";
import { emptyView } from "../../src/wire/view-state";
import type { Frame } from "../../src/wire/protocol";
import { bucket, change, episode, event, map, run, whole } from "../frames";

const after = (...frames: Frame[]): ReturnType<typeof reduce>["state"] => frames.reduce((s, f) => reduce(s, f, null).state, emptyView());

describe("reduce", () => {
  it("shows a whole view", () => {
    const state = after(
      whole(1, { metrics: { from: 1, to: 20, bucket: 10, reset: false, points: [bucket(1, 10, -5), bucket(11, 20, -3)] },
        events: [event(1)] }),
    );

    expect(state.shown.metrics.points.map(b => b.mean)).toEqual([-5, -3]);
    expect(state.shown.events).toHaveLength(1);
  });

  it("lays changed buckets over the old ones", () => {
    const state = after(
      whole(1, { metrics: { from: 1, to: 15, bucket: 10, reset: false, points: [bucket(1, 10, -5), bucket(11, 15, -9)] } }),
      change(2, { metrics: { from: 1, to: 25, bucket: 10, reset: false, points: [bucket(21, 25, -2), bucket(11, 20, -3)] } }),
    );

    expect(state.shown.metrics.points.map(b => [b.start, b.end, b.mean])).toEqual([[1, 10, -5], [11, 20, -3], [21, 25, -2]]);
  });

  it("applies a frame that came twice once, and counts it", () => {
    const second = change(2, { episodes: { rows: [episode(1), episode(2)] } });
    const state = after(whole(1), second, second);

    expect(state.shown.episodes.map(e => e.episode)).toEqual([1, 2]);
    expect(state.dropped.repeated).toBe(1);
  });

  it("takes nothing after a gap but a whole view", () => {
    const missed = after(whole(1), change(3, { episodes: { rows: [episode(9)] } }));
    expect(missed.shown.episodes).toEqual([]);
    expect(missed.awaitsWhole).toBe(true);
    expect(missed.dropped.gaps).toBe(1);

    expect(reduce(missed, change(4), null).outcome).toBe("awaiting");

    const whole5 = reduce(missed, whole(5, { episodes: { rows: [episode(9)] } }), null);
    expect(whole5.state.shown.episodes.map(e => e.episode)).toEqual([9]);
    expect(whole5.state.awaitsWhole).toBe(false);
  });

  it("drops frames of another run and leaves the view alone", () => {
    const state = after(whole(1, { episodes: { rows: [episode(1)] } }));
    const foreign = reduce(state, { ...change(2), session_id: "run-b", episodes: { rows: [episode(2)] } }, null);

    expect(foreign.outcome).toBe("foreign");
    expect(foreign.state.shown).toBe(state.shown);
    expect(reduce(emptyView(), whole(1), "run-b").outcome).toBe("foreign");
  });

  it("begins again with a whole view of the same run: nothing of an abandoned course stays", () => {
    const abandoned = after(whole(1, {
      metrics: { from: 1, to: 20, bucket: 10, reset: false, points: [bucket(1, 10, -5), bucket(11, 20, -3)] },
      episodes: { rows: [episode(1), episode(2), episode(3)] },
      events: [event(1, 1, "run_started"), event(2, 3)],
    }));
    const { shown } = reduce(abandoned, whole(2, {
      metrics: { from: 1, to: 10, bucket: 10, points: [bucket(1, 10, -5)], reset: true },
      episodes: { rows: [episode(1), episode(2)] },
      events: [event(1, 1, "run_started"), event(2, 3, "dropped"), event(3, 2, "run_resumed")],
    }), run).state;

    expect(shown.metrics.points.map(b => b.start)).toEqual([1]);
    expect(shown.episodes.map(e => e.episode)).toEqual([1, 2]);
    expect(shown.events.map(e => e.event)).toEqual(["run_started", "dropped", "run_resumed"]);
  });

  it("shows a view that comes in several frames when it is complete", () => {
    const first = after(whole(1, { episodes: { rows: [episode(1)] } }));
    const half = reduce(first, whole(2, { more: true, episodes: { rows: [episode(5)] } }), null).state;
    expect(half.shown.episodes.map(e => e.episode)).toEqual([1]);

    const full = reduce(half, change(3, { episodes: { rows: [episode(6)] } }), null).state;
    expect(full.shown.episodes.map(e => e.episode)).toEqual([5, 6]);
  });

  it("keeps what is shown over a reconnection and starts counting again", () => {
    const state = reconnected(after(whole(1), change(2, { episodes: { rows: [episode(1)] } })));
    expect(state.shown.episodes).toHaveLength(1);

    const again = reduce(state, whole(1, { episodes: { rows: [episode(1), episode(2)] } }), run);
    expect(again.outcome).toBe("applied");
    expect(again.state.shown.episodes).toHaveLength(2);
  });

  it("awaits the whole view that was asked for without counting what was on its way", () => {
    const state = asked(after(whole(1)));
    const late = reduce(state, change(2, { episodes: { rows: [episode(1)] } }), null);

    expect(late.outcome).toBe("awaiting");
    expect(late.state.dropped).toEqual({ foreign: 0, repeated: 0, gaps: 0, faulty: 0 });
  });

  it("refuses a map whose bytes don't fit its size, and keeps the rest of the view", () => {
    const state = after(whole(1, { map: map([0, 20, 40, 255], 2) }));
    const bad = reduce(state, change(2, { map: { ...map([1], 1), columns: 2, rows: 2 } }), null);

    expect(bad.outcome).toBe("faulty");
    expect(bad.state.shown).toBe(state.shown);
    expect(bad.state.awaitsWhole).toBe(true);
  });

  it("keeps parts that did not change as they are", () => {
    const state = after(whole(1, { map: map([0], 1), episodes: { rows: [episode(1)] } }));
    const next = reduce(state, change(2, { events: [event(1)] }), null).state;

    expect(next.shown.tiles).toBe(state.shown.tiles);
    expect(next.shown.episodes).toBe(state.shown.episodes);
    expect(next.shown.metrics).toBe(state.shown.metrics);
  });

  it("drops events of another run inside a frame", () => {
    expect(after(whole(1, { events: [event(1), { ...event(2), session_id: "run-b" }] })).shown.events.map(e => e.seq)).toEqual([1]);
  });
});
