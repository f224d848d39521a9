import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../api/types";
import { apply, refusals } from "./edit";
import { readPlan } from "./plan";

const handle = { kind: "ProductSet", id: "ref-ffae5cbb987c0b075254c021b0fee02f" };
const plan = readPlan({
  planId: "plan-1",
  version: 1,
  body: { rationale: "Slow.", actions: [{ kind: "mark_down", products: handle, percent: 20, reason: "Old" }] },
  previews: [{ index: 0, kind: "mark_down", preview: { products: 60 } }],
});
const schema: JsonObject = {
  properties: {
    rationale: { type: "string", minLength: 1 },
    actions: {
      items: {
        anyOf: [{ properties: { kind: { const: "mark_down" }, percent: { type: "number", minimum: 1, maximum: 90 }, reason: { type: "string" } } }],
      },
    },
  },
};

describe("apply", () => {
  it("names no kind where the plan names none", () => {
    const implied = readPlan({ body: { actions: [{ quantity: 3 }] } });
    expect(apply(implied, { "actions/0/quantity": "5" }, undefined).partial).toEqual({ actions: [{ quantity: 5 }] });
  });

  it("replaces nothing without edits", () => {
    expect(apply(plan, {}, schema)).toEqual({ partial: null, errors: {} });
  });

  it("keeps numbers numbers and texts texts, and sends the other fields of the action along", () => {
    const { partial, errors } = apply(plan, { "actions/0/percent": "15", "actions/0/reason": "15" }, schema);
    expect(errors).toEqual({});
    expect(partial).toEqual({ actions: [{ kind: "mark_down", products: handle, percent: 15, reason: "15" }] });
  });

  it("says at its place what is wrong, all of it together", () => {
    const { errors } = apply(plan, { rationale: "", "actions/0/percent": "95" }, schema);
    expect(errors).toEqual({ rationale: "This cannot be empty.", "actions/0/percent": "At most 90." });
  });

  it("refuses what is no number in the place of one", () => {
    expect(apply(plan, { "actions/0/percent": "much" }, schema).errors).toEqual({ "actions/0/percent": "A number is wanted." });
  });
});

describe("refusals", () => {
  it("puts what the server says at the fields that people see, and keeps what is about none of them", () => {
    const said = "The body is no valid P. Correct these and store it again:\n- /actions/0/percent: must be at most 90\n- /actions/0/products/id: is unknown\n- /rationale: is empty\n- (root): has too many members";
    expect(refusals(said, plan)).toEqual({
      errors: { "actions/0/percent": "must be at most 90", "actions/0/products": "is unknown", rationale: "is empty" },
      rest: ["(root): has too many members"],
    });
  });

  it("finds nothing in a message of another kind", () => {
    expect(refusals("Somebody answered this already.", plan)).toEqual({ errors: {}, rest: [] });
  });
});

describe("readPlan", () => {
  it("finds each action's preview", () => {
    expect(plan.actions[0]!.preview).toEqual({ products: 60 });
  });

  it.each([null, "text", 3, [], {}, { body: 1 }, { body: { actions: "x" } }, { previews: [null, 1] }])("shows what there is of %j", (payload) => {
    expect(readPlan(payload as Json).actions).toEqual([]);
  });
});
