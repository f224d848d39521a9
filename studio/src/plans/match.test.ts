import { describe, expect, it } from "vitest";
import type { ShownAction } from "./plan";
import { matchActions } from "./match";

const action = (kind: string, percent: number): ShownAction => ({ index: 0, kind, isKindImplied: false, fields: [["percent", percent]], preview: undefined, previewError: null });

describe("matchActions", () => {
  it("finds each action of a plan in itself", () => {
    const actions = [action("hold", 1), action("mark_down", 20), action("mark_down", 20), action("reorder", 3)];
    expect(matchActions(actions, actions)).toEqual([0, 1, 2, 3]);
  });

  it("knows an action again when one before it was left out or came in", () => {
    const [hold, cut, order] = [action("hold", 1), action("mark_down", 20), action("reorder", 3)];
    expect(matchActions([hold, cut, order], [cut, order])).toEqual([1, 2]);
    expect(matchActions([cut], [hold, cut])).toEqual([null, 0]);
  });

  it("takes one of its kind that says something else for changed, and one of another kind for new", () => {
    expect(matchActions([action("mark_down", 20)], [action("mark_down", 10)])).toEqual([0]);
    expect(matchActions([action("mark_down", 20)], [action("hold", 20)])).toEqual([null]);
    expect(matchActions([action("mark_down", 1), action("mark_down", 2)], [action("mark_down", 2)])).toEqual([1]);
  });
});
