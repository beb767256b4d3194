import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Feed, type Diagnosis, type Hub } from "../../src/wire/feed";
import type { ViewRequest } from "../../src/wire/protocol";
import { noTravel, settle as settleTravel, wish } from "../../src/time/travel";
import { emptyRun } from "../../src/wire/view-state";
import { change, whole } from "../frames";

const view: ViewRequest = { run: null, start: null, end: null, points: 200, interval_ms: 500, log_rows: 1000, map: null };

class FakeHub implements Hub {
  sent: [string, unknown][] = [];
  reachable = true;
  stopped = false;
  private handlers = new Map<string, (m: unknown) => void>();
  private closed = (): void => undefined;
  start = (): Promise<void> => (this.reachable ? Promise.resolve() : Promise.reject(new Error("no server")));
  stop = (): Promise<void> => {
    this.stopped = true;
    return Promise.resolve();
  };
  send = (method: string, argument: unknown): Promise<void> => {
    this.sent.push([method, argument]);
    return Promise.resolve();
  };
  on = (name: string, handler: (m: unknown) => void): void => void this.handlers.set(name, handler);
  onclose = (handler: () => void): void => {
    this.closed = handler;
  };
  deliver(message: unknown, name = "frame"): void {
    this.handlers.get(name)?.(message);
  }
  lose(): void {
    this.reachable = false;
    this.closed();
  }
  methods = (): string[] => this.sent.map(([m]) => m);
}

let hub: FakeHub;
let why: Diagnosis;
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const open = async (): Promise<Feed> => {
  const feed = new Feed({ hub, view, diagnose: () => Promise.resolve(why), onChange: () => undefined, random: () => 1 });
  await settle();
  return feed;
};

beforeEach(() => {
  vi.useFakeTimers();
  hub = new FakeHub();
  why = "away";
});
afterEach(() => void vi.useRealTimers());

