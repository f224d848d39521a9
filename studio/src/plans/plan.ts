import type { Json, JsonObject, ReferenceHandle } from "../api/types";

/** A plan as a request shows it. */
export interface ShownPlan {
  id: string;
  specName: string;
  version: number;
  /** The members of its body beside the actions. */
  context: [name: string, value: Json][];
  actions: ShownAction[];
  /** Why no action could be previewed. */
  previewError: string | null;
}

export interface ShownAction {
  index: number;
  kind: string;
  /** Whether the plan has one kind of action only and does not name it. */
  isKindImplied: boolean;
  fields: [name: string, value: Json][];
  preview: Json | undefined;
  previewError: string | null;
}

/** Reads the payload of a request about a plan; what is not as expected is left out, never an error. */
export function readPlan(payload: Json): ShownPlan {
  const plan = asObject(payload);
  const body = asObject(plan["body"] ?? null);
  const previews = asArray(plan["previews"]).map(asObject);
  return {
    id: asText(plan["planId"]),
    specName: asText(plan["specName"]),
    version: typeof plan["version"] === "number" ? plan["version"] : 1,
    context: Object.entries(body).filter(([name]) => name !== "actions"),
    actions: asArray(body["actions"]).map((action, index) => {
      const members = asObject(action);
      const preview = previews.find((candidate) => candidate["index"] === index);
      return {
        index,
        kind: asText(members["kind"]) || "action",
        isKindImplied: asText(members["kind"]) === "",
        fields: Object.entries(members).filter(([name]) => name !== "kind"),
        preview: preview?.["preview"],
        previewError: preview?.["error"] ? asText(preview["error"]) : null,
      };
    }),
    previewError: previews.length === 1 && previews[0]!["index"] === undefined ? asText(previews[0]!["error"]) || null : null,
  };
}

/** The handles in a value, each once. */
export function handlesIn(value: Json): ReferenceHandle[] {
  const found = new Map<string, ReferenceHandle>();
  collect(value, found, 0);
  return [...found.values()];
}

export function asHandle(value: Json): ReferenceHandle | null {
  const { kind, id } = asObject(value);
  return typeof kind === "string" && typeof id === "string" && /^ref-[0-9a-f]{32}$/.test(id) ? { kind, id } : null;
}

export function asObject(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

export function asArray(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** A small value on one line. */
export function inline(value: Json): string {
  if (value === null) return "–";
  if (typeof value === "string") return value;
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

function collect(value: Json, found: Map<string, ReferenceHandle>, depth: number): void {
  if (typeof value !== "object" || value === null || depth > 12) return;
  const handle = asHandle(value);
  if (handle) found.set(handle.id, handle);
  for (const child of Array.isArray(value) ? value : Object.values(value)) collect(child, found, depth + 1);
}
