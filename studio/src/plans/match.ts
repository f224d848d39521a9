import type { ShownAction } from "./plan";

/**
 * For each action of a plan the one of an earlier version that it came of; null: it is new. Actions keep their order, and an action comes of one
 * of its own kind: of one that says the same where there is one.
 */
export function matchActions(before: readonly ShownAction[], after: readonly ShownAction[]): (number | null)[] {
  const likeness = (old: ShownAction, now: ShownAction) => (old.kind !== now.kind ? 0 : JSON.stringify(old.fields) === JSON.stringify(now.fields) ? 3 : 2);
  const best = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const together = likeness(before[i]!, after[j]!);
      best[i]![j] = Math.max(best[i + 1]![j]!, best[i]![j + 1]!, together === 0 ? 0 : together + best[i + 1]![j + 1]!);
    }
  }
  const matches = new Array<number | null>(after.length).fill(null);
  for (let [i, j] = [0, 0]; i < before.length && j < after.length; ) {
    const together = likeness(before[i]!, after[j]!);
    if (together > 0 && best[i]![j] === together + best[i + 1]![j + 1]!) matches[j++] = i++;
    else if (best[i + 1]![j]! >= best[i]![j + 1]!) i++;
    else j++;
  }
  return matches;
}
