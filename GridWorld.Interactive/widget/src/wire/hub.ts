import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import type { Api } from "./api";
import { Refusal } from "./api";
import type { Diagnosis, Hub } from "./feed";

/** The time in ms after which a silent server (it pings every 5 s), or a connection attempt, counts as failed. */
const silence = 15_000, patience = 20_000;

/** WebSockets only: the server supports nothing else, and a negotiation would cost a round trip. */
export function connectHub(base: string, token: string): Hub {
  const connection = new HubConnectionBuilder()
    .withUrl(new URL("hub/training", base).href, {
      skipNegotiation: true,
      transport: HttpTransportType.WebSockets,
      accessTokenFactory: () => token,
    })
    .configureLogging(LogLevel.None)
    .withServerTimeout(silence)
    .build();
  return {
    start: async () => {
      // Stopping lets the start fail.
      const timer = setTimeout(() => void connection.stop(), patience);
      try {
        await connection.start();
      } finally {
        clearTimeout(timer);
      }
    },
    stop: () => connection.stop(),
    send: (method, argument) => connection.send(method, argument),
    on: (event, handler) => connection.on(event, handler),
    onclose: handler => connection.onclose(() => handler()),
  };
}

/** A browser does not report why a WebSocket was refused, so the same token is tried over HTTP. */
export async function diagnose(api: Api, lastInstance: string): Promise<Diagnosis> {
  try {
    await api.get("api/training-sessions");
    return "busy";
  } catch (error) {
    if (!(error instanceof Refusal) || (error.status !== 401 && error.status !== 403)) return "away";
  }
  try {
    const { instance } = await api.hello();
    return lastInstance !== "" && instance !== lastInstance ? "restarted" : "refused";
  } catch {
    return "away";
  }
}
