import type { ErrorInfo } from "../api/types";
import type { EvalMessage, SampleResult } from "./types";

/** What is known of an eval that goes on. */
export interface Progress {
  planned: number;
  done: number;
  passed: number;
  costUsd: number | null;
  warnings: readonly string[];
  /** By case and sample: what came of it; null while it runs. */
  samples: ReadonlyMap<string, SampleResult | null>;
  error: ErrorInfo | null;
  hasEnded: boolean;
}

export const nothingYet: Progress = { planned: 0, done: 0, passed: 0, costUsd: null, warnings: [], samples: new Map(), error: null, hasEnded: false };

/** The place of a sample. */
export function keyOf(caseId: string, sample: number): string {
  return `${sample}/${caseId}`;
}

/** What is known with samples that ended before anybody listened; a result that messages tell is newer. */
export function withEnded(progress: Progress, ended: readonly SampleResult[]): Progress {
  const samples = new Map(progress.samples);
  for (const result of ended) samples.set(keyOf(result.caseId, result.sample), samples.get(keyOf(result.caseId, result.sample)) ?? result);
  return { ...progress, samples };
}

/** What is known after more messages. A message of a kind that is not known changes nothing. */
export function foldProgress(before: Progress, messages: readonly EvalMessage[]): Progress {
  const samples = new Map(before.samples);
  const after: Progress = { ...before, samples };
  for (const message of messages) {
    switch (message.type) {
      case "started":
        after.planned = message.data.planned;
        after.done = message.data.alreadyDone;
        after.warnings = message.data.warnings ?? [];
        break;
      case "sample_started":
        samples.set(keyOf(message.data.caseId, message.data.sample), null);
        break;
      case "sample_completed":
        samples.set(keyOf(message.data.result.caseId, message.data.result.sample), message.data.result);
        break;
      case "progress":
        Object.assign(after, { done: message.data.done, planned: message.data.planned, passed: message.data.passed, costUsd: message.data.costUsd ?? null });
        break;
      case "completed":
        after.hasEnded = true;
        break;
      case "failed":
        after.hasEnded = true;
        after.error = message.data.error;
        break;
    }
  }
  return after;
}
