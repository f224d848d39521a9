import type { EventOf, RunEvent } from "../api/events";
import { Draft } from "./draft";
import { emptyRun, type ApprovalView, type FrameView, type PlanView, type RunView, type ToolView, type TurnView } from "./view";

type Handlers = { [Type in RunEvent["type"]]: (draft: Draft, event: EventOf<Type>) => void };

/**
 * A run as a page shows it, from its events in order. Pure: what comes in is never changed, and the same events give the same view however they
 * are cut into batches. Events that are already in the view, and types that this build does not know, change nothing that is shown.
 */
export function fold(view: RunView, events: readonly RunEvent[]): RunView {
  const draft = new Draft(view);
  for (const event of events) {
    if (event.sequence <= draft.view.lastSequence) continue;
    const handle = (handlers as Record<string, (draft: Draft, event: RunEvent) => void>)[event.type];
    draft.view.lastSequence = event.sequence;
    draft.view.lastAt = event.at;
    if (handle) handle(draft, event);
    else draft.view.unknownEvents++;
  }
  return draft.view;
}

export { emptyRun };

const handlers: Handlers = {
  run_start(draft, event) {
    draft.view.runId = event.runId;
    draft.view.threadId = event.threadId;
    draft.view.entryAgent = event.entryAgent;
    draft.view.startedAt = event.at;
    draft.openFrame(null, event.entryAgent, event);
  },
  step_start(draft, event) {
    draft.addTurn(draft.frameOf(event), event.turn, event.at);
  },
  text(draft, event) {
    append(draft.turnOf(event), "text", event.text);
  },
  reasoning(draft, event) {
    append(draft.turnOf(event), "reasoning", event.text);
  },
  tool_invocation(draft, event) {
    if (event.state === "call") begin(draft, event);
    else end(draft, event);
  },
  tool_progress(draft, event) {
    const tool = draft.tool(event);
    if (!tool) return;
    const progress = { label: event.label, phase: event.phaseIndex ?? null, phases: event.totalPhases ?? null };
    tool.progress = progress;
    if (event.milestone) tool.milestones = [...tool.milestones, event.label];
  },
  tool_agent(draft, event) {
    if (event.state === "call") draft.openFrame(event.parentToolUseId ?? null, event.agentName, event);
    else {
      const frame = draft.frameOf(event);
      frame.isOpen = false;
      frame.endedAt = event.at;
    }
  },
  agent_usage(draft, event) {
    const frame = draft.frameOf(event);
    frame.usage = event.usage;
    frame.costUsd = event.costUsd ?? null;
    frame.model = event.model;
    if (frame.key === "") frame.isOpen = false;
  },
  approval_required(draft, event) {
    const frame = draft.frameOf(event);
    const approval: ApprovalView = {
      id: event.id,
      kind: event.kind,
      target: event.target,
      payload: event.payload,
      agent: event.agent ?? "",
      frame: frame.key,
      askedAt: event.at,
      expiresAt: event.expiresAt ?? null,
      decision: null,
    };
    draft.view.approvals[event.id] = approval;
    draft.turnOf(event).parts.push({ kind: "approval", id: event.id });
    if (event.kind !== "plan") return;
    const plan = draft.plan(event.target, frame.key, event.at);
    plan.approvals = [...plan.approvals, event.id];
    plan.payload = event.payload;
    plan.version = numberAt(event.payload, "version") ?? plan.version;
    // A plan that was revised is asked for anew: what became of an earlier attempt is in the log.
    plan.actions = {};
  },
  approval_decision(draft, event) {
    const approval = draft.approval(event.id);
    if (!approval) return;
    approval.decision = { outcome: event.outcome, feedback: event.feedback ?? null, decidedBy: event.decidedBy ?? null, at: event.at };
  },
  plan_status_change(draft, event) {
    const frame = draft.frameOf(event);
    const isNew = draft.view.plans[event.planId] === undefined;
    const plan = draft.plan(event.planId, frame.key, event.at);
    plan.status = event.to;
    plan.label = event.label;
    plan.changes = [...plan.changes, { from: event.from ?? null, to: event.to, label: event.label, at: event.at, agent: event.agent ?? null }];
    if (event.to === "draft") {
      plan.drafts++;
      if (!isNew) plan.actions = {};
    }
  },
  action_status_change(draft, event) {
    const plan = draft.plan(event.planId, draft.frameOf(event).key, event.at);
    const before = plan.actions[event.index];
    plan.actions = {
      ...plan.actions,
      [event.index]: {
        index: event.index,
        kind: event.kind,
        status: event.status,
        result: event.result ?? before?.result ?? null,
        startedAt: before?.startedAt ?? event.at,
        endedAt: event.status === "executing" ? null : event.at,
      },
    };
  },
  reference_created(draft, event) {
    draft.view.references[event.id] = { kind: event.kind, id: event.id, glimpse: event.glimpse, bytes: event.bytes, at: event.at };
    draft.turnOf(event).references.push(event.id);
  },
  file_registered(draft, event) {
    draft.turnOf(event).parts.push({ kind: "file", name: event.name, mediaType: event.mediaType, reference: event.reference });
  },
  history_compacted(draft, event) {
    draft.turnOf(event).parts.push({
      kind: "notice",
      text: `History was shortened from ${event.tokensBefore} to ${event.tokensAfter} tokens.`,
    });
  },
  retry(draft, event) {
    const turn = draft.turnOf(event);
    turn.parts = turn.parts.map((part) => (part.kind === "text" || part.kind === "reasoning" ? { ...part, isVoid: true } : part));
    turn.parts.push({ kind: "retry", attempt: event.attempt, reason: event.reason, provider: event.provider ?? null, delayMs: event.delayMs });
  },
  cost_summary(draft, event) {
    draft.view.usage = event.total;
    draft.view.costUsd = event.totalCostUsd ?? null;
    draft.view.agents = event.agents;
  },
  latency_summary(draft, event) {
    draft.view.totalMs = event.totalMs;
    draft.view.modelMs = event.agents.reduce((sum, line) => sum + line.totalMs, 0);
  },
  finish(draft, event) {
    // What ends a stream while the run waits is no end of the run.
    if (event.finishReason === "suspended") return;
    draft.view.usage = event.usage;
    draft.view.end = { kind: "finish", reason: event.finishReason, limit: event.limit ?? null, at: event.at };
  },
  error(draft, event) {
    draft.view.end = { kind: "error", error: event.error, at: event.at };
  },
  custom(draft, event) {
    draft.turnOf(event).parts.push({ kind: "custom", name: event.eventType, data: event.data });
  },
};

