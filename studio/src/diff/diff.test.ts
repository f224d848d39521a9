import { describe, expect, it } from "vitest";
import { diffWords } from "./diff";

const sideOf = (before: string, after: string, without: "removed" | "added") =>
  diffWords(before, after).filter(({ kind }) => kind !== without).map(({ text }) => text).join("");

describe("diffWords", () => {
  it.each([
    ["", ""],
    ["", "a b"],
    ["a b", ""],
    ["60 prices were lowered by 20 %", "58 prices were lowered by 20 %, at once"],
    ["one\ntwo\n", "two\none\n"],
    ["ÄÖ ß", "ÄÖ ss"],
  ])("holds both texts, whatever they are: %j and %j", (before, after) => {
    expect(sideOf(before, after, "added")).toBe(before);
    expect(sideOf(before, after, "removed")).toBe(after);
  });

  it("keeps words that both have", () => {
    expect(diffWords("lowered by 20 %", "lowered by 25 %")).toEqual([
      { kind: "same", text: "lowered by " },
      { kind: "removed", text: "20" },
      { kind: "added", text: "25" },
      { kind: "same", text: " %" },
    ]);
  });

  it("gives up comparing what is too long, and loses nothing", () => {
    const [before, after] = ["a ".repeat(5000) + "x", "b ".repeat(5000) + "y"];
    expect(diffWords(before, after).map(({ kind }) => kind)).toContain("removed");
    expect(sideOf(before, after, "removed")).toBe(after);
  });
});
