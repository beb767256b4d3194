import { describe, expect, it } from "vitest";
import { bannerWords, type BannerInput } from "../../src/run/banner-words";
import { place, tone, value, words } from "../../src/kit/event-words";
import { ago, alike, exact, fixed, glance, percent, short, speed } from "../../src/kit/format";
import { setChildren } from "../../src/kit/dom";
import { isolated, visible } from "../../src/kit/names";
import type { WireStatus } from "../../src/wire/protocol";
import { event, status as statusOf } from "../frames";

describe("numbers", () => {
  it("have a real minus sign", () => expect(fixed(-50.25, 1)).toBe("−50.3"));
  it("have no minus before zero", () => expect(fixed(-0.001, 1)).toBe("0.0"));
  it("that diverge are short", () =>
    expect([glance(-1.2345e300), short(2e15), ...alike([-1e16, 2, null])]).toEqual(["−1.23e300", "2e15", "−1e16", "2.0", "–"]));
  it("that are long are short at a glance", () =>
    expect([glance(-5_851_985_060), glance(12_345_678.9), glance(1_234_567), ...alike([-5_851_985_060, 12, null])]).toEqual(["−5.85B",
      "12.35M", "1,234,567", "−5.852B", "12.0", "–"]));
  it("are grouped", () => expect(glance(12345.6)).toBe("12,346"));
  it.each([[-54.76, "−54.8"], [0.7312, "0.731"], [-13, "−13"], [1.234, "1.23"], [-1.0000001, "−1"], [null, "–"], [NaN, "NaN"], [-Infinity,
    "−∞"]])(
      "%s at a glance is %s",
      (v, text) => expect(glance(v)).toBe(text),
    );
  it("share their digits where they are compared", () => expect(alike([-15.96, -16, null])).toEqual(["−15.96", "−16.00", "–"]));
  it("keep all their digits as settings", () => expect(exact(0.05)).toBe("0.05"));
  it.each([[61_800_000, "61.8 M steps/s"], [12_300, "12.3 k steps/s"], [20, "20 steps/s"], [2.5, "2.5 steps/s"], [0, "0 steps/s"]])(
    "%d steps per second are %s",
    (v, text) => expect(speed(v).join(" ")).toBe(text),
  );
  it.each([[1, "100"], [0.9999, "99.9"], [0, "0"], [0.00001, "0.1"], [0.54, "54"]])("a share of %d is %s percent",
    (v, text) => expect(percent(v)).toBe(text));
  it.each([[300, "0.3 s ago"], [59_000, "59 s ago"], [61_000, "1 min ago"]])("%d ms is %s", (ms, text) => expect(ago(ms)).toBe(text));
});

describe("names", () => {
  it("do not turn the text around them", () => expect(visible("a\u202eb\u2066c\u0007")).toBe("a\\u202eb\\u2066c\\u0007"));
  it("of another direction stand apart from the words beside them", () => expect(isolated("\u0633 12")).toBe("\u2068\u0633 12\u2069"));
  it("cannot leave their place", () => expect(isolated("\u0633\u2069 12")).toBe("\u2068\u0633\\u2069 12\u2069"));
  it("are shown by their codes wherever a string becomes a child", () => {
    const shown: unknown[] = [], parent = { replaceChildren: (...children: unknown[]) => shown.push(...children) } as unknown as Element;
    setChildren(parent, "no state of \u202ezaM", "a\u0007b");
    expect(shown).toEqual(["no state of \\u202ezaM", "a\\u0007b"]);
  });
  it("of Latin letters stay as they are", () =>
    expect([isolated("maze 4 × 12"), visible("two\nlines")]).toEqual(["maze 4 × 12", "two\nlines"]));
});

