import type { Json, JsonObject } from "../api/types";
import { asArray, asHandle, asObject, type ShownPlan } from "./plan";

/** What a person wrote in place of values of a plan, as text, by place: `actions/2/percent`, `rationale`. */
export type Edits = Readonly<Record<string, string>>;

/** The schema of a member of the plan's body, or of one of its actions; empty when there is none. */
export function schemaAt(schema: JsonObject | undefined, kind: string | null, name: string): JsonObject {
  const root = asObject(schema);
  if (kind === null) return asObject(asObject(root["properties"])[name]);
  const items = asObject(asObject(asObject(root["properties"])["actions"])["items"]);
  const branches = [...asArray(items["anyOf"]), ...asArray(items["oneOf"])].map(asObject);
  const branch = branches.find((candidate) => asObject(asObject(candidate["properties"])["kind"])["const"] === kind) ?? items;
  return asObject(asObject(branch["properties"])[name]);
}

/** Whether people can change a value here: handles are what agents found, not what people write. */
export function isEditable(value: Json): boolean {
  return asHandle(value) === null;
}

/** The text that stands for a value while it is edited. */
export function toText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The value that a text stands for: texts stay texts, numbers stay numbers. */
export function fromText(text: string, before: Json): { value: Json } | { error: string } {
  if (typeof before === "string") return { value: text };
  if (typeof before === "number") {
    const value = Number(text.trim().replace(",", "."));
    return text.trim() !== "" && Number.isFinite(value) ? { value } : { error: "A number is wanted." };
  }
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return { error: "This is no JSON." };
  }
}

/** What is wrong with a value by the simple keywords of its schema; null: nothing. The server checks all of it. */
export function check(value: Json, schema: JsonObject): string | null {
  const { minimum, maximum, minLength, maxLength, pattern } = schema;
  if (schema["type"] === "integer" && !Number.isInteger(value)) return "A whole number is wanted.";
  if (typeof value === "number") {
    if (typeof minimum === "number" && value < minimum) return `At least ${minimum}.`;
    if (typeof maximum === "number" && value > maximum) return `At most ${maximum}.`;
  }
  if (typeof value === "string") {
    if (typeof minLength === "number" && value.length < minLength) return minLength === 1 ? "This cannot be empty." : `At least ${minLength} characters.`;
    if (typeof maxLength === "number" && value.length > maxLength) return `At most ${maxLength} characters.`;
    if (schema["format"] === "date" && !/^\d{4}-\d{2}-\d{2}$/.test(value)) return "A date such as 2026-09-30 is wanted.";
    if (Array.isArray(schema["enum"]) && !schema["enum"].includes(value)) return `One of: ${schema["enum"].join(", ")}.`;
    if (typeof pattern === "string" && value === "") return "This cannot be empty.";
  }
  return null;
}

/** The members of the body that the edits replace, or what is wrong with them by place. */
export function apply(plan: ShownPlan, edits: Edits, schema: JsonObject | undefined): { partial: JsonObject | null; errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const partial: JsonObject = {};
  const read = (place: string, before: Json, kind: string | null, name: string): Json => {
    const text = edits[place];
    if (text === undefined) return before;
    const result = fromText(text, before);
    const error = "error" in result ? result.error : check(result.value, schemaAt(schema, kind, name));
    if (error) errors[place] = error;
    return "value" in result ? result.value : before;
  };
  for (const [name, value] of plan.context) {
    const edited = read(name, value, null, name);
    if (edited !== value) partial[name] = edited;
  }
  const actions = plan.actions.map((action) => ({
    ...(action.isKindImplied ? {} : { kind: action.kind }),
    ...Object.fromEntries(action.fields.map(([name, value]) => [name, read(`actions/${action.index}/${name}`, value, action.kind, name)])),
  }));
  if (Object.keys(edits).some((place) => place.startsWith("actions/"))) partial["actions"] = actions;
  return { partial: Object.keys(partial).length > 0 ? partial : null, errors };
}

/**
 * What the server says is wrong with an edited plan, by the places of the fields that people see; what is about none of them is in `rest`.
 * A problem deep within a value stands at the field that holds it.
 */
export function refusals(message: string, plan: ShownPlan): { errors: Record<string, string>; rest: string[] } {
  const places = new Set([...plan.context.map(([name]) => name), ...plan.actions.flatMap((action) => action.fields.map(([name]) => `actions/${action.index}/${name}`))]);
  const errors: Record<string, string> = {};
  const rest: string[] = [];
  for (const [line, path, problem] of message.matchAll(/^- (\S+): (.*)$/gm)) {
    const parts = path!.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    while (parts.length > 0 && !places.has(parts.join("/"))) parts.pop();
    const place = parts.join("/");
    if (place === "") rest.push(line.slice(2));
    else errors[place] = errors[place] === undefined ? problem! : `${errors[place]} ${problem!}`;
  }
  return { errors, rest };
}
