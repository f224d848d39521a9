import { describe, expect, it } from "vitest";
import type { Json, TraceSpan } from "../api/types";
import { anchorsOf } from "./anchors";
import { foldedRows } from "./rows";
import { compareSteps, fieldsThatDiffer } from "./steps";
import { settingsThatDiffer } from "./totals";

const at = "2026-09-30T10:00:00Z";

function span(id: string, kind: TraceSpan["kind"], name: string, rest: Partial<TraceSpan> = {}): TraceSpan {
  return { id, kind, name, agent: "a", startedAt: at, status: "ok", ...rest };
}

function agent(...below: TraceSpan[]): TraceSpan[] {
  return [span("main", "invoke_agent", "coordinator", { input: "Do it" }), ...below.map((step) => ({ parentId: "main", ...step }))];
}

const tool = (id: string, name: string, input: Json, output: Json = "done") => span(id, "execute_tool", name, { input, output });
const said = (id: string, text: string) => span(id, "chat", "model-s", { output: [{ type: "text", text }] });
const ref = (digit: string) => `ref-${digit.repeat(32)}`;

/** The same numbers for the same seed. */
function random(seed: number): (most: number) => number {
  let state = seed + 1;
  return (most) => {
    state = (state * 48271) % 2147483647;
    return state % most;
  };
}

function anyRun(seed: number): TraceSpan[] {
  const next = random(seed);
  const spans = [span("0", "invoke_agent", "coordinator", { input: "Do it" })];
  const kinds: TraceSpan["kind"][] = ["chat", "execute_tool", "approval", "action", "invoke_agent"];
  for (let index = 1; index < 3 + next(60); index++) {
    const kind = kinds[next(kinds.length)]!;
    spans.push(span(String(index), kind, `name-${next(3)}`, { parentId: String(next(index)), input: { value: next(4) }, output: kind === "chat" ? [{ type: "text", text: `text ${next(4)}` }] : next(4) }));
  }
  return spans;
}

describe("compareSteps", () => {
  it("finds no difference between a run and itself", () => {
    for (let seed = 0; seed < 200; seed++) {
      const run = anyRun(seed);
      const rows = compareSteps(run, structuredClone(run));
      expect(rows.filter((row) => row.change !== "same" || row.isDifference)).toEqual([]);
      expect(rows).toHaveLength(run.length);
    }
  });

  it("has each step of both runs once, in the order of each", () => {
    for (let seed = 0; seed < 200; seed++) {
      const [left, right] = [anyRun(seed), anyRun(seed + 1000)];
      const rows = compareSteps(left, right);
      const [before, after] = [rows.flatMap((row) => row.left?.span.id ?? []), rows.flatMap((row) => row.right?.span.id ?? [])];
      expect(before).toEqual(compareSteps(left, left).map((row) => row.left!.span.id));
      expect(after).toEqual(compareSteps(right, right).map((row) => row.right!.span.id));
      expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
    }
  });

  it("finds as many differences in both directions", () => {
    for (let seed = 0; seed < 100; seed++) {
      const [left, right] = [anyRun(seed), anyRun(seed + 1000)];
      const count = (from: TraceSpan[], to: TraceSpan[]) => compareSteps(from, to).filter((row) => row.change === "same").length;
      expect(count(left, right) === 0).toBe(count(right, left) === 0);
    }
  });

  it("shows a step that one run alone has, and goes on beside each other", () => {
    const left = agent(tool("1", "find", { q: "boots" }), tool("2", "store", {}), said("3", "Done."));
    const right = agent(tool("1", "find", { q: "boots" }), tool("2", "look", {}), tool("3", "store", {}), said("4", "Done."));
    expect(compareSteps(left, right).map((row) => [row.change, row.left?.span.name ?? row.right?.span.name])).toEqual([
      ["same", "coordinator"],
      ["same", "find"],
      ["right", "look"],
      ["same", "store"],
      ["same", "model-s"],
    ]);
  });

  it("says which fields of a call differ", () => {
    const [, row] = compareSteps(agent(tool("1", "mark_down", { percent: 20 }, "60 prices")), agent(tool("1", "mark_down", { percent: 30 }, "61 prices")));
    expect(row!.change).toBe("changed");
    expect(fieldsThatDiffer(row!).map((field) => field.name)).toEqual(["Arguments", "Result"]);
  });

  it("takes ids and times that the server made for alike, and other values not", () => {
    const run = (id: string, place: string) =>
      agent(tool("1", "find", {}, { kind: "ProductSet", id, createdAt: `2026-09-30T10:00:0${id.at(-1)}.123Z` }), tool("2", "use", { id, place }));
    expect(compareSteps(run(ref("1"), "x"), run(ref("2"), "x")).every((row) => row.change === "same")).toBe(true);
    expect(compareSteps(run(ref("1"), "x"), run(ref("2"), "y")).map((row) => row.change)).toEqual(["same", "same", "changed"]);
  });

  it("takes how long something took for no difference", () => {
    const run = (elapsedMs: number, rowCount: number) => agent(tool("1", "execute_query", {}, { rowCount, elapsedMs }));
    expect(compareSteps(run(111, 12), run(12, 12)).every((row) => row.change === "same")).toBe(true);
    const [, row] = compareSteps(run(111, 12), run(12, 13));
    expect(fieldsThatDiffer(row!)).toEqual([{ name: "Result", before: '{\n  "rowCount": 12,\n  "elapsedMs": …\n}', after: '{\n  "rowCount": 13,\n  "elapsedMs": …\n}' }]);
  });

  it("tells ids apart that both runs have", () => {
    const run = (...used: string[]) => agent(tool("1", "find", {}, [ref("1"), ref("2")]), ...used.map((id, index) => tool(`u${index}`, "use", { id })));
    expect(compareSteps(run(ref("1")), run(ref("2"))).map((row) => row.change)).toEqual(["same", "same", "changed"]);
  });

  it("does not count a request about a call whose outcome a fork took over", () => {
    const call = tool("main/1/c", "execute_plan", { planId: "june" });
    const asked = span("main/1/c#approval", "approval", "june", { parentId: "main/1/c", outcome: "approve" });
    const rows = compareSteps(agent(call, asked), agent({ ...call, isCopied: true }));
    expect(rows.map((row) => row.change)).toEqual(["same", "same"]);
    expect(compareSteps(agent(call, asked), agent(call)).map((row) => row.change)).toEqual(["same", "same", "left"]);
  });

  it("counts a part that one run alone has as one difference", () => {
    const part = [tool("1", "call_agent", {}), span("1#agent", "invoke_agent", "planner", { parentId: "1" }), span("2", "chat", "model-s", { parentId: "1#agent" })];
    const rows = compareSteps(agent(...part), agent());
    expect(rows.map((row) => row.change)).toEqual(["same", "left", "left", "left"]);
    expect(rows.filter((row) => row.isDifference)).toHaveLength(1);
  });

  it("compares runs of thousands of steps", () => {
    const many = (from: number) => agent(...Array.from({ length: 5000 }, (_, index) => tool(`t${index}`, "work", { index: index + from })));
    const rows = compareSteps(many(0), many(1));
    expect(rows.filter((row) => row.isDifference).map((row) => row.change)).toEqual(["left", "right"]);
    const others = compareSteps(many(0), many(10_000));
    expect(others.filter((row) => row.change === "changed")).toHaveLength(5000);
  });
});

