/** Values on their way to the server. */
export interface Outbox<T> {
  /** Sends it, or, while another is on its way, next: of several that wait only the last. */
  put: (value: T) => void;
  /** What was put last, until it was answered; null where nothing is on its way. */
  last: () => T | null;
  /** Forgets what waits, and whatever the server still answers. */
  drop: () => void;
}

/**
 * Sends one value at a time. `answered` is called once none waits: with what the server refused, or null; `send` of a value that
 * another has replaced may fail unheard.
 */
export function createOutbox<T>(send: (value: T) => Promise<unknown>, answered: (value: T, refusal: unknown) => void): Outbox<T> {
  let sending: { value: T } | null = null, waiting: { value: T } | null = null;

  async function carry(mine: { value: T }): Promise<void> {
    sending = mine;
    const refusal = await send(mine.value).then(() => null, (reason: unknown) => reason ?? new Error("refused"));
    if (sending !== mine) return;
    const next = waiting;
    [sending, waiting] = [null, null];
    if (next) void carry(next);
    else answered(mine.value, refusal);
  }

  return {
    put: value => {
      if (sending) waiting = { value };
      else void carry({ value });
    },
    last: () => (waiting ?? sending)?.value ?? null,
    drop: () => {
      [sending, waiting] = [null, null];
    },
  };
}
