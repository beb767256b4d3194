/**
 * For requests of which only the newest counts, such as what someone chose last. To be called when one begins; what it returns says, once the
 * answer is there, whether none has begun since. A call without a request makes all that are on their way old.
 */
export function createLatest(): () => () => boolean {
  let latest = 0;
  return () => {
    const mine = ++latest;
    return () => mine === latest;
  };
}

/**
 * For the same request made again and again. To be called when one begins; what it returns says, once the answer is there, whether it is newer
 * than all answers before it. A server slower than the requests still has its answers shown, but an older one never replaces a newer.
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
