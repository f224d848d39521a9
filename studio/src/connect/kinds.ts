/** The kinds of entries that a catalog has, with what several of them are called, in the order in which people look for them. */
export const kinds: Record<string, string> = {
  table: "tables",
  column: "columns",
  relationship: "relationships",
  metric: "metrics",
  document: "documents",
  knowledge: "knowledge",
  enum_value: "enum values",
  data_quality_finding: "findings",
};

/** What one entry of a kind is called. */
export function oneOf(kind: string): string {
  return kind === "data_quality_finding" ? "finding" : kind.replaceAll("_", " ");
}
