import { describe, expect, it } from "vitest";
import { typed } from "../../src/run/new-run";

describe("what was typed for a setting", () => {
  it.each([["0.5", 0.5], ["0,5", 0.5], [" −2 ", -2], ["{\"schedule\":\"linear\",\"from\":1,\"to\":0,\"over\":10}", { schedule: "linear",
    from: 1, to: 0, over: 10 }], ["half", "half"], ["true", "true"]])("%s", (text, value) => expect(typed(text)).toEqual(value));
});
