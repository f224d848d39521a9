import type { TraceSpan } from "../api/types";

export interface TraceRow {
  span: TraceSpan;
  level: number;
  hasChildren: boolean;
  /** Its place among its siblings, from 1, and how many there are. */
  position: number;
  siblings: number;
  /** Where its bar begins and how long it is, as shares of the whole. */
  start: number;
  length: number;
  value: number;
}

export type TraceMeasure = "time" | "tokens" | "cost";

/** The spans that are in view as rows of a tree, with their bars by a measure. */
export function traceRows(spans: readonly TraceSpan[], closed: ReadonlySet<string>, measure: TraceMeasure, now: number): TraceRow[] {
  const ids = new Set(spans.map((span) => span.id));
  const children = new Map<string, TraceSpan[]>();
  for (const span of spans) {
    // A span whose parent is not recorded stands at the top rather than nowhere.
    const parent = span.parentId !== undefined && ids.has(span.parentId) ? span.parentId : "";
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  const begin = Math.min(...spans.map((span) => Date.parse(span.startedAt)));
  const end = Math.max(...spans.map((span) => endOf(span, now)), begin + 1);
  const values = new Map<string, number>();
  const total = (span: TraceSpan): number => {
    const below = (children.get(span.id) ?? []).reduce((sum, child) => sum + total(child), 0);
    const value = span.kind === "invoke_agent" ? Math.max(valueOf(span, measure), below) : valueOf(span, measure) + below;
    values.set(span.id, value);
    return value;
  };
  const whole = (children.get("") ?? []).reduce((sum, span) => sum + total(span), 0) || 1;

  const rows: TraceRow[] = [];
  const walk = (parent: string, level: number, from: number) => {
    const siblings = children.get(parent) ?? [];
    let offset = from;
    siblings.forEach((span, index) => {
      const value = measure === "time" ? endOf(span, now) - Date.parse(span.startedAt) : values.get(span.id)!;
      rows.push({
        span,
        level,
        hasChildren: children.has(span.id),
        position: index + 1,
        siblings: siblings.length,
        start: measure === "time" ? (Date.parse(span.startedAt) - begin) / (end - begin) : offset / whole,
        length: measure === "time" ? value / (end - begin) : value / whole,
        value,
      });
      if (!closed.has(span.id)) walk(span.id, level + 1, offset);
      offset += values.get(span.id)!;
    });
  };
  walk("", 1, 0);
  return rows;
}

function valueOf(span: TraceSpan, measure: TraceMeasure): number {
  return measure === "tokens" ? (span.usage?.totalTokens ?? 0) : measure === "cost" ? (span.costUsd ?? 0) : 0;
}

function endOf(span: TraceSpan, now: number): number {
  const start = Date.parse(span.startedAt);
  if (span.durationMs !== undefined) return start + span.durationMs;
  return span.status === "waiting" || span.status === "unfinished" ? Math.max(start, now) : start;
}
