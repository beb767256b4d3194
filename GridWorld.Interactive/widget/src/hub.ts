import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import type { Api } from "./api";
import { Refusal } from "./api";
import type { Diagnosis, Hub } from "./feed";

/** WebSockets only: the server takes nothing else, and a negotiation would be one more round trip. */
export function connectHub(base: string, token: string): Hub {
  const connection = new HubConnectionBuilder()
    .withUrl(new URL("hub/training", base).href, {
      skipNegotiation: true,
      transport: HttpTransportType.WebSockets,
      accessTokenFactory: () => token,
    })
    .configureLogging(LogLevel.None)
    .build();
  return {
    start: () => connection.start(),
    stop: () => connection.stop(),
    send: (method, argument) => connection.send(method, argument),
    on: (event, handler) => connection.on(event, handler),
    onclose: handler => connection.onclose(() => handler()),
  };
}

/** A refused WebSocket says nothing to a page, so the same token is tried over HTTP. */
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
