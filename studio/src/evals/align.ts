import type { Json } from "../api/types";

/** A line of what was expected beside what was done. */
export interface Line<E, A> {
  kind: "match" | "changed" | "missing" | "extra";
  expected?: E;
  actual?: A;
}

interface Details {
  matched: readonly { expected: number; actual: number }[];
  missing: readonly number[];
  unexpected: readonly number[];
}

/**
 * Puts what was expected beside what was done, in the order in which it was done; what is missing stands before what was expected after it. A missing
 * and an unexpected one of the same name are one line: it was done, with other values.
 */
export function align<E, A>(expected: readonly E[], actual: readonly A[], details: Details, nameOf: (item: E | A) => string): Line<E, A>[] {
  const partner = new Map(details.matched.map((pair) => [pair.actual, pair.expected]));
  const missing = details.missing.filter((place) => place < expected.length);
  const taken = new Set<number>();
  const lines: (Line<E, A> & { place: number })[] = [];
  let behind = -1;
  actual.forEach((item, place) => {
    const matched = partner.get(place);
    if (matched !== undefined && matched < expected.length) {
      behind = matched;
      lines.push({ kind: "match", expected: expected[matched]!, actual: item, place: matched });
      return;
    }
    const other = missing.find((candidate) => !taken.has(candidate) && nameOf(expected[candidate]!) === nameOf(item));
    if (other === undefined) {
      lines.push({ kind: "extra", actual: item, place: behind + 0.5 });
      return;
    }
    taken.add(other);
    behind = other;
    lines.push({ kind: "changed", expected: expected[other]!, actual: item, place: other });
  });
  for (const place of missing) {
    if (taken.has(place)) continue;
    const before = lines.findLastIndex((line) => line.place < place);
    lines.splice(before + 1, 0, { kind: "missing", expected: expected[place]!, place });
  }
  return lines.map(({ place: _, ...line }) => line);
}

/** A value on one line, or on several where it is long. */
export function written(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  const line = JSON.stringify(value);
  return line.length <= 60 ? line : JSON.stringify(value, null, 2);
}
