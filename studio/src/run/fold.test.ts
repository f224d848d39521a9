import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RunEvent } from "../api/events";
import { fold } from "./fold";
import { answerOf, emptyRun, openApprovals, stateOf, type RunView } from "./view";

const folder = new URL("./fixtures/", import.meta.url);

/** Runs that a real server recorded. */
const recorded = readdirSync(folder).map((file) => ({
  name: file.replace(".jsonl", ""),
  events: readFileSync(new URL(file, folder), "utf8").trim().split("\n").map((line) => JSON.parse(line) as RunEvent),
}));

function events(name: string): RunEvent[] {
  return recorded.find((run) => run.name === name)!.events;
}

function snapshot(view: RunView): RunView {
  return JSON.parse(JSON.stringify(view)) as RunView;
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

describe.each(recorded)("fold of $name", ({ events: all }) => {
  const whole = fold(emptyRun(), all);

  it("gives the same view from a snapshot at any place as from the beginning", () => {
    for (let place = 0; place <= all.length; place++) {
      const before = snapshot(fold(emptyRun(), all.slice(0, place)));
      expect(fold(before, all.slice(place))).toEqual(whole);
    }
  });

  it("gives the same view event by event as in one batch, and changes no view that it was given", () => {
    const view = all.reduce((before, event) => fold(freeze(before), [event]), emptyRun());
    expect(view).toEqual(whole);
  });

  it("leaves out events that it has seen", () => {
    expect(fold(whole, all)).toEqual(whole);
    expect(fold(emptyRun(), all.flatMap((event) => [event, event]))).toEqual(whole);
  });

  it("ends, with no agent and no tool at work", () => {
    expect(stateOf(whole)).toBe("finished");
    expect(openApprovals(whole)).toEqual([]);
    expect(Object.values(whole.tools).filter((tool) => tool.state === "running")).toEqual([]);
    expect(Object.values(whole.frames).filter((frame) => frame.isOpen)).toEqual([]);
    expect(answerOf(whole)).not.toBe("");
    expect(whole.unknownEvents).toBe(0);
  });
});

describe("fold", () => {
  it("nests the work of an agent below the call that asked for it", () => {
    const view = fold(emptyRun(), events("approved-plan"));
    const calls = view.frames[""]!.turns.flatMap((turn) => turn.parts).flatMap((part) => (part.kind === "tool" ? [view.tools[part.key]!] : []));
    expect(calls.map((tool) => [tool.name, view.frames[tool.frame!]!.agent])).toEqual([
      ["call_agent", "planner"],
      ["call_agent", "executor"],
    ]);
  });

  it("waits from the request of an approval to its decision", () => {
    const all = events("approved-plan");
    const asked = all.findIndex((event) => event.type === "approval_required");
    const waiting = fold(emptyRun(), all.slice(0, asked + 1));
    expect(stateOf(waiting)).toBe("waiting");
    expect(openApprovals(waiting)).toHaveLength(1);
    const decided = fold(waiting, all.slice(asked + 1, asked + 2));
    expect(stateOf(decided)).toBe("running");
    expect(Object.values(decided.approvals)[0]!.decision?.outcome).toBe("approve");
  });

  it("shows what became of each action, also of one that was taken back", () => {
    const view = fold(emptyRun(), events("failed-plan"));
    const plan = Object.values(view.plans)[0]!;
    expect(plan.status).toBe("failed");
    expect(Object.values(plan.actions).map((action) => action.status)).toEqual(["compensated", "failed"]);
  });

  it("voids the text of a turn that is tried again, and keeps it to be seen", () => {
    const [start, step] = events("question");
    const at = (sequence: number, rest: object) => ({ ...step!, ...rest, sequence }) as RunEvent;
    const view = fold(emptyRun(), [
      start!,
      step!,
      at(3, { type: "text", text: "half an ans" }),
      at(4, { type: "retry", attempt: 2, reason: "overloaded", delayMs: 10 }),
      at(5, { type: "text", text: "A whole " }),
      at(6, { type: "text", text: "answer." }),
    ]);
    expect(answerOf(view)).toBe("A whole answer.");
    expect(view.frames[""]!.turns[0]!.parts[0]).toEqual({ kind: "text", text: "half an ans", isVoid: true });
  });

  it("counts events of a type that it does not know, and goes on", () => {
    const all = events("question");
    const strange = { ...all[0]!, type: "from_the_future", sequence: 2 } as unknown as RunEvent;
    const shifted = all.slice(1).map((event) => ({ ...event, sequence: event.sequence + 1 }));
    const view = fold(emptyRun(), [all[0]!, strange, ...shifted]);
    expect(view.unknownEvents).toBe(1);
    expect(answerOf(view)).toBe(answerOf(fold(emptyRun(), all)));
  });

  it("keeps frames apart whose calls have the same id", () => {
    const base = events("question")[0]!;
    const event = (sequence: number, agent: string, parentToolUseId: string | null, rest: object) =>
      ({ ...base, sequence, agent, parentToolUseId, ...rest }) as RunEvent;
    const call = { type: "tool_invocation", toolInvocationId: "call-1", toolName: "call_agent", state: "call", args: {} };
    const view = fold(emptyRun(), [
      base,
      event(2, base.agent ?? "coordinator", null, call),
      event(3, "planner", "call-1", { type: "tool_agent", agentName: "planner", state: "call" }),
      event(4, "planner", "call-1", call),
      event(5, "analyst", "call-1", { type: "tool_agent", agentName: "analyst", state: "call" }),
      event(6, "analyst", "call-1", { type: "text", text: "deep" }),
      event(7, "analyst", "call-1", { type: "tool_agent", agentName: "analyst", state: "result" }),
      event(8, "planner", "call-1", { type: "text", text: "shallow" }),
    ]);
    const texts = Object.values(view.frames).map((frame) => [frame.agent, frame.turns.flatMap((turn) => turn.parts).filter((part) => part.kind === "text")]);
    expect(texts.slice(1)).toEqual([
      ["planner", [{ kind: "text", text: "shallow", isVoid: false }]],
      ["analyst", [{ kind: "text", text: "deep", isVoid: false }]],
    ]);
  });
});
