import type { TraceSpan } from "../api/types";
import { anchorsOf } from "./anchors";
import { stepsOf, type Step } from "./signature";

/** What became of a step: both runs did the same, the same with other values, or one of them alone did it. */
export type StepChange = "same" | "changed" | "left" | "right";

/** A step of two runs beside each other. */
export interface ComparedStep {
  /** Tells it from other steps: the id of the span at the left, else at the right. */
  key: string;
  change: StepChange;
  left: Step | null;
  right: Step | null;
  /** How deep it stands, from 1. */
  level: number;
  /** Whether people go to it from one difference to the next: not what is merely below a step that one run alone has. */
  isDifference: boolean;
}

const MostCells = 4_000_000;
const Equal = 4;
const SameCall = 3;
const SameKind = 1;

/** Two runs step by step, in the order in which they were made. */
export function compareSteps(left: readonly TraceSpan[], right: readonly TraceSpan[]): ComparedStep[] {
  const [before, after] = stepsOf(left, right);
  const rows: ComparedStep[] = [];
  walk(before, after, 1, rows);
  return rows;
}

function walk(left: readonly Step[], right: readonly Step[], level: number, rows: ComparedStep[]): void {
  for (const [before, after] of pair(left, right)) {
    if (before && after) {
      const change = before.own === after.own ? "same" : "changed";
      rows.push({ key: before.span.id, change, left: before, right: after, level, isDifference: change === "changed" });
      walk(before.children, after.children, level + 1, rows);
    } else {
      alone(before, after, level, rows);
    }
  }
}

function alone(left: Step | null, right: Step | null, level: number, rows: ComparedStep[], isBelow = false): void {
  const step = (left ?? right)!;
  rows.push({ key: left ? step.span.id : `right:${step.span.id}`, change: left ? "left" : "right", left, right, level, isDifference: !isBelow });
  for (const child of step.children) alone(left && child, right && child, level + 1, rows, true);
}

type Pair = [left: Step, right: Step] | [left: Step, right: null] | [left: null, right: Step];

/** Puts steps beside each other in the order of both, so that as much as possible of what is alike stands together. */
function pair(left: readonly Step[], right: readonly Step[]): Pair[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start]!.whole === right[start]!.whole) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left[left.length - 1 - end]!.whole === right[right.length - 1 - end]!.whole) end++;
  const both = (count: number, from: number, to: number) => Array.from({ length: count }, (_, index): Pair => [left[from + index]!, right[to + index]!]);
  return [
    ...both(start, 0, 0),
    ...middle(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...both(end, left.length - end, right.length - end),
  ];
}

function middle(left: Step[], right: Step[]): Pair[] {
  if (left.length * right.length <= MostCells) return weighed(left, right);
  const anchors = anchorsOf(left.map((step) => step.whole), right.map((step) => step.whole));
  if (anchors.length === 0) return inTurn(left, right);
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of anchors) {
    for (const between of pair(left.slice(i, a), right.slice(j, b))) pairs.push(between);
    pairs.push([left[a]!, right[b]!]);
    [i, j] = [a + 1, b + 1];
  }
  for (const rest of pair(left.slice(i), right.slice(j))) pairs.push(rest);
  return pairs;
}

/** Weighs each step against each. */
function weighed(left: Step[], right: Step[]): Pair[] {
  const width = right.length + 1;
  const scores = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number) => scores[i * width + j]!;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const together = likeness(left[i]!, right[j]!);
      scores[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), together === 0 ? 0 : together + at(i + 1, j + 1));
    }
  }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const together = i < left.length && j < right.length ? likeness(left[i]!, right[j]!) : 0;
    if (together > 0 && at(i, j) === together + at(i + 1, j + 1)) pairs.push([left[i++]!, right[j++]!]);
    else if (j >= right.length || (i < left.length && at(i + 1, j) >= at(i, j + 1))) pairs.push([left[i++]!, null]);
    else pairs.push([null, right[j++]!]);
  }
  return pairs;
}

/** Steps too many to weigh, of which none is the same in both: the first with the first of its kind. */
function inTurn(left: Step[], right: Step[]): Pair[] {
  const pairs: Pair[] = [];
  let next = 0;
  for (const step of left) {
    const found = right.slice(next, next + 1000).findIndex((other) => likeness(step, other) > 0);
    if (found < 0) {
      pairs.push([step, null]);
      continue;
    }
    for (const skipped of right.slice(next, next + found)) pairs.push([null, skipped]);
    pairs.push([step, right[next + found]!]);
    next += found + 1;
  }
  for (const rest of right.slice(next)) pairs.push([null, rest]);
  return pairs;
}

function likeness(left: Step, right: Step): number {
  if (left.whole === right.whole) return Equal;
  if (left.kind !== right.kind) return 0;
  return left.call === right.call ? SameCall : SameKind;
}

/** How the fields of a step differ, in the order in which they are told. */
export function fieldsThatDiffer({ left, right }: ComparedStep): { name: string; before: string; after: string }[] {
  const names = [...new Set([...(left?.fields ?? []), ...(right?.fields ?? [])].map(([name]) => name))];
  return names
    .map((name) => ({ name, before: valueOf(left, name), after: valueOf(right, name) }))
    .filter(({ before, after }) => before !== after);
}

function valueOf(step: Step | null, name: string): string {
  return step?.fields.find(([other]) => other === name)?.[1] ?? "";
}
