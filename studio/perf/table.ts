import { cpus, loadavg } from "node:os";

interface Row {
  what: string;
  target: number;
  measured: number;
  unit: string;
  /** Whether the target is the least and not the most. */
  isLeast: boolean;
}

const rows: Row[] = [];

/** Keeps a figure beside its target. */
export function keep(what: string, target: number, measured: number, unit: string, isLeast = false): void {
  rows.push({ what, target, measured, unit, isLeast });
}

/** Prints all figures; nothing passes or fails here. */
export function print(): void {
  const cells = rows.map(({ what, target, measured, unit, isLeast }) => {
    const meets = isLeast ? measured >= target : measured <= target;
    return [what, `${isLeast ? "≥" : "≤"} ${target} ${unit}`, `${measured.toFixed(measured < 100 && !Number.isInteger(measured) ? 1 : 0)} ${unit}`, meets ? "" : "misses"];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  console.log(`\n${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}\n`);
  for (const row of cells) console.log(`  ${row.map((cell, column) => (column === 0 || column === 3 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join("  ")}`);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
