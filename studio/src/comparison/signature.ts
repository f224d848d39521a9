import type { Json, TraceSpan } from "../api/types";
import { asArray, asObject, asText } from "../plans/plan";

/** A step of a run with what tells it from other steps. */
export interface Step {
  span: TraceSpan;
  /** The call of a model among those of its agent, from 1; 0 for other steps. */
  turn: number;
  children: Step[];
  /** What of it is compared, in the order in which it is told: texts as they are, JSON indented. */
  fields: [name: string, value: string][];
  /** The same number for steps that may stand beside each other. */
  kind: number;
  /** The same number for steps that were asked for in the same way. */
  call: number;
  /** The same number for steps that are alike themselves, whatever is below them. */
  own: number;
  /** The same number for steps that are alike with all below them. */
  whole: number;
}

/** Ids that the server made, and times to the second or finer. */
const made = /\b[a-z]+-[0-9a-f]{16,}\b|\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*(?:Z|[+-]\d\d:\d\d)/g;
const durations = /("(?:elapsed|duration|latency)Ms": )[\d.]+/g;

/**
 * The steps of two runs as trees. How long it took and its tokens are no part of what is compared. Ids that the server made, such as those of
 * references, and times never come up twice: those that one run alone has are all alike, and stand as `ref-…` and `…`.
 */
export function stepsOf(left: readonly TraceSpan[], right: readonly TraceSpan[]): [Step[], Step[]] {
  const [ours, theirs] = [madeIn(left), madeIn(right)];
  const shared = new Set([...ours].filter((id) => theirs.has(id)));
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  return [treeOf(left, right, shared, numberOf), treeOf(right, left, shared, numberOf)];
}

function treeOf(spans: readonly TraceSpan[], others: readonly TraceSpan[], shared: ReadonlySet<string>, numberOf: (text: string) => number): Step[] {
  const ids = new Set(spans.map((span) => span.id));
  const takenOver = new Set(others.filter((span) => span.isCopied && span.kind === "execute_tool" && span.status !== "unfinished").map((span) => span.id));
  const below = new Map<string, TraceSpan[]>();
  for (const span of spans) {
    // A fork takes over what came of a call, and no requests about it.
    if (span.kind === "approval" && takenOver.has(span.id.split("#")[0]!)) continue;
    const parent = span.parentId !== undefined && ids.has(span.parentId) ? span.parentId : "";
    const siblings = below.get(parent);
    if (siblings) siblings.push(span);
    else below.set(parent, [span]);
  }
  const plain = (text: string) => text.replaceAll(durations, "$1…").replaceAll(made, (id) => (shared.has(id) ? id : /^\d/.test(id) ? "…" : `${id.slice(0, id.indexOf("-"))}-…`));
  const build = (span: TraceSpan, turn: number): Step => {
    const children = buildAll(below.get(span.id) ?? []);
    const fields = fieldsOf(span, children).map(([name, value]): [string, string] => [name, plain(value)]);
    const own = numberOf(JSON.stringify([span.kind, fields]));
    return {
      span,
      turn,
      children,
      fields,
      kind: numberOf(span.kind === "execute_tool" || span.kind === "action" ? `${span.kind} ${span.name}` : span.kind),
      call: numberOf(`${span.kind} ${span.name} ${plain(shown(span.input))}`),
      own,
      whole: numberOf(`${own}: ${children.map((child) => child.whole).join(",")}`),
    };
  };
  const buildAll = (siblings: TraceSpan[]): Step[] => {
    let turns = 0;
    return siblings.map((span) => build(span, span.kind === "chat" ? ++turns : 0));
  };
  return buildAll(below.get("") ?? []);
}

/**
 * What of a step is compared. What stands in a step of its own below is told there alone: the calls of a turn, the answer of an agent. What an agent
 * was asked is told by the call, or by the prompt of the run.
 */
function fieldsOf(span: TraceSpan, children: readonly Step[]): Step["fields"] {
  const isAgent = span.kind === "invoke_agent";
  const callsAgent = children.some((child) => child.span.kind === "invoke_agent");
  const fields: [string, string | undefined][] = [
    [isAgent ? "Agent" : "Name", span.kind === "chat" || span.kind === "approval" ? undefined : span.name],
    [span.kind === "approval" ? "Request" : "Arguments", isAgent ? undefined : shown(span.input)],
    [span.kind === "chat" ? "Text" : span.kind === "approval" ? "Feedback" : "Result", resultOf(span, isAgent || callsAgent)],
    ["Outcome", span.kind === "chat" ? undefined : (span.outcome ?? (span.status === "ok" || span.status === "error" ? undefined : span.status))],
    ["Error", span.errorCode === undefined ? undefined : `${span.errorCode}: ${span.errorMessage ?? ""}`],
  ];
  return fields.filter((field): field is [string, string] => field[1] !== undefined && field[1] !== "");
}

function resultOf(span: TraceSpan, isToldBelow: boolean): string | undefined {
  if (span.kind === "chat") return textOf(span.output);
  return isToldBelow ? undefined : shown(span.output);
}

/** What a model said, without its calls and its reasoning. */
export function textOf(message: Json | undefined): string {
  return asArray(message)
    .map(asObject)
    .map((part) => (part["type"] === "text" ? asText(part["text"]) : ""))
    .join("");
}

function shown(value: Json | undefined): string {
  return value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function madeIn(spans: readonly TraceSpan[]): Set<string> {
  const found = new Set<string>();
  for (const { input, output } of spans) {
    for (const value of [input, output]) for (const id of value === undefined ? [] : (JSON.stringify(value).match(made) ?? [])) found.add(id);
  }
  return found;
}
