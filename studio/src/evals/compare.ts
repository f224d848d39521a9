import { scoresOf } from "./cells";
import { isBeyondNoise } from "./noise";
import type { CaseChange, CaseComparison, CaseResult, EvalArtifact, EvalComparison, EvalInfo, SampleResult } from "./types";

/** A case in two evals. */
export interface ComparedRow {
  comparison: CaseComparison;
  before: CaseResult | null;
  after: CaseResult | null;
  /** Whether its scores differ by more than chance. */
  isBeyond: boolean;
  /** The first tool call, from 0, at which the first samples of both part; null: they made the same calls. */
  divergence: { place: number; before: string | null; after: string | null } | null;
}

const order: Record<CaseChange, number> = { regressed: 0, improved: 1, not_comparable: 2, added: 3, removed: 4, unchanged: 5 };

/** The cases of both: what differs beyond chance first, worst first, then what differs, then the rest. */
export function compareRows(comparison: EvalComparison, before: EvalArtifact, after: EvalArtifact): ComparedRow[] {
  const [old, now] = [before, after].map(({ cases }) => new Map(cases.map((result) => [result.case.id, result])));
  const rows = comparison.cases.map((compared): ComparedRow => {
    const [left, right] = [old!.get(compared.caseId) ?? null, now!.get(compared.caseId) ?? null];
    const isChanged = compared.change === "regressed" || compared.change === "improved";
    return {
      comparison: compared,
      before: left,
      after: right,
      isBeyond: isChanged && left !== null && right !== null && isBeyondNoise(scoresOf(left.samples), scoresOf(right.samples)),
      divergence: divergenceOf(left?.samples[0], right?.samples[0]),
    };
  });
  const deltaOf = ({ comparison: { scoreBefore, scoreAfter } }: ComparedRow) => (scoreAfter ?? 0) - (scoreBefore ?? 0);
  return rows.sort(
    (left, right) => Number(right.isBeyond) - Number(left.isBeyond) || order[left.comparison.change] - order[right.comparison.change] || deltaOf(left) - deltaOf(right),
  );
}

function divergenceOf(before: SampleResult | undefined, after: SampleResult | undefined): ComparedRow["divergence"] {
  const [left, right] = [before, after].map((sample) => sample?.output?.trajectory.map((call) => (typeof call === "string" ? call : `${call.name} ${JSON.stringify(call.arguments ?? {})}`)));
  if (!left || !right) return null;
  const place = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => index).find((index) => left[index] !== right[index]);
  return place === undefined ? null : { place, before: left[place] ?? null, after: right[place] ?? null };
}

/** How the settings of two evals differ, by their path. */
export function differencesOf(before: EvalArtifact, after: EvalArtifact, beforeInfo?: EvalInfo, afterInfo?: EvalInfo): { name: string; before: string; after: string }[] {
  const [old, now] = ([[before, beforeInfo], [after, afterInfo]] as const).map(([{ config, environment, datasetHash }, info]) =>
    flat({ config, ...environment, cases: datasetHash.slice(0, 12), scriptsAnswered: beforeInfo && afterInfo ? info?.useScripts : undefined }),
  );
  return [...new Set([...old!.keys(), ...now!.keys()])]
    .map((name) => ({ name, before: old!.get(name) ?? "none", after: now!.get(name) ?? "none" }))
    .filter((entry) => entry.before !== entry.after);
}

function flat(value: unknown, path = "", found = new Map<string, string>()): Map<string, string> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [name, member] of Object.entries(value)) flat(member, path === "" || path === "config" ? name : `${path}.${name}`, found);
  } else if (value !== null && value !== undefined) {
    found.set(path, typeof value === "string" ? value : JSON.stringify(value));
  }
  return found;
}
