import type { Json, JsonObject } from "../api/types";
import type { ArgumentMatch, EvalAction, ExpectedCall, ResponseScorer, TestCase, TrajectoryMode } from "../evals/types";
import type { FieldProblem } from "../ui/problem";

/** A case as it is being written: text where somebody types, so that nothing is lost while it is not right yet. */
export interface Draft {
  id: string;
  input: string;
  tags: string;
  isTrajectoryScored: boolean;
  trajectoryMode: TrajectoryMode;
  calls: CallDraft[];
  payloadMatch: "exact" | "subset";
  planned: ActionDraft[] | null;
  executed: ActionDraft[] | null;
  scorers: ScorerDraft[];
  answerThreshold: string;
  approvals: "" | "approve" | "reject";
  repeatThreshold: string;
  script: string;
  /** What the form has no field for; kept as it is. */
  rest: JsonObject;
}

export interface CallDraft {
  /** Whether it is part of the case; what is not is kept at hand until the page is left. */
  isOn: boolean;
  name: string;
  argumentMatch: ArgumentMatch;
  arguments: string;
  paths: string;
  parallel: boolean;
}

export interface ActionDraft {
  isOn: boolean;
  kind: string;
  payload: string;
}

export interface ScorerDraft {
  type: ResponseScorer["type"];
  id: string;
  weight: string;
  required: boolean;
  ignoreCase: boolean;
  /** The text, pattern, criteria or rows. */
  main: string;
  rest: JsonObject;
}

/** The member that says what a scorer of this type looks for. */
export const mainMember: Record<ResponseScorer["type"], string> = { exact: "text", contains: "text", regex: "pattern", result_set: "rows", judge: "criteria" };

export const emptyDraft: Draft = {
  id: "",
  input: "",
  tags: "",
  isTrajectoryScored: true,
  trajectoryMode: "unordered",
  calls: [],
  payloadMatch: "exact",
  planned: null,
  executed: null,
  scorers: [],
  answerThreshold: "",
  approvals: "",
  repeatThreshold: "",
  script: "",
  rest: {},
};

export function toDraft(testCase: TestCase): Draft {
  const { id, input, tags, expectedTrajectory, trajectoryMode, expectedActions, finalResponse, approvals, repeatThreshold, script, ...rest } = testCase;
  return {
    id,
    input,
    tags: (tags ?? []).join(", "),
    isTrajectoryScored: Array.isArray(expectedTrajectory),
    trajectoryMode: trajectoryMode ?? "unordered",
    calls: (expectedTrajectory ?? []).map(toCallDraft),
    payloadMatch: expectedActions?.payloadMatch ?? "exact",
    planned: expectedActions?.planned?.map(toActionDraft) ?? null,
    executed: expectedActions?.executed?.map(toActionDraft) ?? null,
    scorers: (finalResponse?.scorers ?? []).map(toScorerDraft),
    answerThreshold: numberText(finalResponse?.passThreshold),
    approvals: approvals ?? "",
    repeatThreshold: numberText(repeatThreshold),
    script: jsonText(script),
    rest: withoutNulls(rest as JsonObject),
  };
}

