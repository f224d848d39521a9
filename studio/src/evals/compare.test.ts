import { describe, expect, it } from "vitest";
import { compareRows, differencesOf } from "./compare";
import type { CaseChange, CaseComparison, EvalArtifact, EvalComparison, EvalInfo, SampleResult, TrajectoryCall } from "./types";

const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0, totalTokens: 0 };

function sample(number: number, score: number, trajectory: (TrajectoryCall | string)[] = []): SampleResult {
  return {
    caseId: "c",
    sample: number,
    scores: { status: "scored", score, passed: score >= 1, components: [] },
    output: { trajectory, plannedActions: [], executedActions: [], response: "" },
    usage,
    latencyMs: 1,
    startedAt: "2026-09-30T10:00:00Z",
  };
}

function artifact(cases: Record<string, SampleResult[]>, rest: Partial<EvalArtifact> = {}): EvalArtifact {
  return {
    evalRunId: "e",
    config: { mode: "specialist", samplesPerCase: 4, concurrency: 1, passThreshold: 1, repeatThreshold: 1, approvals: "approve" },
    datasetName: "d",
    datasetHash: "0123456789abcdef",
    environment: { sluiceVersion: "1.0", runtime: ".NET", operatingSystem: "Linux", tenant: "t", models: { clerk: "model-s" } },
    startedAt: "2026-09-30T10:00:00Z",
    endedAt: "2026-09-30T10:01:00Z",
    summary: null!,
    cases: Object.entries(cases).map(([id, samples]) => ({ case: { id, input: "" }, passed: true, repeatThreshold: 1, samples })),
    ...rest,
  };
}

function comparison(...cases: [id: string, change: CaseChange, before: number | null, after: number | null][]): EvalComparison {
  return {
    baseline: null!,
    candidate: null!,
    sameDataset: true,
    sameScoring: true,
    hasRegression: false,
    cases: cases.map(([caseId, change, scoreBefore, scoreAfter]): CaseComparison => ({ caseId, change, scoreBefore, scoreAfter, components: [] })),
  };
}

const four = (score: number) => [1, 2, 3, 4].map((number) => sample(number, score));

describe("compareRows", () => {
  it("puts what is beyond chance first, what got worse before what got better, and the rest last", () => {
    const before = artifact({ same: four(1), noisy: [sample(1, 1)], better: four(0), worse: four(1), gone: four(1) });
    const after = artifact({ same: four(1), noisy: [sample(1, 0)], better: four(1), worse: four(0), fresh: four(1) });
    const rows = compareRows(
      comparison(["same", "unchanged", 1, 1], ["noisy", "regressed", 1, 0], ["fresh", "added", null, 1], ["gone", "removed", 1, null], ["better", "improved", 0, 1], ["worse", "regressed", 1, 0]),
      before,
      after,
    );
    expect(rows.map((row) => [row.comparison.caseId, row.isBeyond])).toEqual([
      ["worse", true],
      ["better", true],
      ["noisy", false],
      ["fresh", false],
      ["gone", false],
      ["same", false],
    ]);
    expect(rows.find((row) => row.comparison.caseId === "fresh")!.before).toBeNull();
    expect(rows.find((row) => row.comparison.caseId === "gone")!.after).toBeNull();
  });

  it("orders cases that changed alike by how much", () => {
    const before = artifact({ little: four(1), much: four(1) });
    const after = artifact({ little: four(0.8), much: four(0) });
    const rows = compareRows(comparison(["little", "regressed", 1, 0.8], ["much", "regressed", 1, 0]), before, after);
    expect(rows.map((row) => row.comparison.caseId)).toEqual(["much", "little"]);
  });

  it.each([
    ["the same calls", ["find", "store"], ["find", "store"], null],
    ["another call", ["find", "store"], ["find", "look"], { place: 1, before: "store", after: "look" }],
    ["a call less", ["find", "store"], ["find"], { place: 1, before: "store", after: null }],
    ["a call more", [], ["find"], { place: 0, before: null, after: "find" }],
  ])("finds the first call at which %s part", (_, left, right, expected) => {
    const [row] = compareRows(comparison(["c", "unchanged", 1, 1]), artifact({ c: [sample(1, 1, left)] }), artifact({ c: [sample(1, 1, right)] }));
    expect(row!.divergence).toEqual(expected);
  });

  it("tells calls with other arguments apart", () => {
    const call = (percent: number) => [{ name: "mark_down", arguments: { percent } }];
    const [row] = compareRows(comparison(["c", "unchanged", 1, 1]), artifact({ c: [sample(1, 1, call(20))] }), artifact({ c: [sample(1, 1, call(30))] }));
    expect(row!.divergence).toEqual({ place: 0, before: 'mark_down {"percent":20}', after: 'mark_down {"percent":30}' });
  });
});

describe("differencesOf", () => {
  it("says nothing of what is alike, and names settings by their place", () => {
    const before = artifact({});
    expect(differencesOf(before, artifact({}))).toEqual([]);
    const [plain, scripted] = [false, true].map((useScripts) => ({ useScripts }) as EvalInfo);
    expect(differencesOf(before, before, plain, scripted)).toEqual([{ name: "scriptsAnswered", before: "false", after: "true" }]);
    const after = artifact({}, {
      config: { ...before.config, samplesPerCase: 3, limits: { costUsd: 2 } },
      datasetHash: "fedcba9876543210",
      environment: { ...before.environment, models: { clerk: "model-l" } },
    });
    expect(differencesOf(before, after)).toEqual([
      { name: "samplesPerCase", before: "4", after: "3" },
      { name: "models.clerk", before: "model-s", after: "model-l" },
      { name: "cases", before: "0123456789ab", after: "fedcba987654" },
      { name: "limits.costUsd", before: "none", after: "2" },
    ]);
  });
});
