import { Ban, CircleAlert, CircleCheck, CircleDashed, CircleX, LoaderCircle } from "lucide-react";
import type { ComponentScore, EvalInfo, SampleResult, ScoredSample } from "./types";

export type Outcome = "passed" | "failed" | "errored" | "unscored" | "running" | "planned";

/** What came of a sample, in a word. One whose judge gave no verdict is not scored, and never counts as 0. */
export function outcomeOf(sample: SampleResult | null | undefined): Outcome {
  if (sample === undefined) return "planned";
  if (sample === null) return "running";
  if (!sample.scores) return sample.error ? "errored" : "unscored";
  return outcomeOfScores(sample.scores);
}

export function outcomeOfScores(scores: ScoredSample): Outcome {
  if (scores.status !== "scored") return "unscored";
  return scores.passed ? "passed" : "failed";
}

export const looks = {
  passed: { icon: CircleCheck, word: "passed", text: "text-good", soft: "bg-good-soft text-good" },
  failed: { icon: CircleX, word: "failed", text: "text-bad", soft: "bg-bad-soft text-bad" },
  errored: { icon: CircleAlert, word: "not run", text: "text-warn", soft: "bg-warn-soft text-warn" },
  unscored: { icon: Ban, word: "not scored", text: "text-warn", soft: "bg-warn-soft text-warn" },
  running: { icon: LoaderCircle, word: "running", text: "text-info", soft: "bg-info-soft text-info" },
  planned: { icon: CircleDashed, word: "planned", text: "text-muted", soft: "bg-sunken text-muted" },
} as const;

/** The outcome of a whole eval. */
export function outcomeOfEval(info: EvalInfo): Outcome {
  if (info.state === "running") return "running";
  if (info.state !== "completed" || !info.summary) return info.state === "failed" ? "errored" : "planned";
  return info.summary.verdict === "passed" ? "passed" : info.summary.verdict === "failed_quality" ? "failed" : "errored";
}

export const componentNames: Record<ComponentScore["component"], string> = {
  trajectory: "Tool calls",
  planned_actions: "Planned actions",
  executed_actions: "Executed actions",
  final_response: "Answer",
};

/** A score as people write it: two digits, and neither 0 nor 1 unless it is. */
export function score(value: number | null | undefined): string {
  if (typeof value !== "number") return "–";
  if (value === 0 || value === 1) return String(value);
  return Math.min(0.99, Math.max(0.01, value)).toFixed(2);
}

export function percent(value: number): string {
  return `${Math.round(value * 100)} %`;
}
