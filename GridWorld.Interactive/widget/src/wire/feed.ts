import { backoff } from "./backoff";
import { isFrame, type ViewRequest } from "./protocol";
import { asked, reconnected, reduce } from "./reducer";
import { emptyView, type RunData, type ViewState } from "./view-state";

export type Connection =
  | { kind: "connecting" }
  | { kind: "live" }
  | { kind: "waiting"; until: number; attempt: number }
  | { kind: "refused"; restarted: boolean }
  | { kind: "closed" };

/** The socket, as far as the feed needs it. */
export interface Hub {
  start(): Promise<void>;
  stop(): Promise<void>;
  send(method: string, argument: unknown): Promise<void>;
  on(event: "frame" | "fault", handler: (message: unknown) => void): void;
  onclose(handler: () => void): void;
}

/** Why a connection failed: no server, another server's token, or a server without room. */
export type Diagnosis = "away" | "refused" | "restarted" | "busy";

export interface FeedOptions {
  hub: Hub;
  diagnose: (lastInstance: string) => Promise<Diagnosis>;
  view: ViewRequest;
  onChange: () => void;
  /** Called whenever the view was asked for on a new connection. */
  onAsked?: () => void;
  now?: () => number;
  random?: () => number;
}

/**
 * Keeps the connection and the view. Acknowledges a frame after it was drawn (`painted`), so the server sends nothing to a
 * hidden page, which draws nothing.
 */
export class Feed {
  state: ViewState = emptyView();
  connection: Connection = { kind: "connecting" };
  fault: string | null = null;
  /** Why the moment that a link names is not shown; the present is shown instead. */
  missed: string | null = null;
  lastFrame: number | null = null;
  /** Connections made so far. */
  connections = 0;
  private view: ViewRequest;
  /** A link without a run shows the newest; once one is shown, the page stays with it as long as the server has it. */
  private stays = true;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unacknowledged: number | null = null;
  private closed = false;
  private readonly now: () => number;
  private readonly random: () => number;

  constructor(private readonly options: FeedOptions) {
    this.view = options.view;
    this.now = options.now ?? Date.now;
    this.random = options.random ?? Math.random;
    options.hub.on("frame", m => this.receive(m));
    options.hub.on("fault", m => this.receiveFault(m));
    options.hub.onclose(() => void this.lost());
    void this.connect();
  }

  /** Whether the request can still be answered. */
  get isWaiting(): boolean {
    return this.state.awaitsWhole && this.fault === null;
  }

  get request(): ViewRequest {
    return this.view;
  }

  /** Requests another view. The current view stays until the new one arrives. */
  ask(change: Partial<ViewRequest>): void {
    // Another run has its own past.
    this.view = { ...this.view, ...(change.run === undefined ? {} : { at: null }), ...change };
    this.fault = null;
    this.askAgain();
  }

  /** Dismisses the server's error. The page stops requesting a moment that cannot be shown, and keeps the current one. */
  dismiss(): void {
    const failed = this.fault !== null && this.state.awaitsWhole;
    this.fault = this.missed = null;
    if (failed && this.state.shown.sessionId !== "" && (this.view.at ?? null) !== this.state.shown.at)
      this.ask({ at: this.state.shown.at });
    else this.options.onChange();
  }

  /** Requests another part or layer of the map in the same view. */
  look(map: NonNullable<ViewRequest["map"]>): void {
    this.view = { ...this.view, map };
    // A complete view on its way would bring the old map.
    if (this.state.awaitsWhole) this.askAgain();
    else if (this.connection.kind === "live") this.send("Map", map);
  }

  /** Call this after a view was drawn. A view that is not the newest any more is not acknowledged. */
  painted(view: RunData): void {
    if (this.unacknowledged === null || view !== this.state.shown || this.connection.kind !== "live") return;
    const seq = this.unacknowledged;
    this.unacknowledged = null;
    this.send("Ack", seq);
  }