describe("anchorsOf", () => {
  it("finds what each list has once, in the order of both", () => {
    expect(anchorsOf([1, 2, 3, 4], [1, 2, 3, 4])).toEqual([[0, 0], [1, 1], [2, 2], [3, 3]]);
    expect(anchorsOf([1, 1, 2], [2, 1])).toEqual([[2, 0]]);
    expect(anchorsOf([5, 1, 2, 3], [1, 2, 3, 5])).toEqual([[1, 0], [2, 1], [3, 2]]);
    expect(anchorsOf([], [1])).toEqual([]);
  });
});

describe("foldedRows", () => {
  it("folds what is alike, and shows a difference with what stands above and beside it", () => {
    const steps = Array.from({ length: 9 }, (_, index) => tool(`t${index}`, "work", { index }));
    const changed = steps.map((step, index) => (index === 6 ? { ...step, output: "other" } : step));
    const rows = foldedRows(compareSteps(agent(...steps), agent(...changed)), new Set());
    expect(rows.map((row) => (row.kind === "fold" ? row.steps : (row.step.left?.span.id ?? "")))).toEqual(["main", 5, "t5", "t6", "t7", "t8"]);
    expect(foldedRows(compareSteps(agent(...steps), agent(...changed)), new Set(["t0"]))).toHaveLength(10);
  });
});

describe("settingsThatDiffer", () => {
  it("tells prompt, models, tools and specification apart, and says nothing of what is alike", () => {
    const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0, totalTokens: 2 };
    const run = (prompt: string, specHash: string, spans: TraceSpan[]) => ({
      trace: { id: "r", agent: "coordinator", startedAt: at, state: "finished" as const, usage, spans },
      details: { run: null!, prompt, specHash, usage },
    });
    const left = run("Do it", "aaaa", agent(said("1", "Done.")));
    expect(settingsThatDiffer(left, left)).toEqual([]);
    const right = run("Do it well", "bbbb", agent(span("1", "chat", "model-l"), tool("2", "look", {})));
    expect(settingsThatDiffer(left, right).map((row) => row.name)).toEqual(["Prompt", "Models", "Tools called", "Specification"]);
  });
});
