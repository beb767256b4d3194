/** The wanted moment, and the last request to the server. Null is the present; undefined means none. */
export interface Travel {
  wanted: number | null | undefined;
  asked: number | null;
}

export const noTravel: Travel = { wanted: undefined, asked: null };

export const wish = (travel: Travel, episode: number | null): Travel => ({ ...travel, wanted: episode });

/**
 * Requests the newest wanted moment after the last request was answered or failed. Dragging shows the moments that the server can
 * follow, and ends with the moment under the pointer. The way back to the present waits for nothing.
 */
export function settle(travel: Travel, shown: number | null, isWaiting: boolean, ask: (episode: number | null) => void): Travel {
  if (travel.wanted === undefined || (isWaiting && travel.wanted !== null)) return travel;
  if (travel.wanted !== shown) ask(travel.wanted);
  return { wanted: undefined, asked: travel.wanted };
}

/** The episode that playing has come to. */
export function momentAfter(from: number, milliseconds: number, episodesPerSecond: number, total: number): number {
  return Math.min(total, from + Math.floor((milliseconds * episodesPerSecond) / 1000));
}
