/**
 * For requests of which only the newest counts, such as the last choice. Call it when a request begins; when the answer is there,
 * the function it returned tells whether no other request has begun since. A call without a request outdates all pending ones.
 */
export function createLatest(): () => () => boolean {
  let latest = 0;
  return () => {
    const mine = ++latest;
    return () => mine === latest;
  };
}

/**
 * For one request made repeatedly. Call it when a request begins; when the answer is there, the function it returned tells whether
 * that answer is newer than all before it. Answers of a slow server are shown, but an older one never replaces a newer.
 */
export function createNewer(): () => () => boolean {
  let begun = 0, answered = 0;
  return () => {
    const mine = ++begun;
    return () => {
      const isNewer = mine > answered;
      if (isNewer) answered = mine;
      return isNewer;
    };
  };
}
