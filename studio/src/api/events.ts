import type { ApprovalKind, ApprovalOutcome, ErrorInfo, FinishReason, Json, TokenUsage } from "./types";

interface Stamp {
  runId: string;
  threadId: string;
  sequence: number;
  at: string;
  /** The agent of the frame it happened in. */
  agent?: string | null;
  /** The tool call that opened the frame; null in the run's first frame. */
  parentToolUseId?: string | null;
}

type Event<Type extends string, Data = object> = { type: Type } & Stamp & Data;

/** What happens in a run, by `type`. A type that is not listed here is possible: the server may be newer. */
export type RunEvent =
  | Event<"run_start", { promptDigest: string; entryAgent: string }>
  | Event<"step_start", { turn: number }>
  | Event<"text", { text: string }>
  | Event<"reasoning", { text: string }>
  | Event<
      "tool_invocation",
      {
        toolInvocationId: string;
        toolName: string;
        state: "call" | "result";
        args?: Json;
        result?: Json;
        error?: ErrorInfo | null;
        durationMs?: number | null;
      }
    >
  | Event<
      "tool_progress",
      { toolInvocationId: string; toolName: string; label: string; phaseIndex?: number | null; totalPhases?: number | null; milestone?: boolean }
    >
  | Event<"tool_agent", { agentName: string; state: "call" | "result" }>
  | Event<"agent_usage", { agentName: string; model: string; usage: TokenUsage; costUsd?: number | null; latencyMs: number }>
  | Event<
      "approval_required",
      { id: string; kind: ApprovalKind; target: string; payload: Json; resourceId: string; expiresAt?: string | null }
    >
  | Event<"approval_decision", { id: string; outcome: ApprovalOutcome; feedback?: string | null; decidedBy?: string | null }>
  | Event<"plan_status_change", { planId: string; from?: string | null; to: string; label: string }>
  | Event<"action_status_change", { planId: string; index: number; kind: string; status: ActionStatus; result?: Json }>
  | Event<"reference_created", { kind: string; id: string; glimpse: Json; bytes: number }>
  | Event<"file_registered", { name: string; mediaType: string; reference: { kind: string; id: string } }>
  | Event<
      "history_compacted",
      { toolResultsFolded: number; turnsFolded: number; tokensBefore: number; tokensAfter: number }
    >
  | Event<"retry", { provider?: string | null; attempt: number; reason: string; delayMs: number }>
  | Event<"cost_summary", { agents: UsageLine[]; models: UsageLine[]; total: TokenUsage; totalCostUsd?: number | null }>
  | Event<"latency_summary", { agents: LatencyLine[]; models: LatencyLine[]; totalMs: number }>
  | Event<"finish", { finishReason: FinishReason; limit?: string | null; usage: TokenUsage }>
  | Event<"error", { error: ErrorInfo }>
  | Event<"custom", { eventType: string; data: Json }>;

export type ActionStatus = "executing" | "executed" | "failed" | "compensated";

export interface UsageLine {
  name: string;
  usage: TokenUsage;
  costUsd?: number | null;
}

export interface LatencyLine {
  name: string;
  calls: number;
  totalMs: number;
}

export type EventOf<Type extends RunEvent["type"]> = Extract<RunEvent, { type: Type }>;
