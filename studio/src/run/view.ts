import type { ActionStatus, UsageLine } from "../api/events";
import type { ApprovalKind, ApprovalOutcome, ErrorInfo, FinishReason, Json, ReferenceHandle, TokenUsage } from "../api/types";

/** A run as a page shows it. Plain JSON: a snapshot can be stored and gone on from. */
export interface RunView {
  runId: string;
  threadId: string;
  entryAgent: string;
  startedAt: string | null;
  /** The sequence of the last event that is in the view. */
  lastSequence: number;
  lastAt: string | null;
  /** The agents that ran, in the order in which they began, by key; the run's first has the key "". */
  frames: Record<string, FrameView>;
  /** Tool calls by frame and id: an id alone may come up in several frames. */
  tools: Record<string, ToolView>;
  approvals: Record<string, ApprovalView>;
  plans: Record<string, PlanView>;
  references: Record<string, ReferenceView>;
  agents: UsageLine[];
  usage: TokenUsage | null;
  costUsd: number | null;
  totalMs: number | null;
  modelMs: number | null;
  /** How it ended; null while it has not. */
  end: EndView | null;
  unknownEvents: number;
}

export type EndView =
  | { kind: "finish"; reason: FinishReason; limit: string | null; at: string }
  | { kind: "error"; error: ErrorInfo; at: string };

export interface FrameView {
  key: string;
  /** The id of the tool call that opened it. */
  callId: string | null;
  agent: string;
  isOpen: boolean;
  startedAt: string;
  endedAt: string | null;
  turns: TurnView[];
  model: string | null;
  usage: TokenUsage | null;
  costUsd: number | null;
}

export interface TurnView {
  number: number;
  at: string;
  parts: PartView[];
  /** The ids of what was stored in it. */
  references: string[];
}

export type PartView =
  | { kind: "text" | "reasoning"; text: string; isVoid: boolean }
  | { kind: "tool"; key: string }
  | { kind: "approval"; id: string }
  | { kind: "retry"; attempt: number; reason: string; provider: string | null; delayMs: number }
  | { kind: "file"; name: string; mediaType: string; reference: ReferenceHandle }
  | { kind: "custom"; name: string; data: Json }
  | { kind: "notice"; text: string };

export interface ToolView {
  key: string;
  id: string;
  name: string;
  agent: string;
  args: Json;
  state: "running" | "done" | "failed";
  result: Json;
  error: ErrorInfo | null;
  startedAt: string;
  durationMs: number | null;
  progress: { label: string; phase: number | null; phases: number | null } | null;
  milestones: string[];
  /** The key of the frame that it opened; null: it called no agent. */
  frame: string | null;
}

export interface ApprovalView {
  id: string;
  kind: ApprovalKind;
  target: string;
  payload: Json;
  agent: string;
  frame: string;
  askedAt: string;
  expiresAt: string | null;
  decision: { outcome: ApprovalOutcome; feedback: string | null; decidedBy: string | null; at: string } | null;
}

export interface PlanView {
  id: string;
  frame: string;
  status: string;
  label: string;
  version: number;
  /** How often it was stored as a draft. */
  drafts: number;
  createdAt: string;
  payload: Json;
  approvals: string[];
  changes: { from: string | null; to: string; label: string; at: string; agent: string | null }[];
  /** What becomes of its actions, by their place. */
  actions: Record<number, ActionView>;
}

export interface ActionView {
  index: number;
  kind: string;
  status: ActionStatus;
  result: Json;
  startedAt: string;
  endedAt: string | null;
}

export interface ReferenceView extends ReferenceHandle {
  glimpse: Json;
  bytes: number;
  at: string;
}

/** A run of which nothing is known yet. */
export function emptyRun(): RunView {
  return {
    runId: "",
    threadId: "",
    entryAgent: "",
    startedAt: null,
    lastSequence: 0,
    lastAt: null,
    frames: {},
    tools: {},
    approvals: {},
    plans: {},
    references: {},
    agents: [],
    usage: null,
    costUsd: null,
    totalMs: null,
    modelMs: null,
    end: null,
    unknownEvents: 0,
  };
}

/** Where a run stands, as far as its events say. */
export function stateOf(view: RunView): "running" | "waiting" | "finished" | "cancelled" | "failed" {
  if (view.end?.kind === "error") return "failed";
  if (view.end?.kind === "finish") return view.end.reason === "cancelled" ? "cancelled" : "finished";
  return openApprovals(view).length > 0 ? "waiting" : "running";
}

/** The requests that nobody has answered, in the order in which they were made. */
export function openApprovals(view: RunView): ApprovalView[] {
  return view.end ? [] : Object.values(view.approvals).filter((approval) => approval.decision === null);
}

/** The text of the last turn of the run's first agent: its answer. */
export function answerOf(view: RunView): string {
  const turn = view.frames[""]?.turns.at(-1);
  return (turn?.parts ?? []).map((part) => (part.kind === "text" && !part.isVoid ? part.text : "")).join("");
}
