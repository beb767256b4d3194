import { expect, it } from "vitest";
import { createOutbox } from "../../src/wire/outbox";

/** An outbox whose server answers when the test says so. */
function outbox(): {
  box: ReturnType<typeof createOutbox<number>>;
  sent: number[];
  heard: [number, unknown][];
  answer: (refusal?: Error) => Promise<void>;
} {
  const sent: number[] = [], heard: [number, unknown][] = [], held: ((refusal?: Error) => void)[] = [];
  const box = createOutbox<number>(value =>
    new Promise<void>((done, fail) => {
      sent.push(value);
      held.push(refusal => (refusal ? fail(refusal) : done()));
    }), (value, refusal) => heard.push([value, refusal]));
  const answer = async (refusal?: Error): Promise<void> => {
    held.shift()?.(refusal);
    for (let k = 0; k < 5; k++) await Promise.resolve();
  };
  return { box, sent, heard, answer };
}

it("sends the last of what was put while another was on its way", async () => {
  const { box, sent, heard, answer } = outbox();
  for (const value of [1, 2, 3]) box.put(value);
  expect([sent, box.last()]).toEqual([[1], 3]);
  await answer();
  expect([sent, heard]).toEqual([[1, 3], []]);
  await answer();

  expect([heard, box.last()]).toEqual([[[3, null]], null]);
});

it("tells the refusal of the last only", async () => {
  const { box, heard, answer } = outbox();
  box.put(1);
  box.put(2);
  await answer(new Error("first"));
  await answer(new Error("second"));
  box.put(3);
  await answer();

  expect(heard).toEqual([[2, new Error("second")], [3, null]]);
});

it("sends nothing that waited, and tells no answer, once it was dropped", async () => {
  const { box, sent, heard, answer } = outbox();
  box.put(1);
  box.put(2);
  box.drop();
  await answer();
  box.put(9);
  await answer();

  expect([sent, heard]).toEqual([[1, 9], [[9, null]]]);
});