  /** Connects now, without waiting. */
  retry(): void {
    if (this.connection.kind === "waiting" || this.connection.kind === "refused") void this.connect();
  }

  /** Shows a view of an earlier visit until the server has another. */
  restore(data: RunData): void {
    if (this.closed || this.state.shown.sessionId !== "") return;
    this.state = { ...this.state, shown: data };
    // A known server instance makes it possible to distinguish a refusal from a restart.
    this.retry();
    this.options.onChange();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.become({ kind: "closed" });
    void this.options.hub.stop().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    clearTimeout(this.timer);
    this.become({ kind: "connecting" });
    try {
      await this.options.hub.start();
    } catch {
      await this.lost();
      return;
    }
    if (this.closed) return;
    this.attempt = 0;
    this.connections++;
    this.unacknowledged = null;
    this.state = reconnected(this.state);
    this.stays = true;
    this.become({ kind: "live" });
    this.send("View", this.wanted());
    this.options.onAsked?.();
  }

  private async lost(): Promise<void> {
    if (this.closed) return;
    this.attempt++;
    const wait = backoff(this.attempt, this.random);
    this.become({ kind: "waiting", until: this.now() + wait, attempt: this.attempt });
    this.timer = setTimeout(() => void this.connect(), wait);
    const attempt = this.attempt;
    const why = await this.options.diagnose(this.state.shown.instance);
    if (attempt !== this.attempt || this.connection.kind !== "waiting") return;
    if (why !== "refused" && why !== "restarted") return;
    clearTimeout(this.timer);
    this.become({ kind: "refused", restarted: why === "restarted" });
  }

  private receive(message: unknown): void {
    if (this.closed) return;
    if (!isFrame(message)) {
      this.state = { ...this.state, dropped: { ...this.state.dropped, faulty: this.state.dropped.faulty + 1 } };
      this.options.onChange();
      return;
    }
    const awaited = this.state.awaitsWhole;
    const { state, outcome } = reduce(this.state, message, this.wanted().run);
    this.state = state;
    if (outcome === "applied") {
      this.lastFrame = this.now();
      this.fault = null;
      if (message.more) {
        // Show none of the view before it is complete.
        this.send("Ack", message.seq);
        return;
      }
      this.unacknowledged = message.seq;
    } else {
      this.send("Ack", message.seq);
      if (state.awaitsWhole && !awaited) this.askAgain();
    }
    this.options.onChange();
  }

  private wanted(): ViewRequest {
    const shown = this.stays && this.state.shown.sessionId !== "" ? this.state.shown.sessionId : null;
    return { ...this.view, run: this.view.run ?? shown };
  }

  private receiveFault(message: unknown): void {
    // Do not show another run if a moment cannot be shown.
    if (
      this.stays && this.state.awaitsWhole && this.view.run === null && (this.view.at ?? null) === null && this.state.shown.sessionId !== ""
    ) {
      this.stays = false;
      this.askAgain();
      return;
    }
    const said = typeof message === "object" && message !== null ? (message as { message?: unknown }).message : message;
    const text = typeof said === "string" ? said : "The server reported an error without a message.";
    if (this.state.awaitsWhole && this.state.shown.sessionId === "" && (this.view.at ?? null) !== null) {
      this.missed = text;
      this.ask({ at: null });
      return;
    }
    this.fault = text;
    this.options.onChange();
  }

  private askAgain(): void {
    this.state = asked(this.state);
    if (this.connection.kind === "live") this.send("View", this.wanted());
    this.options.onChange();
  }

  private send(method: string, argument: unknown): void {
    // A failed send means a lost socket, and its closing is reported by itself.
    this.options.hub.send(method, argument).catch(() => undefined);
  }

  private become(connection: Connection): void {
    if (this.closed && connection.kind !== "closed") return;
    this.connection = connection;
    this.options.onChange();
  }
}
