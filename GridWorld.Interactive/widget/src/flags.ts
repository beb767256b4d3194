import { el } from "./dom";
import type { Flag } from "./protocol";

/** How long a flag stays after it was raised last, in ms: on a quick run one in two batches may raise it, and the page is to stay calm. */
export const flagStays = 10_000;

export interface HeldFlag {
  flag: Flag;
  /** When it was raised last. */
  seen: number;
}

/**
 * The flags to show: those raised now, in their newest words, and those raised shortly before; each keeps its place. That a run has only just
 * begun is over when it is over.
 */
export function holdFlags(held: readonly HeldFlag[], raised: readonly Flag[], now: number): HeldFlag[] {
  const stay = held.flatMap(h => {
    const again = raised.find(f => f.flag === h.flag.flag);
    return again ? [{ flag: again, seen: now }] : now - h.seen < flagStays && h.flag.flag !== "exploring" ? [h] : [];
  });
  return [...stay, ...raised.filter(f => !stay.some(h => h.flag.flag === f.flag)).map(flag => ({ flag, seen: now }))];
}

/** The flags, their point in bold; room for one is kept, so that nothing moves where one comes. */
export function drawFlags(host: HTMLElement, flags: readonly Flag[]): void {
  const key = flags.map(f => `${f.flag}:${f.text}`).join("\n");
  if (host.dataset.key === key) return;
  host.dataset.key = key;
  host.replaceChildren(...flags.map(f => {
    const serious = f.flag === "diverging" || f.flag === "non_finite";
    const cut = f.text.search(/[—,;:.](?![^(]*\))/), head = cut < 0 ? f.text.length : cut;
    return el("p", { class: serious ? "flag bad" : f.flag === "exploring" ? "flag calm" : "flag", "data-flag": f.flag },
      el("b", {}, f.text.slice(0, head)), f.text.slice(head));
  }));
  if (flags.length === 0) host.append(el("p", { class: "flag none" }, "Nothing to warn of."));
}
