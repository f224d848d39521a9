import { describe, expect, it } from "vitest";
import { costText, everyDay, shortCount, type UsageReport, type UsageRow } from "./usage";

const tokens = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0, totalTokens: 2 };
const row = (rest: Partial<UsageRow>): UsageRow => ({ name: "x", calls: 2, tokens, costUsd: 0, unpricedCalls: 0, ...rest });

describe("costText", () => {
  it("says nothing where no price is known, and marks a sum that lacks some", () => {
    expect(costText(row({ unpricedCalls: 2 }))).toBeNull();
    expect(costText(row({ costUsd: 0 }))).toBeNull();
    expect(costText(row({ costUsd: 0.5, unpricedCalls: 1 }))).toBe("$0.5000+");
    expect(costText(row({ costUsd: 1.5 }))).toBe("$1.50");
  });
});

describe("shortCount", () => {
  it.each([[950, "950"], [12_345, "12.3k"], [456_789, "457k"], [4_560_000, "4.56M"]])("writes %d as %s", (value, text) => {
    expect(shortCount(value)).toBe(text);
  });
});

describe("everyDay", () => {
  it("has each day once, also those without calls and over the end of a month", () => {
    const report: UsageReport = { from: "2026-09-29", runs: 1, isComplete: true, total: row({}), agents: [], models: [], days: [row({ name: "2026-10-01" })] };
    expect(everyDay(report, "2026-10-02").map((day) => [day.name, day.calls])).toEqual([["2026-09-29", 0], ["2026-09-30", 0], ["2026-10-01", 2], ["2026-10-02", 0]]);
  });
});
