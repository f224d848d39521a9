import { describe, expect, it } from "vitest";
import type { TestCase } from "../evals/types";
import { emptyDraft, toCase, toDraft, withinCase } from "./draft";

const whole: TestCase = {
  id: "winter-boots",
  input: "Mark the slowest ones down.",
  tags: ["markdown", "smoke"],
  trajectoryMode: "subsequence",
  expectedTrajectory: [
    { name: "search_catalog" },
    { name: "find_slow_movers", arguments: { category: "Winter Boots" }, argumentMatch: "superset", parallel: true },
    { name: "query", arguments: { filter: { region: "north" } }, argumentMatch: "paths", paths: ["filter.region"] },
  ],
  expectedActions: { payloadMatch: "subset", planned: [{ kind: "mark_down", payload: { percent: 20 } }], executed: [] },
  finalResponse: {
    passThreshold: 0.8,
    scorers: [
      { type: "contains", id: "percent", text: "20 %", weight: 0.5, required: true, ignoreCase: true },
      { type: "result_set", id: "rows", rows: [[7712]], tolerance: 0.1 },
      { type: "judge", id: "polite", criteria: "Is it polite?", repeats: 3 },
    ],
  },
  approvals: "reject",
  repeatThreshold: 0.9,
  script: { script: [{ text: "Done." }] },
  context: { author: "Ada" },
  sourceThreadId: "thread-1",
};

describe("toCase", () => {
  it("gives back what a draft was made of, with what the form does not show", () => {
    expect(toCase(toDraft(whole))).toEqual({ case: whole, problems: [] });
  });

  it("takes a call that is a plain name for one whose arguments do not matter", () => {
    const draft = toDraft({ id: "a", input: "b", expectedTrajectory: ["search"] });
    expect(toCase(draft).case.expectedTrajectory).toEqual([{ name: "search" }]);
  });

  it("tells an empty trajectory from one that is not scored", () => {
    expect(toCase(toDraft({ id: "a", input: "b", expectedTrajectory: [] })).case.expectedTrajectory).toEqual([]);
    expect(toCase(toDraft({ id: "a", input: "b", expectedTrajectory: null })).case).not.toHaveProperty("expectedTrajectory");
  });

  it("leaves out calls that are not ticked", () => {
    const draft = toDraft(whole);
    draft.calls[0]!.isOn = false;
    expect(toCase(draft).case.expectedTrajectory).toHaveLength(2);
  });

  it("tells all that is wrong, each with its place", () => {
    const draft = toDraft(whole);
    draft.id = " ";
    draft.calls[1]!.arguments = "{";
    draft.planned![0]!.payload = "[1]";
    draft.repeatThreshold = "much";
    draft.scorers[1]!.main = "nothing";
    expect(toCase(draft).problems.map(({ path }) => path)).toEqual([
      "expectedActions.planned[0].payload",
      "repeatThreshold",
      "expectedTrajectory[1].arguments",
      "finalResponse.scorers[1].rows",
      "id",
    ]);
  });

  it("wants an id and an input of a new case", () => {
    expect(toCase(emptyDraft).problems.map(({ path }) => path)).toEqual(["id", "input"]);
  });
});

describe("withinCase", () => {
  it("leaves the place of the case out", () => {
    expect(withinCase([{ path: "cases[0].expectedTrajectory[1].name", message: "m" }, { path: "cases[0]", message: "n" }])).toEqual([
      { path: "expectedTrajectory[1].name", message: "m" },
      { path: "", message: "n" },
    ]);
  });
});
