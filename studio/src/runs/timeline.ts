import type { RunEvent } from "../api/events";
import type { Json } from "../api/types";
import { inline } from "../plans/plan";
import { words } from "../ui/format";

export interface TimelineRow {
  event: RunEvent;
  /** How deep its agent was called, from 0. */
  depth: number;
  title: string;
  detail: string;
  tone: "plain" | "good" | "warn" | "bad";
  /** The time without an event before it, in milliseconds, where it is long enough to be told. */
  idleMs: number;
}

const IdleMs = 2000;
const DetailCharacters = 300;

/** A line for each event; pieces of text that follow each other are one line. Events come in order, more with every call: none is read twice. */
export class TimelineRows {
  private rows: TimelineRow[] = [];
  private readonly depths = new Map<string, number>();
  private last: RunEvent | undefined;
  private count = 0;

  /** The lines of these events. */
  of(events: readonly RunEvent[]): readonly TimelineRow[] {
    if (events[this.count - 1] !== this.last) this.forget();
    for (; this.count < events.length; this.count++) {
      const event = events[this.count]!;
      this.add(event, this.last);
      this.last = event;
    }
    return [...this.rows];
  }

  private add(event: RunEvent, before: RunEvent | undefined): void {
    const parent = event.parentToolUseId ?? null;
    const line = this.rows.at(-1);
    if (event.type === "tool_agent" && event.state === "call" && parent !== null && !this.depths.has(parent)) {
      this.depths.set(parent, (line?.depth ?? 0) + 1);
    }
    if ((event.type === "text" || event.type === "reasoning") && line?.event.type === event.type && line.event.parentToolUseId === event.parentToolUseId) {
      this.rows[this.rows.length - 1] = { ...line, detail: (line.detail + event.text).slice(0, DetailCharacters) };
      return;
    }
    const gapMs = before ? Date.parse(event.at) - Date.parse(before.at) : 0;
    this.rows.push({ event, depth: parent === null ? 0 : (this.depths.get(parent) ?? 1), idleMs: gapMs >= IdleMs ? gapMs : 0, ...describe(event) });
  }

  private forget(): void {
    this.rows = [];
    this.depths.clear();
    this.last = undefined;
    this.count = 0;
  }
}

function describe(event: RunEvent): { title: string; detail: string; tone: TimelineRow["tone"] } {
  const line = (title: string, detail: string | Json = "", tone: TimelineRow["tone"] = "plain") => ({
    title,
    detail: (typeof detail === "string" ? detail : inline(detail)).slice(0, DetailCharacters),
    tone,
  });
  switch (event.type) {
    case "run_start":
      return line("Run began", event.entryAgent);
    case "step_start":
      return line(`Turn ${event.turn}`);
    case "text":
      return line("Text", event.text);
    case "reasoning":
      return line("Reasoning", event.text);
    case "tool_invocation":
      return event.state === "call"
        ? line(`Call ${event.toolName}`, event.args ?? "")
        : event.error
          ? line(`Error of ${event.toolName}`, `${event.error.code}: ${event.error.message}`, "bad")
          : line(`Result of ${event.toolName}`, event.result ?? "", "good");
    case "tool_progress":
      return line(`Progress of ${event.toolName}`, event.label);
    case "tool_agent":
      return line(event.state === "call" ? `Agent ${event.agentName} begins` : `Agent ${event.agentName} ends`);
    case "agent_usage":
      return line(`Usage of ${event.agentName}`, `${event.usage.totalTokens} tokens, ${event.model}`);
    case "approval_required":
      return line("Waits for approval", `${event.kind} ${event.target}`, "warn");
    case "approval_decision":
      return line(`Decision: ${event.outcome.replaceAll("_", " ")}`, [event.decidedBy ?? "", event.feedback ?? ""].filter(Boolean).join(": "), event.outcome === "approve" ? "good" : "warn");
    case "plan_status_change":
      return line(`Plan ${event.planId}`, event.label.replaceAll("_", " "), event.to === "failed" ? "bad" : "plain");
    case "action_status_change":
      return line(`Action ${event.index + 1}: ${words(event.kind)}`, event.status, event.status === "failed" ? "bad" : event.status === "executed" ? "good" : "plain");
    case "reference_created":
      return line(`Stored ${event.kind}`, event.id);
    case "file_registered":
      return line("File", event.name);
    case "history_compacted":
      return line("History shortened", `${event.tokensBefore} → ${event.tokensAfter} tokens`);
    case "retry":
      return line(`Attempt ${event.attempt}`, event.reason, "warn");
    case "cost_summary":
      return line("Cost", `${event.total.totalTokens} tokens`);
    case "latency_summary":
      return line("Time", `${event.totalMs} ms`);
    case "finish":
      return line("Run ended", event.finishReason.replaceAll("_", " "), event.finishReason === "stop" ? "good" : "warn");
    case "error":
      return line("Run failed", `${event.error.code}: ${event.error.message}`, "bad");
    case "custom":
      return line(event.eventType, event.data);
    default:
      return line(words((event as { type: string }).type), "an event that this version of the page does not know");
  }
}
