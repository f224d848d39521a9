import { mean } from "./noise";
import { outcomeOf } from "./outcome";
import { keyOf, type Progress } from "./progress";
import type { EvalArtifact, EvalDataset, SampleResult, TestCase } from "./types";

/** A case with its samples: what came of each, null while it runs, undefined before. */
export interface MatrixRow {
  id: string;
  case: TestCase;
  samples: readonly (SampleResult | null | undefined)[];
  /** The mean of the samples' scores; null: none has one. */
  score: number | null;
  /** Whether the case passed; null: it is not known yet. */
  passed: boolean | null;
  isFlaky: boolean;
}

const UsualSamples = 3;

export const shows = ["all", "failed", "flaky", "unscored"] as const;
export type Show = (typeof shows)[number];
export const sorts = ["dataset", "score", "spread", "cost"] as const;
export type Sort = (typeof sorts)[number];

/** The rows of an eval: from its artifact, or while there is none from its cases and what it says. */
export function matrixOf(dataset: EvalDataset | null, artifact: EvalArtifact | null, progress: Progress): MatrixRow[] {
  if (artifact) return artifact.cases.map((result) => toRow(result.case, result.samples, result.passed));
  const samples = dataset?.config?.samplesPerCase ?? UsualSamples;
  return (dataset?.cases ?? []).map((testCase) =>
    toRow(
      testCase,
      Array.from({ length: samples }, (_, index) => progress.samples.get(keyOf(testCase.id, index + 1))),
      null,
    ),
  );
}

export function selectRows(rows: readonly MatrixRow[], show: Show, sort: Sort, words: string): MatrixRow[] {
  const lower = words.toLowerCase();
  const chosen = rows.filter((row) => isShown(row, show) && (lower === "" || row.id.toLowerCase().includes(lower) || row.case.tags?.some((tag) => tag.toLowerCase().includes(lower))));
  if (sort === "score") chosen.sort((left, right) => (left.score ?? 2) - (right.score ?? 2));
  if (sort === "spread") chosen.sort((left, right) => spreadOf(right) - spreadOf(left));
  if (sort === "cost") chosen.sort((left, right) => costOf(right) - costOf(left));
  return chosen;
}

export function isShown(row: MatrixRow, show: Show): boolean {
  switch (show) {
    case "all":
      return true;
    case "failed":
      return row.samples.some((sample) => ["failed", "errored"].includes(outcomeOf(sample)));
    case "flaky":
      return row.isFlaky;
    case "unscored":
      return row.samples.some((sample) => sample && !["passed", "failed"].includes(outcomeOf(sample)));
  }
}

function toRow(testCase: TestCase, samples: MatrixRow["samples"], passed: boolean | null): MatrixRow {
  const scores = scoresOf(samples);
  const outcomes = new Set(samples.map(outcomeOf));
  return {
    id: testCase.id,
    case: testCase,
    samples,
    score: scores.length === 0 ? null : mean(scores),
    passed,
    isFlaky: outcomes.has("passed") && outcomes.has("failed"),
  };
}

export function scoresOf(samples: MatrixRow["samples"]): number[] {
  return samples.flatMap((sample) => (typeof sample?.scores?.score === "number" ? [sample.scores.score] : []));
}

function spreadOf(row: MatrixRow): number {
  const scores = scoresOf(row.samples);
  return scores.length === 0 ? -1 : Math.max(...scores) - Math.min(...scores);
}

function costOf(row: MatrixRow): number {
  return row.samples.reduce((total, sample) => total + (sample?.costUsd ?? 0), 0);
}