describe("Feed", () => {
  it("asks for its view as soon as it is connected", async () => {
    await open();

    expect(hub.sent).toEqual([["View", view]]);
  });

  it("acknowledges a frame once it was drawn, not before", async () => {
    const feed = await open();
    hub.deliver(whole(1));
    expect(hub.methods()).toEqual(["View"]);

    feed.painted(feed.state.shown);
    feed.painted(feed.state.shown);

    expect(hub.sent.slice(1)).toEqual([["Ack", 1]]);
  });

  it("acknowledges no frame for a view that was drawn before it came", async () => {
    const feed = await open();
    hub.deliver(whole(1));
    const drawn = feed.state.shown;
    feed.painted(drawn);
    hub.deliver(change(2));

    feed.painted(drawn);
    expect(hub.sent.slice(1)).toEqual([["Ack", 1]]);
    feed.painted(feed.state.shown);
    expect(hub.sent.slice(2)).toEqual([["Ack", 2]]);
  });

  it("acknowledges the parts of one view at once", async () => {
    await open();
    hub.deliver(whole(1, { more: true }));

    expect(hub.sent.slice(1)).toEqual([["Ack", 1]]);
  });

  it("asks for a whole view once after a gap", async () => {
    const feed = await open();
    hub.deliver(whole(1));
    hub.deliver(change(5));
    hub.deliver(change(6));

    expect(hub.methods().filter(m => m === "View")).toHaveLength(2);
    expect(feed.state.dropped.gaps).toBe(1);
  });

  it("waits twice as long after each failure, and shows the last view meanwhile", async () => {
    const feed = await open();
    hub.deliver(whole(1));
    hub.lose();
    await settle();
    const waits: number[] = [];
    for (let k = 0; k < 7; k++) {
      if (feed.connection.kind !== "waiting") throw new Error(`is ${feed.connection.kind}, not waiting`);
      const wait = feed.connection.until - Date.now();
      waits.push(wait);
      await vi.advanceTimersByTimeAsync(wait);
    }

    expect(waits).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
    expect(feed.state.shown.sessionId).toBe("run-a");
  });

  it("asks for the whole view on a new connection, whose numbers start at 1 again", async () => {
    const feed = await open();
    hub.deliver(whole(1));
    hub.deliver(change(2));
    hub.lose();
    hub.reachable = true;
    await vi.advanceTimersByTimeAsync(1000);
    hub.deliver(whole(1));

    expect(feed.connection.kind).toBe("live");
    expect(feed.connections).toBe(2);
    expect(hub.methods().filter(m => m === "View")).toHaveLength(2);
    expect(feed.state.seq).toBe(1);
  });

  it("stops trying when the server was restarted with another secret", async () => {
    const feed = await open();
    hub.deliver(whole(1));
    why = "restarted";
    hub.lose();
    await settle();
    await vi.advanceTimersByTimeAsync(120_000);

    expect(feed.connection).toEqual({ kind: "refused", restarted: true });
  });

  it("stays with the run it shows, though newer ones start", async () => {
    const feed = await open();
    hub.deliver(whole(1));
    feed.ask({ points: 100 });

    expect(hub.sent.at(-1)).toEqual(["View", { ...view, points: 100, run: "run-a" }]);
  });

  it("takes the newest run again where the shown one is gone", async () => {
    const feed = await open();
    hub.deliver(whole(1));
    feed.ask({ points: 100 });
    hub.deliver({ message: "There is no run 'run-a'." }, "fault");
    expect(hub.sent.at(-1)).toEqual(["View", { ...view, points: 100 }]);

    hub.deliver(whole(2, { session_id: "run-b" }));

    expect(feed.state.shown.sessionId).toBe("run-b");
    expect(feed.fault).toBeNull();
  });

  it("asks for another moment after one that cannot be shown, and no longer says that it cannot once the other is here", async () => {
    const feed = await open();
    hub.deliver(whole(1));
    let travel = wish(noTravel, 51);
    const draw = (): void => {
      travel = settleTravel(travel, feed.request.at ?? null, feed.isWaiting, episode => feed.ask({ at: episode }));
    };
    draw();
    hub.deliver({ message: "The run has 50 episodes." }, "fault");
    draw();
    expect(feed.fault).toBe("The run has 50 episodes.");

    travel = wish(travel, 20);
    draw();
    expect(hub.sent.at(-1)).toMatchObject(["View", { at: 20 }]);
    hub.deliver(whole(2, { at: 20 }));

    expect(feed.fault).toBeNull();
    expect(feed.state.shown.at).toBe(20);
  });

  it("goes back to what it shows when a moment that cannot be shown is dismissed", async () => {
    const feed = await open();
    hub.deliver(whole(1));
    feed.ask({ at: 51 });
    hub.deliver({ message: "The run has 50 episodes." }, "fault");
    feed.dismiss();

    expect(feed.fault).toBeNull();
    expect(hub.sent.at(-1)).toMatchObject(["View", { at: null }]);
  });

  it("shows a kept view while there is no server, and tells a restart from a wrong link by it", async () => {
    hub.reachable = false;
    why = "refused";
    let asked = "";
    const feed = new Feed({ hub, view, diagnose: last => Promise.resolve(((asked = last), why)), onChange: () => undefined,
      random: () => 1 });
    await settle();
    why = "restarted";
    feed.restore({ ...emptyRun("run-a", "server-0"), episodes: [] });
    await settle();

    expect(feed.state.shown.sessionId).toBe("run-a");
    expect(asked).toBe("server-0");
    expect(feed.connection).toEqual({ kind: "refused", restarted: true });
  });

  it("never puts a kept view over a fresh one", async () => {
    const feed = await open();
    hub.deliver(whole(1));
    feed.restore(emptyRun("run-old", "server-0"));

    expect(feed.state.shown.sessionId).toBe("run-a");
  });

  it("leaves no timer and no socket behind when closed", async () => {
    const feed = await open();
    hub.lose();
    await settle();
    feed.close();

    expect(vi.getTimerCount()).toBe(0);
    expect(hub.stopped).toBe(true);
    expect(feed.connection.kind).toBe("closed");
  });

  it("counts what is not a frame and says what the server calls a fault", async () => {
    const feed = await open();
    hub.deliver({ hello: "world" });
    hub.deliver({ message: "There is no run x." }, "fault");

    expect(feed.state.dropped.faulty).toBe(1);
    expect(feed.fault).toBe("There is no run x.");
  });
});
