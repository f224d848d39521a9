import { describe, expect, it } from "vitest";
import { foldProgress, keyOf, nothingYet, withEnded } from "./progress";
import type { EvalMessage, SampleResult } from "./types";

const result = (caseId: string, sample: number) => ({ caseId, sample }) as SampleResult;
const messages: EvalMessage[] = [
  { type: "started", data: { cases: 2, planned: 4, alreadyDone: 1, warnings: ["one family"] } },
  { type: "sample_started", data: { caseId: "a", sample: 1 } },
  { type: "sample_completed", data: { result: result("a", 1) } },
  { type: "progress", data: { done: 2, planned: 4, passed: 1, costUsd: 0.5 } },
  { type: "sample_started", data: { caseId: "b", sample: 1 } },
  { type: "failed", data: { error: { code: "store_full", message: "The disk is full." } } },
];

describe("foldProgress", () => {
  it("comes to the same in one go and message by message", () => {
    const whole = foldProgress(nothingYet, messages);
    expect(messages.reduce((before, message) => foldProgress(before, [message]), nothingYet)).toEqual(whole);
    expect(whole).toMatchObject({ planned: 4, done: 2, passed: 1, costUsd: 0.5, warnings: ["one family"], hasEnded: true, error: { code: "store_full" } });
    expect(whole.samples.get(keyOf("a", 1))).toEqual(result("a", 1));
    expect(whole.samples.get(keyOf("b", 1))).toBeNull();
  });

  it("lets a message of a kind that is not known pass", () => {
    expect(foldProgress(nothingYet, [{ type: "paused", data: {} } as unknown as EvalMessage])).toEqual(nothingYet);
  });
});

describe("withEnded", () => {
  it("adds what ended before, and keeps what is newer", () => {
    const progress = foldProgress(nothingYet, messages);
    const older = { ...result("a", 1), latencyMs: 5 };
    const { samples } = withEnded(progress, [older, result("b", 1), result("b", 2)]);
    expect(samples.get(keyOf("a", 1))).toEqual(result("a", 1));
    expect(samples.get(keyOf("b", 1))).toEqual(result("b", 1));
    expect(samples.get(keyOf("b", 2))).toEqual(result("b", 2));
    expect(progress.samples.get(keyOf("b", 1))).toBeNull();
  });
});
