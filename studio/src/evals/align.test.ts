import { describe, expect, it } from "vitest";
import { align } from "./align";

const kinds = (expected: string[], actual: string[], matched: [number, number][]) =>
  align(
    expected,
    actual,
    {
      matched: matched.map(([left, right]) => ({ expected: left, actual: right })),
      missing: expected.map((_, place) => place).filter((place) => !matched.some(([left]) => left === place)),
      unexpected: actual.map((_, place) => place).filter((place) => !matched.some(([, right]) => right === place)),
    },
    (item) => item.split(":")[0]!,
  ).map(({ kind, expected: left, actual: right }) => `${kind} ${left ?? ""}|${right ?? ""}`);

describe("align", () => {
  it("keeps the order of what was done, and puts what is missing before what comes after it", () => {
    expect(kinds(["a", "b", "c"], ["a", "x", "c"], [[0, 0], [2, 2]])).toEqual(["match a|a", "extra |x", "missing b|", "match c|c"]);
  });

  it("makes one line of a call that was made with other values", () => {
    expect(kinds(["a:1", "b:1"], ["a:2", "b:1"], [[1, 1]])).toEqual(["changed a:1|a:2", "match b:1|b:1"]);
  });

  it("shows everything there is when nothing fits", () => {
    expect(kinds(["a", "b"], ["x"], [])).toEqual(["extra |x", "missing a|", "missing b|"]);
    expect(kinds([], ["x"], [])).toEqual(["extra |x"]);
    expect(kinds(["a"], [], [])).toEqual(["missing a|"]);
  });
});