function append(turn: TurnView, kind: "text" | "reasoning", text: string): void {
  const last = turn.parts.at(-1);
  if (last?.kind === kind && !last.isVoid) turn.parts[turn.parts.length - 1] = { ...last, text: last.text + text };
  else turn.parts.push({ kind, text, isVoid: false });
}

function begin(draft: Draft, event: EventOf<"tool_invocation">): void {
  const frame = draft.frameOf(event);
  const key = `${frame.key}/${event.toolInvocationId}`;
  const turn = draft.turnOf(event);
  // A call that is made again, after its run was interrupted, is the same call.
  if (draft.view.tools[key] === undefined) turn.parts.push({ kind: "tool", key });
  const tool: ToolView = {
    key,
    id: event.toolInvocationId,
    name: event.toolName,
    agent: event.agent ?? frame.agent,
    args: event.args ?? null,
    state: "running",
    result: null,
    error: null,
    startedAt: event.at,
    durationMs: null,
    progress: null,
    milestones: [],
    frame: draft.view.tools[key]?.frame ?? null,
  };
  draft.setTool(tool);
}

function end(draft: Draft, event: EventOf<"tool_invocation">): void {
  const tool = draft.tool(event);
  if (!tool) return;
  tool.state = event.error ? "failed" : "done";
  tool.result = event.result ?? null;
  tool.error = event.error ?? null;
  tool.durationMs = event.durationMs ?? null;
  tool.progress = null;
}

function numberAt(value: unknown, name: string): number | null {
  const found = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof found === "number" ? found : null;
}

export type { ApprovalView, FrameView, PlanView, RunView, ToolView, TurnView };