describe("events", () => {
  it("say what changed", () => expect(words(event(1))).toBe("Epsilon 0.2 → 0.05"));
  it("say of a dropped change what it was", () =>
    expect(words({ ...event(1), event: "dropped", message: "the change of epsilon: dropped, since the run went back." })).toBe(
      "The change of epsilon: dropped, since the run went back.",
    ));
  it("say the name of a checkpoint", () => expect(words({ ...event(1), event: "checkpoint", new_value: "good" })).toBe("Checkpoint: good"));
  it("say how far a run was continued", () =>
    expect(words({ ...event(1), event: "continued", new_value: 2000 })).toBe("Continued to 2,000 episodes"));
  it("say a kind they don't know as it is", () => expect(words({ ...event(1), event: "moon_landed" })).toBe("moon landed"));
  it("say a schedule in its own terms", () =>
    expect(value({ schedule: "linear", from: 1, to: 0.05 })).toBe("linear schedule from 1 to 0.05"));
  it.each([
    [{ schedule: "linear", from: 1, to: 0.05, over: 1000, unit: "episodes", start: 2500 },
      "linear schedule from 1 to 0.05, counted from episode 2,500"],
    [{ schedule: "exponential", from: 0.5, factor: 0.99, to: 0.01, unit: "steps", start: 40_000 },
      "exponential schedule from 0.5 to 0.01, counted from step 40,000"],
    [{ schedule: "linear", from: 1, to: 0.05, over: 1000, unit: "episodes", start: 0 }, "linear schedule from 1 to 0.05"],
    [{ schedule: "power", from: 1, power: 0.5, unit: "state-action" }, "power schedule from 1"],
  ])("say from when the schedule %j counts", (schedule, text) => {
    expect(value(schedule)).toBe(text);
    expect(words({ ...event(1), new_value: schedule })).toBe(`Epsilon 0.2 → ${text}`);
  });
  it("have a place", () => expect(place(event(1, 1500))).toBe("after episode 1,500"));
  it("have a tone", () => expect(tone({ ...event(1), event: "training_error" })).toBe("error"));
});

describe("bannerWords", () => {
  const base: BannerInput = { connection: { kind: "live" }, status: null, fault: null, said: null, broken: null, pending: [],
    dismissed: new Set(), seen: true, at: null, total: 1200, going: undefined, now: 1000 };
  const status = (state: WireStatus["state"], message: string | null = null): WireStatus => statusOf({ state, message });

  it("is quiet while all is well", () => expect(bannerWords({ ...base, status: status("training") }).kind).toBe("connected"));

  it("says that the view is cached, and when it tries again", () => {
    const w = bannerWords({ ...base, connection: { kind: "waiting", until: 5400, attempt: 2 } });

    expect([w.text, w.detail]).toEqual(["You're viewing cached data; waiting to reconnect to the server", "Reconnecting in 5 s."]);
  });

  it("points to the new link after a restart", () =>
    expect(bannerWords({ ...base, connection: { kind: "refused", restarted: true } }).text).toBe(
      "The server was restarted: open the new link.",
    ));

  it("says why training stopped", () => {
    const w = bannerWords({ ...base, status: status("failed", "Q became NaN.") });
    expect(w).toMatchObject({ text: "Training stopped: Q became NaN.", detail: "", severe: true, events: true, close: true });
    expect(bannerWords({ ...base, status: status("failed", "Q became NaN."), dismissed: new Set([w.text]) }).kind).toBe("connected");
  });

  it("says that a panel failed, offers to reload, and says what is next once that was dismissed", () => {
    const broken = { text: "The World panel could not be drawn.", detail: "RangeError: x" },
      now = { ...base, broken, status: status("completed") };

    expect(bannerWords(now)).toMatchObject({ kind: "broken", ...broken, severe: true, reload: true, events: true, close: true });
    expect(bannerWords({ ...now, dismissed: new Set([broken.text]) }).kind).toBe("ended");
  });

  it("says that the server does not answer a command, two seconds after it was sent", () => {
    const pending = [{ verb: "pause", since: 1000 }], at = (now: number): string => bannerWords({ ...base, pending, now }).text;

    expect([at(2999), at(4500)]).toEqual(["Connected", "The server has not answered yet: Pause was sent 3 seconds ago."]);
  });

  it("says of the past that commands that change the run are off, whatever the run was then", () =>
    expect(bannerWords({ ...base, at: 700, status: status("training") })).toMatchObject({ kind: "past", text: "Episode 700 of 1,200",
      detail: "as it was then. Commands that change the run are off; Esc leads back." }));

  it("says which moment is being computed, before it is shown and on the way back", () =>
    expect([bannerWords({ ...base, going: 700 }), bannerWords({ ...base, at: 300, going: 700 }),
      bannerWords({ ...base, at: 700, going: null })])
      .toMatchObject([{ kind: "past", busy: true, text: "Going to episode 700 of 1,200…" }, { text: "Going to episode 700 of 1,200…" }, {
        text: "Going back to now…",
      }]));

  it("leaves a fault to the first screen while nothing is shown", () =>
    expect([bannerWords({ ...base, fault: "No run is shown yet.", seen: false }).kind, bannerWords({ ...base, fault: "Gone." }).kind])
      .toEqual(["connected", "fault"]));

  it("says that the run has ended", () =>
    expect(bannerWords({ ...base, status: status("completed") }).text).toBe("Run ended: completed after 1,200 episodes."));

  it("puts a lost connection before all else", () =>
    expect(bannerWords({ ...base, status: status("failed"), fault: "x", connection: { kind: "waiting", until: 2000, attempt: 1 } }).kind)
      .toBe("reconnecting"));
});
