/** A wish to see another moment, and what was asked of the server last. Null is the present; undefined: no wish. */
export interface Travel {
  wanted: number | null | undefined;
  asked: number | null;
}

export const noTravel: Travel = { wanted: undefined, asked: null };

export const wish = (travel: Travel, episode: number | null): Travel => ({ ...travel, wanted: episode });

/**
 * Asks for the newest wish once the last moment that was asked for has come, or cannot come: whoever drags sees what the server can follow,
 * and where the pointer rests is what is shown in the end.
 */
export function settle(travel: Travel, shown: number | null, isWaiting: boolean, ask: (episode: number | null) => void): Travel {
  if (travel.wanted === undefined || isWaiting) return travel;
  if (travel.wanted !== shown) ask(travel.wanted);
  return { wanted: undefined, asked: travel.wanted };
}

/** The episode that playing has come to. */
export function momentAfter(from: number, milliseconds: number, episodesPerSecond: number, total: number): number {
  return Math.min(total, from + Math.floor((milliseconds * episodesPerSecond) / 1000));
}
