import { expect, it } from "vitest";
import { createLatest, createNewer } from "../../src/wire/latest";
import { createWork } from "../../src/kit/work";

it("only the newest of several requests is the latest", () => {
  const latest = createLatest(), other = createLatest();
  const first = latest();
  other();
  expect(first()).toBe(true);
  const second = latest();
  expect([first(), second()]).toEqual([false, true]);
});

it("answers count in whatever order they come, but none after a newer one", () => {
  const newer = createNewer();
  const [first, second, third] = [newer(), newer(), newer()];

  expect([first(), third(), second(), newer()()]).toEqual([true, true, false, true]);
});

it("work that ends does not hide what is still under way", async () => {
  const work = createWork(() => undefined);
  let [endFirst, endSecond, refuse] = [(): void => undefined, (): void => undefined, (): void => undefined];
  const first = work.during("the best episode", new Promise<void>(end => (endFirst = end)));
  const second = work.during("steps from 513", new Promise<void>(end => (endSecond = end)));
  const third = work.during("the picture", new Promise<void>((_, fail) => (refuse = () => fail(new Error("away")))));
  const seen = [work.words()];
  refuse();
  await expect(third).rejects.toThrow("away");
  seen.push(work.words());
  endSecond();
  await second;
  seen.push(work.words());
  endFirst();
  await first;
  seen.push(work.words());

  expect(seen).toEqual(["the picture", "steps from 513", "the best episode", ""]);
});
