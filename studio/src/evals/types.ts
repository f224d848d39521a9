import type { ErrorInfo, Json, JsonObject, TokenUsage } from "../api/types";

export const trajectoryModes = ["strict", "unordered", "subset", "superset", "subsequence"] as const;
export type TrajectoryMode = (typeof trajectoryModes)[number];

export const argumentMatches = ["exact", "ignore", "subset", "superset", "paths", "pattern", "range"] as const;
export type ArgumentMatch = (typeof argumentMatches)[number];

export const evalModes = ["sequential", "planner", "executor", "specialist", "test_case_builder"] as const;
export type EvalMode = (typeof evalModes)[number];

export interface ExpectedCall {
  name: string;
  arguments?: Json;
  argumentMatch?: ArgumentMatch;
  paths?: string[];
  parallel?: boolean;
}

export interface EvalAction {
  kind: string;
  payload: JsonObject;
}

export interface ResponseScorer {
  type: "exact" | "contains" | "regex" | "result_set" | "judge";
  id: string;
  weight?: number;
  required?: boolean;
  [member: string]: Json | undefined;
}

export interface TestCase {
  id: string;
  input: string;
  script?: Json;
  expectedTrajectory?: (ExpectedCall | string)[] | null;
  trajectoryMode?: TrajectoryMode;
  expectedActions?: { planned?: EvalAction[] | null; executed?: EvalAction[] | null; payloadMatch?: "exact" | "subset" } | null;
  finalResponse?: { scorers: ResponseScorer[]; passThreshold?: number } | null;
  tags?: string[];
  sourceThreadId?: string | null;
  context?: Json;
  approvals?: "approve" | "reject" | null;
  repeatThreshold?: number | null;
}

export interface TestDocument {
  id: string;
  version: number;
  updatedAt: string;
  case: TestCase;
}

export interface EvalConfig {
  mode: EvalMode;
  targetAgentId?: string | null;
  samplesPerCase: number;
  concurrency: number;
  passThreshold: number;
  repeatThreshold: number;
  model?: string | null;
  approvals: "approve" | "reject";
  limits?: { costUsd?: number | null; sampleTimeoutMs?: number };
}

export interface EvalDataset {
  name: string;
  cases: TestCase[];
  config?: EvalConfig | null;
}

export type EvalState = "running" | "completed" | "failed" | "cancelled" | "interrupted";

export interface Proportion {
  value: number;
  lower: number;
  upper: number;
}

export interface EvalSummary {
  verdict: "passed" | "failed_quality" | "failed_infrastructure";
  totals: { cases: number; passedCases: number; planned: number; scored: number; passed: number; failed: number; errored: number; unjudged: number };
  passRate?: Proportion | null;
  aggregate?: number | null;
  components: Record<string, number>;
  costUsd?: number | null;
  latency?: { p50Ms: number; p95Ms: number } | null;
  usage: TokenUsage;
}

export interface EvalInfo {
  id: string;
  name: string;
  dataset: string;
  cases: number;
  state: EvalState;
  jobId: string;
  useScripts: boolean;
  startedAt: string;
  endedAt?: string | null;
  summary?: EvalSummary | null;
  error?: ErrorInfo | null;
}

export type ScoreStatus = "scored" | "judge_error" | "refused" | "off_menu";

export interface TrajectoryCall {
  name: string;
  arguments?: Json;
  agent?: string | null;
  depth?: number;
  error?: ErrorInfo | null;
}

export interface ScorerResult {
  id: string;
  status: ScoreStatus;
  score?: number | null;
  weight: number;
  reason?: string | null;
  verdict?: { reason: string; model?: string | null; errorKind?: string | null; trace?: Json } | null;
}

export interface ComponentScore {
  component: "trajectory" | "planned_actions" | "executed_actions" | "final_response";
  score?: number | null;
  weight: number;
  trajectory?: {
    mode: TrajectoryMode;
    matched: { expected: number; actual: number }[];
    missing: number[];
    unexpected: number[];
    outOfOrder: boolean;
    problems: string[];
    compared: (TrajectoryCall | string)[];
  } | null;
  actions?: { matched: { expected: number; actual: number }[]; missing: number[]; unexpected: number[]; differences: string[] } | null;
  response?: { rawScore?: number | null; passed: boolean; failedRequired?: string | null; scorers: ScorerResult[] } | null;
}

export interface ScoredSample {
  status: ScoreStatus;
  score?: number | null;
  passed: boolean;
  components: ComponentScore[];
}

export interface SampleOutput {
  trajectory: (TrajectoryCall | string)[];
  plannedActions: EvalAction[];
  executedActions: EvalAction[];
  response?: string | null;
}

export interface SampleResult {
  caseId: string;
  sample: number;
  traceId?: string | null;
  threadId?: string | null;
  scores?: ScoredSample | null;
  output?: SampleOutput | null;
  error?: ErrorInfo | null;
  usage: TokenUsage;
  costUsd?: number | null;
  latencyMs: number;
  startedAt: string;
}

export interface CaseResult {
  case: TestCase;
  passed: boolean;
  score?: number | null;
  repeatThreshold: number;
  samples: SampleResult[];
}

export interface EvalArtifact {
  evalRunId: string;
  config: EvalConfig;
  datasetName: string;
  datasetHash: string;
  environment: { sluiceVersion: string; runtime: string; operatingSystem: string; tenant: string; models: Record<string, string> };
  startedAt: string;
  endedAt: string;
  summary: EvalSummary;
  cases: CaseResult[];
}

export type CaseChange = "improved" | "regressed" | "unchanged" | "added" | "removed" | "not_comparable";

export interface CaseComparison {
  caseId: string;
  change: CaseChange;
  scoreBefore?: number | null;
  scoreAfter?: number | null;
  passedBefore?: boolean | null;
  passedAfter?: boolean | null;
  components: { component: string; before?: number | null; after?: number | null }[];
  reason?: string | null;
}

export interface EvalComparison {
  baseline: { evalRunId: string; datasetName: string; summary: EvalSummary };
  candidate: { evalRunId: string; datasetName: string; summary: EvalSummary };
  sameDataset: boolean;
  sameScoring: boolean;
  cases: CaseComparison[];
  difference?: { cases: number; value: number; lower: number; upper: number; pValue: number } | null;
  hasRegression: boolean;
}

/** What a running eval says. */
export type EvalMessage =
  | { type: "started"; data: { cases: number; planned: number; alreadyDone: number; warnings?: string[] } }
  | { type: "sample_started"; data: { caseId: string; sample: number } }
  | { type: "sample_completed"; data: { result: SampleResult } }
  | { type: "case_completed"; data: { caseId: string; passed: boolean; score?: number | null } }
  | { type: "progress"; data: { done: number; planned: number; passed: number; costUsd?: number | null } }
  | { type: "completed"; data: { summary: EvalSummary } }
  | { type: "failed"; data: { error: ErrorInfo } };
