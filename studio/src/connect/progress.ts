import type { ErrorInfo } from "../api/types";

/** One message of a job of profiling or ingestion. */
export interface JobMessage {
  type: string;
  table?: string;
  path?: string;
  rows?: number | null;
  columns?: number;
  findings?: number;
  parts?: number;
  change?: string;
  reason?: string;
  elapsedMs?: number;
  tables?: number;
  files?: number;
  declared?: number;
  inferred?: number;
  entriesWritten?: number;
  error?: ErrorInfo;
}

export interface Step {
  /** The table or document. */
  name: string;
  state: "running" | "done" | "failed" | "skipped";
  detail: string;
}

export interface Progress {
  /** How many steps there are in all; null: not known yet. */
  total: number | null;
  steps: readonly Step[];
  done: number;
  failed: number;
  /** What goes on now. */
  current: string | null;
  /** What the whole gave, when it has ended well. */
  summary: string | null;
}

export const noProgress: Progress = { total: null, steps: [], done: 0, failed: 0, current: null, summary: null };

/** Takes messages in. The same messages give the same progress, however they came. */
export function advance(before: Progress, messages: readonly JobMessage[]): Progress {
  const steps = new Map(before.steps.map((step) => [step.name, step]));
  let { total, summary } = before;
  for (const message of messages) {
    if (message.type === "profiling_started") total = message.tables ?? null;
    else if (message.type === "ingestion_started") total = message.files ?? null;
    else if (message.type === "completed") summary = summarize(message);
    const step = stepOf(message);
    if (step) steps.set(step.name, step);
  }
  const all = [...steps.values()];
  return {
    total,
    summary,
    steps: all,
    done: all.filter(({ state }) => state !== "running").length,
    failed: all.filter(({ state }) => state === "failed").length,
    current: all.findLast(({ state }) => state === "running")?.name ?? null,
  };
}

function stepOf(message: JobMessage): Step | null {
  const name = message.table ?? message.path;
  if (name === undefined) return null;
  const end = message.type.slice(message.type.indexOf("_") + 1);
  if (end === "started") return { name, state: "running", detail: "" };
  if (end === "failed") return { name, state: "failed", detail: message.error?.message ?? "" };
  if (end === "skipped") return { name, state: "skipped", detail: message.reason ?? "" };
  if (end === "unchanged") return { name, state: "skipped", detail: "unchanged" };
  if (end === "removed") return { name, state: "done", detail: "its file is gone" };
  const facts = [
    amount(message.rows, "row"),
    amount(message.columns, "column"),
    message.findings ? amount(message.findings, "finding") : null,
    message.change ?? null,
    message.parts ? amount(message.parts, "part") : null,
  ];
  return { name, state: "done", detail: facts.filter(Boolean).join(" · ") };
}

function summarize(completed: JobMessage): string {
  const message = completed as unknown as Record<string, unknown>;
  const parts = ["profiled", "new", "changed", "unchanged", "skipped", "failed", "errors", "removed", "entriesWritten"]
    .map((name) => [name, message[name]] as const)
    .filter(([, value]) => typeof value === "number" && value > 0)
    .map(([name, value]) => `${(value as number).toLocaleString("en-US")} ${name === "entriesWritten" ? "entries written" : name}`);
  return parts.length > 0 ? parts.join(" · ") : "Nothing had changed.";
}

function amount(value: number | null | undefined, unit: string): string | null {
  return typeof value === "number" ? `${value.toLocaleString("en-US")} ${unit}${value === 1 ? "" : "s"}` : null;
}
