import type { TestCase } from "../evals/types";

/** A case with its members by name, so that only what differs shows. */
export function caseText(value: TestCase): string {
  const sorted = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(sorted);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).sort(([left], [right]) => left.localeCompare(right)).map(([name, member]) => [name, sorted(member)]));
  };
  return JSON.stringify(sorted(value), null, 2);
}
