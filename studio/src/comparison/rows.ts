import type { ComparedStep } from "./steps";

/** What is drawn on a line: a step, or steps in which both runs are alike and which nobody asked to see. */
export type Row = { kind: "step"; step: ComparedStep } | { kind: "fold"; key: string; steps: number };

const LeastFolded = 3;

/** The steps with those folded in which both runs are alike, all but the ones that a difference stands below or right beside. */
export function foldedRows(steps: readonly ComparedStep[], opened: ReadonlySet<string>): Row[] {
  const shown = new Set<number>();
  // The step at each level that the one at hand stands below.
  const above: number[] = [];
  steps.forEach((step, place) => {
    above.length = step.level - 1;
    if (step.change !== "same") for (const near of [...above, place - 1, place, place + 1]) shown.add(near);
    above.push(place);
  });
  const rows: Row[] = [];
  for (let place = 0; place < steps.length; ) {
    let end = place;
    while (end < steps.length && !shown.has(end)) end++;
    const key = steps[place]!.key;
    if (end - place >= LeastFolded && !opened.has(key)) {
      rows.push({ kind: "fold", key, steps: end - place });
    } else {
      end = Math.max(end, place + 1);
      for (const step of steps.slice(place, end)) rows.push({ kind: "step", step });
    }
    place = end;
  }
  return rows;
}
