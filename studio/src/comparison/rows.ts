import type { ComparedStep } from "./steps";

/** What is drawn on a line: a step, or steps in which both runs are alike and which nobody asked to see. */
export type Row = { kind: "step"; step: ComparedStep } | { kind: "fold"; key: string; steps: number };

const LeastFolded = 3;

/** The steps with those folded in which both runs are alike, all but the ones that a difference stands below or right beside. */
export function foldedRows(steps: readonly ComparedStep[], opened: ReadonlySet<string>): Row[] {
  const shown = new Set<number>();
  steps.forEach((step, place) => {
    if (step.change === "same") return;
    for (const near of [place - 1, place, place + 1]) shown.add(near);
    let level = step.level;
    for (let above = place - 1; above >= 0 && level > 1; above--) {
      if (steps[above]!.level >= level) continue;
      level = steps[above]!.level;
      shown.add(above);
    }
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