/** The case that a draft stands for, and what keeps it from being one; the paths are those of the case. */
export function toCase(draft: Draft): { case: TestCase; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const json = (text: string, path: string): Json | undefined => {
    if (text.trim() === "") return undefined;
    try {
      return JSON.parse(text) as Json;
    } catch (error) {
      problems.push({ path, message: `This is no JSON: ${(error as Error).message}.` });
      return undefined;
    }
  };
  const number = (text: string, path: string): number | undefined => {
    if (text.trim() === "") return undefined;
    const value = Number(text.replace(",", "."));
    if (!Number.isFinite(value)) problems.push({ path, message: `"${text}" is no number.` });
    return value;
  };
  const actions = (list: ActionDraft[] | null, path: string): EvalAction[] | undefined =>
    list?.filter(({ isOn }) => isOn).map(({ kind, payload }, index) => {
      const value = json(payload, `${path}[${index}].payload`) ?? {};
      if (typeof value !== "object" || value === null || Array.isArray(value)) problems.push({ path: `${path}[${index}].payload`, message: "A payload is a JSON object." });
      return { kind, payload: value as JsonObject };
    });

  const [planned, executed] = [actions(draft.planned, "expectedActions.planned"), actions(draft.executed, "expectedActions.executed")];
  const tags = draft.tags.split(",").map((tag) => tag.trim()).filter((tag) => tag !== "");
  const script = json(draft.script, "script");
  const [repeatThreshold, passThreshold] = [number(draft.repeatThreshold, "repeatThreshold"), number(draft.answerThreshold, "finalResponse.passThreshold")];
  const testCase: TestCase = {
    ...draft.rest,
    id: draft.id.trim(),
    input: draft.input,
    ...(tags.length > 0 ? { tags } : {}),
    ...(draft.isTrajectoryScored
      ? { trajectoryMode: draft.trajectoryMode, expectedTrajectory: draft.calls.filter(({ isOn }) => isOn).map((call, index) => toCall(call, `expectedTrajectory[${index}]`, json)) }
      : {}),
    ...(planned || executed ? { expectedActions: { payloadMatch: draft.payloadMatch, ...(planned ? { planned } : {}), ...(executed ? { executed } : {}) } } : {}),
    ...(draft.scorers.length > 0
      ? {
          finalResponse: {
            scorers: draft.scorers.map((scorer, index) => toScorer(scorer, `finalResponse.scorers[${index}]`, json, number)),
            ...(passThreshold === undefined ? {} : { passThreshold }),
          },
        }
      : {}),
    ...(draft.approvals ? { approvals: draft.approvals } : {}),
    ...(repeatThreshold === undefined ? {} : { repeatThreshold }),
    ...(script === undefined ? {} : { script }),
  };
  if (testCase.id === "") problems.push({ path: "id", message: "A case has an id." });
  if (testCase.input.trim() === "") problems.push({ path: "input", message: "Say what the agent is asked." });
  return { case: testCase, problems };
}

/** The problems that the server found with a case, by their path within it. */
export function withinCase(errors: readonly { path: string; message: string }[]): FieldProblem[] {
  return errors.map(({ path, message }) => ({ path: path.replace(/^cases\[0\]\.?/, ""), message }));
}

type ReadJson = (text: string, path: string) => Json | undefined;

function toCall(call: CallDraft, path: string, json: ReadJson): ExpectedCall {
  const value = json(call.arguments, `${path}.arguments`);
  const paths = call.paths.split(",").map((item) => item.trim()).filter((item) => item !== "");
  return {
    name: call.name,
    ...(value === undefined ? {} : { arguments: value }),
    ...(call.argumentMatch === "exact" ? {} : { argumentMatch: call.argumentMatch }),
    ...(call.argumentMatch === "paths" ? { paths } : {}),
    ...(call.parallel ? { parallel: true } : {}),
  };
}

function toScorer(scorer: ScorerDraft, path: string, json: ReadJson, number: (text: string, path: string) => number | undefined): ResponseScorer {
  const member = mainMember[scorer.type];
  const weight = number(scorer.weight, `${path}.weight`);
  return {
    ...scorer.rest,
    type: scorer.type,
    id: scorer.id.trim(),
    [member]: scorer.type === "result_set" ? (json(scorer.main, `${path}.rows`) ?? []) : scorer.main,
    ...(weight === undefined ? {} : { weight }),
    ...(scorer.required ? { required: true } : {}),
    ...(scorer.ignoreCase && hasCase(scorer.type) ? { ignoreCase: true } : {}),
  };
}

/** Whether case can play a part in what a scorer of this type looks for. */
export function hasCase(type: ResponseScorer["type"]): boolean {
  return type === "exact" || type === "contains" || type === "regex";
}

function toCallDraft(call: ExpectedCall | string): CallDraft {
  const { name, arguments: values, argumentMatch, paths, parallel } = typeof call === "string" ? { name: call } as ExpectedCall : call;
  return { isOn: true, name, arguments: jsonText(values), argumentMatch: argumentMatch ?? "exact", paths: (paths ?? []).join(", "), parallel: parallel ?? false };
}

function toActionDraft({ kind, payload }: EvalAction): ActionDraft {
  return { isOn: true, kind, payload: jsonText(payload) };
}

function toScorerDraft(scorer: ResponseScorer): ScorerDraft {
  const { type, id, weight, required, ignoreCase, [mainMember[scorer.type]]: main, ...rest } = scorer;
  return {
    type,
    id,
    weight: weight === 1 ? "" : numberText(weight),
    required: required ?? false,
    ignoreCase: ignoreCase === true,
    main: typeof main === "string" ? main : jsonText(main),
    rest: withoutNulls(rest as JsonObject),
  };
}

function jsonText(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  const line = JSON.stringify(value);
  return line.length <= 72 ? line : JSON.stringify(value, null, 2);
}

function numberText(value: number | null | undefined): string {
  return typeof value === "number" ? String(value) : "";
}

function withoutNulls(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null && member !== undefined));
}
