import type { JobInfo } from "./data";
import type { Progress } from "./progress";

const names: Record<string, string> = { profile: "Profile the database", ingest: "Ingest documents" };

/** The jobs that learn about data. */
export function dataJobs(jobs: JobInfo[] | undefined): JobInfo[] {
  return (jobs ?? []).filter(({ kind }) => kind in names);
}

export function nameOf({ kind }: JobInfo): string {
  return names[kind] ?? kind;
}

/** The state by the name that the page's states have. */
export function stateOf({ state }: JobInfo): string {
  return state === "completed" ? "done" : state;
}

/** `12 of 60 tables`. */
export function countOf({ kind }: JobInfo, { done, total }: Progress): string {
  const unit = kind === "profile" ? "tables" : "documents";
  return total === null ? `${done.toLocaleString("en-US")} ${unit}` : `${done.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} ${unit}`;
}
