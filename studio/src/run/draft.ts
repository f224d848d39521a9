import type { RunEvent } from "../api/events";
import type { ApprovalView, FrameView, PlanView, RunView, ToolView, TurnView } from "./view";

/**
 * A view that is being changed by a batch of events. Each part is copied the first time the batch touches it, so the parts that it leaves alone
 * stay the same objects, and a page draws only what changed.
 */
export class Draft {
  readonly view: RunView;
  private readonly owned = new WeakSet<object>();
  private frameKeys: string[] | null = null;

  constructor(view: RunView) {
    this.view = {
      ...view,
      frames: { ...view.frames },
      tools: { ...view.tools },
      approvals: { ...view.approvals },
      plans: { ...view.plans },
      references: { ...view.references },
    };
  }

  /** Begins the work of an agent, below the call that asked for it. */
  openFrame(callId: string | null, agent: string, event: RunEvent): void {
    const caller = callId === null ? null : this.callerOf(callId);
    const key = caller ? caller.key : callId === null ? "" : `?/${callId}`;
    const before = this.view.frames[key];
    const frame: FrameView = before
      ? { ...before, isOpen: true, endedAt: null }
      : { key, callId, agent, isOpen: true, startedAt: event.at, endedAt: null, turns: [], model: null, usage: null, costUsd: null };
    this.view.frames[key] = frame;
    this.frameKeys = null;
    if (caller) this.setTool({ ...caller, frame: key });
  }

  /** The agent's work that an event belongs to. It is made when its beginning was not seen. */
  frameOf(event: RunEvent): FrameView {
    const key = this.findFrame(event.parentToolUseId ?? null, event.agent ?? null);
    if (key === null) {
      this.openFrame(event.parentToolUseId ?? null, event.agent ?? "", event);
      return this.frameOf({ ...event, agent: event.agent ?? "" });
    }
    const frame = this.own(this.view.frames[key]!);
    this.view.frames[key] = frame;
    return frame;
  }

  /** The turn that an event belongs to: the last one of its frame. */
  turnOf(event: RunEvent): TurnView {
    const frame = this.frameOf(event);
    if (frame.turns.length === 0) return this.addTurn(frame, 1, event.at);
    const last = frame.turns[frame.turns.length - 1]!;
    if (this.owned.has(last)) return last;
    const turn: TurnView = { ...last, parts: [...last.parts], references: [...last.references] };
    this.owned.add(turn);
    frame.turns = [...frame.turns.slice(0, -1), turn];
    return turn;
  }

  addTurn(frame: FrameView, number: number, at: string): TurnView {
    const turn: TurnView = { number, at, parts: [], references: [] };
    this.owned.add(turn);
    frame.turns = [...frame.turns, turn];
    return turn;
  }

  tool(event: Extract<RunEvent, { toolInvocationId: string }>): ToolView | null {
    const key = `${this.frameOf(event).key}/${event.toolInvocationId}`;
    const known = this.view.tools[key];
    return known ? this.setTool(this.own(known)) : null;
  }

  setTool(tool: ToolView): ToolView {
    this.owned.add(tool);
    this.view.tools[tool.key] = tool;
    return tool;
  }

  approval(id: string): ApprovalView | null {
    const known = this.view.approvals[id];
    if (!known) return null;
    return (this.view.approvals[id] = this.own(known));
  }

  plan(id: string, frame: string, at: string): PlanView {
    const known = this.view.plans[id];
    const plan: PlanView = known
      ? this.own(known)
      : { id, frame, status: "draft", label: "draft", version: 1, drafts: 0, createdAt: at, payload: null, approvals: [], changes: [], actions: {} };
    this.owned.add(plan);
    return (this.view.plans[id] = plan);
  }

  /** The call with this id that was made last and goes on: ids may come up again in another frame. */
  private callerOf(callId: string): ToolView | null {
    let found: ToolView | null = null;
    for (const tool of Object.values(this.view.tools)) {
      if (tool.id === callId && tool.state === "running") found = tool;
    }
    return found;
  }

  private findFrame(callId: string | null, agent: string | null): string | null {
    if (callId === null) return this.view.frames[""] ? "" : null;
    this.frameKeys ??= Object.keys(this.view.frames);
    let fallback: string | null = null;
    for (let index = this.frameKeys.length - 1; index >= 0; index--) {
      const frame = this.view.frames[this.frameKeys[index]!]!;
      if (frame.callId !== callId) continue;
      if (frame.isOpen && (agent === null || frame.agent === agent)) return frame.key;
      fallback ??= frame.key;
    }
    return fallback;
  }

  private own<T extends object>(part: T): T {
    if (this.owned.has(part)) return part;
    const copy = { ...part };
    this.owned.add(copy);
    return copy;
  }
}
