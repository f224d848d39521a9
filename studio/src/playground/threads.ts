import type { JsonObject, ThreadSummary } from "../api/types";

export interface OfferedPrompt {
  title: string;
  prompt: string;
}

export function titleOf(thread: ThreadSummary): string {
  return thread.title || firstLine(thread.firstPrompt ?? "") || "Untitled";
}

/** Whether a thread's title or first prompt has a text in it, whatever the case. */
export function matches(thread: ThreadSummary, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return `${thread.title ?? ""}\n${thread.firstPrompt ?? ""}`.toLowerCase().includes(wanted);
}

export function firstLine(text: string): string {
  return text.trim().split("\n")[0]!.slice(0, 200);
}

/** The prompts that the app offers: `prompts` of the workspace's metadata. */
export function promptsOf(metadata: JsonObject | undefined): OfferedPrompt[] {
  const prompts = metadata?.["prompts"];
  if (!Array.isArray(prompts)) return [];
  return prompts.flatMap((item) => {
    const { title, prompt } = typeof item === "object" && item !== null && !Array.isArray(item) ? item : {};
    return typeof prompt === "string" ? [{ title: typeof title === "string" ? title : firstLine(prompt), prompt }] : [];
  });
}

/** A new id; the one who sends it twice begins one thing. */
export function newId(kind: "run" | "thread"): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `${kind}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
