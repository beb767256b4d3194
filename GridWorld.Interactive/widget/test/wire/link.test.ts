import { expect, test } from "vitest";
import { linkTo, readLink, type Link } from "../../src/wire/link";

const token = "abcdefghijklmnopqrstuvwx";
const pieces = ["/", "@", "?", "&", "=", ",", "%", "%2", "%ff", "%00", "#", "..", "sweep=", "cell=", "layer=", "tab=", "cell=1,2", "@7",
  "-1", "1e9", "99999999999999999999", "é", "\u202e", "\ud800", "\n", "<b>", "__proto__", "constructor", " ", "+", token];

/** Numbers below a limit; the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => (state = state * 48271 % 2147483647) % below;
}

test("any fragment is read as a link or as none", () => {
  const random = numbers(7);
  for (let i = 0; i < 20_000; i++) {
    const text = `${random(3) > 0 ? token : ""}${Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join("")}`;
    // As the browser gives it to the page.
    const link = readLink(new URL(`http://localhost/#${text}`).hash);

    if (link === null) continue;
    const { at, cell } = link.place;
    expect(link.token, text).toMatch(/^[A-Za-z0-9_-]{16,256}$/);
    expect([at ?? 0, ...cell ?? []].every(n => Number.isSafeInteger(n) && n >= 0), text).toBe(true);
    // What it says is what a link to it says.
    expect(readLink(linkTo(link.token, link)), text).toEqual(link);
  }
});

test("what a link says is read again, whatever the names are", () => {
  const random = numbers(8);
  const name = (): string => Array.from({ length: 1 + random(5) }, () => pieces[random(pieces.length)]?.replace("\ud800", "x")).join("");
  for (let i = 0; i < 2_000; i++) {
    const link: Link = random(4) === 0 ? { token, run: null, sweep: name(), place: { at: null, cell: null, layer: null, tab: null } }
      : { token, run: name(), sweep: null,
        place: { at: random(2) ? random(1_000_000) : null, cell: random(2) ? [random(1000), random(1000)] : null,
          layer: random(2) ? name() : null, tab: random(2) ? name() : null } };

    expect(readLink(linkTo(token, link))).toEqual(link);
  }
});
