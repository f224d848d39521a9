import type { Json } from "../api/types";
import { count } from "../ui/format";

// A year is not written as an amount: only longer numbers are grouped.
const decimals = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4, useGrouping: "min2" });

/** A value of a database, on one line. */
export function inline(value: Json | undefined): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return decimals.format(value);
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

/** A share of 0 to 1: what is there is never shown as 0 %, what is missing never as 100 %. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return "<0.1 %";
  if (share < 1 && share > 0.999) return ">99.9 %";
  return `${Math.round(share * 1000) / 10} %`;
}

/** A number of rows in at most four characters: `1.2M`. */
export function short(value: number): string {
  if (value < 1000) return count(value);
  const [unit, size] = value < 1e6 ? (["K", 1e3] as const) : value < 1e9 ? (["M", 1e6] as const) : (["B", 1e9] as const);
  const scaled = value / size;
  return `${scaled < 10 ? Math.floor(scaled * 10) / 10 : Math.floor(scaled)}${unit}`;
}

/** The parts of a name with its schema: `main.` and `orders`. */
export function parts(qualifiedName: string): [schema: string, name: string] {
  const dot = qualifiedName.indexOf(".") + 1;
  return [qualifiedName.slice(0, dot), qualifiedName.slice(dot)];
}
