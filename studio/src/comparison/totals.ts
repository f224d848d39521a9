import type { RunDetails, Trace, TraceSpan } from "../api/types";
import { count, dollars, duration } from "../ui/format";

/** A sum of a run; null: it is not known. */
export interface Total {
  name: string;
  left: number | null;
  right: number | null;
  show: (value: number) => string;
}

/** What two runs came to. */
export function totalsOf(left: Trace, right: Trace): Total[] {
  const total = (name: string, of: (trace: Trace) => number | null, show = count): Total => ({ name, left: of(left), right: of(right), show });
  return [
    total("Time", timeOf, duration),
    total("Waited for people", (trace) => sum(trace, "approval", (span) => span.durationMs ?? 0), duration),
    total("Model calls", (trace) => sum(trace, "chat", () => 1)),
    total("Tool calls", (trace) => sum(trace, "execute_tool", () => 1)),
    total("Tokens in", ({ usage }) => usage.inputTokens),
    total("Tokens out", ({ usage }) => usage.outputTokens),
    total("Cost", ({ costUsd }) => costUsd ?? null, dollars),
  ].filter(({ left: ours, right: theirs }) => ours || theirs);
}

/** How the settings of two runs differ. */
export function settingsThatDiffer(left: { trace: Trace; details: RunDetails }, right: { trace: Trace; details: RunDetails }): { name: string; before: string; after: string }[] {
  const settings = ({ trace, details }: { trace: Trace; details: RunDetails }): [string, string][] => [
    ["Prompt", details.prompt ?? ""],
    ["Agent", trace.agent],
    ["Agents at work", names(trace, "invoke_agent")],
    ["Models", names(trace, "chat")],
    ["Tools called", names(trace, "execute_tool")],
    ["Specification", details.specHash?.slice(0, 12) ?? ""],
  ];
  const [before, after] = [settings(left), settings(right)];
  return before.map(([name, value], index) => ({ name, before: value, after: after[index]![1] })).filter((row) => row.before !== row.after);
}

function names(trace: Trace, kind: TraceSpan["kind"]): string {
  return [...new Set(trace.spans.filter((span) => span.kind === kind).map((span) => span.name))].sort().join(", ");
}

function timeOf(trace: Trace): number | null {
  return trace.endedAt === undefined ? null : Date.parse(trace.endedAt) - Date.parse(trace.startedAt);
}

function sum(trace: Trace, kind: TraceSpan["kind"], of: (span: TraceSpan) => number): number {
  return trace.spans.reduce((total, span) => total + (span.kind === kind ? of(span) : 0), 0);
}
