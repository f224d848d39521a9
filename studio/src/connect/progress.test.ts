import { describe, expect, it } from "vitest";
import { advance, noProgress, type JobMessage } from "./progress";

const profile: JobMessage[] = [
  { type: "profiling_started", tables: 3 },
  { type: "table_started", table: "main.a" },
  { type: "table_started", table: "main.b" },
  { type: "table_profiled", table: "main.a", rows: 1200, columns: 2, findings: 1, elapsedMs: 4 },
  { type: "table_failed", table: "main.b", error: { code: "query_failed", message: "No such column." } },
  { type: "table_skipped", table: "main.c", reason: "unchanged" },
  { type: "completed", profiled: 1, skipped: 1, failed: 1, entriesWritten: 4 } as JobMessage,
];

describe("the progress of a job", () => {
  it("names what goes on, and counts what is over", () => {
    const half = advance(noProgress, profile.slice(0, 4));
    expect(half).toMatchObject({ total: 3, done: 1, failed: 0, current: "main.b", summary: null });
    const whole = advance(noProgress, profile);
    expect(whole).toMatchObject({ total: 3, done: 3, failed: 1, current: null });
    expect(whole.steps.map(({ detail }) => detail)).toEqual(["1,200 rows · 2 columns · 1 finding", "No such column.", "unchanged"]);
    expect(whole.summary).toBe("1 profiled · 1 skipped · 1 failed · 4 entries written");
  });

  it("is the same in whatever parts the messages come, again and again", () => {
    const whole = advance(noProgress, profile);
    for (let cut = 0; cut <= profile.length; cut++) {
      expect(advance(advance(noProgress, profile.slice(0, cut)), profile.slice(cut))).toEqual(whole);
    }
    expect(advance(whole, profile.slice(3))).toEqual(whole);
  });

  it("tells documents by what happened to them", () => {
    const { steps, total } = advance(noProgress, [
      { type: "ingestion_started", files: 3 },
      { type: "document_ingested", path: "a.md", change: "new", parts: 2 },
      { type: "document_unchanged", path: "b.md" },
      { type: "document_failed", path: "c.md", error: { code: "invalid_document", message: "It is no text." } },
    ]);
    expect(total).toBe(3);
    expect(steps).toEqual([
      { name: "a.md", state: "done", detail: "new · 2 parts" },
      { name: "b.md", state: "skipped", detail: "unchanged" },
      { name: "c.md", state: "failed", detail: "It is no text." },
    ]);
  });
});
