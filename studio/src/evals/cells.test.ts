import { describe, expect, it } from "vitest";
import { matrixOf, selectRows } from "./cells";
import { foldProgress, nothingYet } from "./progress";
import type { EvalDataset, EvalMessage, SampleResult } from "./types";

const sample = (caseId: string, number: number, score: number | null): SampleResult =>
  ({ caseId, sample: number, scores: { status: score === null ? "judge_error" : "scored", score, passed: (score ?? 0) >= 0.7, components: [] }, costUsd: number }) as unknown as SampleResult;
const completed = (result: SampleResult): EvalMessage => ({ type: "sample_completed", data: { result } });
const dataset = { name: "tests", cases: ["a", "b", "c"].map((id) => ({ id, input: id, tags: id === "c" ? ["smoke"] : [] })), config: { samplesPerCase: 2 } } as unknown as EvalDataset;

describe("matrixOf", () => {
  const progress = foldProgress(nothingYet, [
    completed(sample("a", 1, 1)),
    completed(sample("a", 2, 0.2)),
    completed(sample("b", 1, 0.5)),
    { type: "sample_started", data: { caseId: "b", sample: 2 } },
    completed(sample("c", 1, null)),
  ]);
  const rows = matrixOf(dataset, null, progress);

  it("has a cell for every sample that is planned", () => {
    expect(rows.map(({ samples }) => samples.length)).toEqual([2, 2, 2]);
    expect(rows[1]!.samples[1]).toBeNull();
    expect(rows[2]!.samples[1]).toBeUndefined();
  });

  it("counts a sample without a score nowhere", () => {
    expect(rows.map(({ score }) => score)).toEqual([0.6, 0.5, null]);
  });

  it("shows and sorts what is asked for", () => {
    const ids = (...options: [Parameters<typeof selectRows>[1], Parameters<typeof selectRows>[2], string]) => selectRows(rows, ...options).map(({ id }) => id);
    expect(ids("failed", "dataset", "")).toEqual(["a", "b"]);
    expect(ids("flaky", "dataset", "")).toEqual(["a"]);
    expect(ids("unscored", "dataset", "")).toEqual(["c"]);
    expect(ids("all", "score", "")).toEqual(["b", "a", "c"]);
    expect(ids("all", "spread", "")).toEqual(["a", "b", "c"]);
    expect(ids("all", "dataset", "SMOKE")).toEqual(["c"]);
  });
});
