import { describe, expect, it } from "vitest";
import { isBeyondNoise } from "./noise";

const times = (count: number, value: number) => Array.from({ length: count }, () => value);

describe("isBeyondNoise", () => {
  it.each([
    ["nothing was scored", [], [1], false],
    ["one sample a side", [1], [0], false],
    ["three a side are 2 of 20 ways", times(3, 1), times(3, 0), false],
    ["four a side are 2 of 70 ways", times(4, 1), times(4, 0), true],
    ["they overlap", [1, 1, 0, 1], [1, 0, 0, 1], false],
    ["they are equal", times(5, 0.5), times(5, 0.5), false],
    ["many samples, far apart", times(20, 1), times(20, 0), true],
    ["many samples, as good as equal", [...times(10, 1), ...times(10, 0)], [...times(11, 1), ...times(9, 0)], false],
  ])("%s", (_, before, after, expected) => {
    expect(isBeyondNoise(before, after)).toBe(expected);
    expect(isBeyondNoise(after, before)).toBe(expected);
  });
});
