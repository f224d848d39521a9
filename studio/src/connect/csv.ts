import type { Json } from "../api/types";

/**
 * A result as CSV, as RFC 4180 has it. A text that a spreadsheet would take for a formula gets an apostrophe before it: cells come from whoever
 * wrote the data.
 */
export function toCsv(columns: readonly string[], rows: readonly (readonly Json[])[]): string {
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(value: Json): string {
  if (value === null) return "";
  if (typeof value !== "string") return quote(typeof value === "object" ? JSON.stringify(value) : String(value));
  return quote(/^[=+\-@\t\r]/.test(value) && !isNumber(value) ? `'${value}` : value);
}

/** Numbers beyond what JSON numbers hold come as texts. */
function isNumber(text: string): boolean {
  return /^[+-]?\d+(\.\d+)?$/.test(text);
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
