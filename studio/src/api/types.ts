import type { components } from "./schema";

/** JSON as the server sends it. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export interface ErrorInfo {
  code: string;
  message: string;
  retryable?: boolean;
}

export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  reasoningTokens: number;
  totalTokens: number;
}

export type RunState = components["schemas"]["RunState"];
export type FinishReason = NonNullable<components["schemas"]["FinishReason"]>;

export interface WorkspaceInfo {
  key: string;
  displayName: string;
  isDefault: boolean;
  metadata: JsonObject;
  state: "opening" | "open" | "failed";
  error?: ErrorInfo | null;
}

export interface StudioStatus {
  app: string;
  version: string;
  startedAt: string;
  instance: string;
  pageToken: string;
  defaultWorkspace: string;
  workspaces: WorkspaceInfo[];
}

export interface RuntimeInfo {
  tenant: { resourceId: string; version: string };
  entryAgent?: string | null;
  agents: string[];
  plans: { name: string; schema: JsonObject }[];
  references: string[];
  hasData: boolean;
}

export interface AgentSummary {
  name: string;
  role: string;
  model: string;
  isEntry: boolean;
  toolCount: number;
  routes: string[];
}

export interface RunRecord {
  runId: string;
  threadId: string;
  threadOrdinal: number;
  entryAgent: string;
  state: RunState;
  startedAt: string;
  updatedAt: string;
  lastEntry: number;
  lastEvent: number;
  finishReason?: FinishReason | null;
  error?: ErrorInfo | null;
}

/** A run as lists have it. */
export interface RunSummary extends RunRecord {
  prompt?: string | null;
}

export interface RunDetails {
  run: RunRecord;
  prompt?: string | null;
  forkedFrom?: string | null;
  forkedAt?: number | null;
  specHash?: string | null;
  usage: TokenUsage;
  costUsd?: number | null;
}

export interface ThreadRecord {
  threadId: string;
  runCount: number;
}

export interface ThreadSummary {
  thread: ThreadRecord;
  title?: string | null;
  firstPrompt?: string | null;
  lastRun?: RunRecord | null;
}

export interface ThreadDetails {
  thread: ThreadRecord;
  title?: string | null;
  runs: { run: RunRecord; prompt: string }[];
}

export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
}

export interface StartedRun {
  runId: string;
  threadId: string;
}

export type ApprovalKind = components["schemas"]["ApprovalKind"];
export type ApprovalStatus = components["schemas"]["ApprovalStatus"];
export type ApprovalOutcome = components["schemas"]["ApprovalOutcome"];

export interface ApprovalDecision {
  outcome: ApprovalOutcome;
  feedback?: string | null;
  partial?: Json;
  decidedBy?: string | null;
  grant?: "run" | "arguments" | null;
  at: string;
}

export interface ApprovalRequest {
  id: string;
  kind: ApprovalKind;
  target: string;
  payload: Json;
  digest: string;
  policy: Json;
  rule: string;
  runId: string;
  threadId: string;
  agent: string;
  stepKey: string;
  createdAt: string;
  expiresAt?: string | null;
  status: ApprovalStatus;
  decisions: ApprovalDecision[];
}

/** An answer to a request. */
export interface Decide {
  outcome: ApprovalOutcome;
  feedback?: string;
  partial?: JsonObject;
  grant?: "run" | "arguments";
}

export interface PlanAction {
  kind: string;
  payload: JsonObject;
  references?: ReferenceHandle[];
}

export interface StoredPlan {
  planId: string;
  specName: string;
  status: "draft" | "approved" | "executing" | "executed" | "failed";
  version: number;
  context: JsonObject;
  actions: PlanAction[];
  runId: string;
  threadId: string;
  history: { status: string; version: number; at: string; by?: string | null }[];
  result?: { entitiesAffected: number; summary?: string | null; details?: Json } | null;
  error?: ErrorInfo | null;
}

export interface ReferenceHandle {
  kind: string;
  id: string;
}

export interface ReferenceEnvelope extends ReferenceHandle {
  glimpse: Json;
  bytes: number;
  createdAt: string;
  expiresAt?: string | null;
}

export interface JournalLine {
  sequence: number;
  kind: string;
  key: string;
  agent?: string | null;
  at: string;
  data: Json;
  eventSequence: number;
  hash: string;
  previousHash: string;
}

export interface RunAudit {
  run: RunRecord;
  lines: { sequence: number; at: string; kind: string; who: string; what: string; isInDoubt?: boolean }[];
}

export interface AuditReport {
  runId: string;
  entries: number;
  problems: { sequence: number; code: string; message: string }[];
  isIntact: boolean;
}

export interface TraceSpan {
  id: string;
  parentId?: string;
  kind: "invoke_agent" | "chat" | "execute_tool" | "approval" | "action";
  name: string;
  agent: string;
  startedAt: string;
  durationMs?: number;
  status: "ok" | "error" | "waiting" | "unfinished";
  outcome?: string;
  errorCode?: string;
  errorMessage?: string;
  usage?: TokenUsage;
  costUsd?: number;
  toolCallId?: string;
  approvalId?: string;
  planId?: string;
  isCopied?: boolean;
  input?: Json;
  output?: Json;
}

export interface Trace {
  id: string;
  agent: string;
  forkedFrom?: string;
  startedAt: string;
  endedAt?: string;
  state: RunState;
  usage: TokenUsage;
  costUsd?: number;
  spans: TraceSpan[];
}
