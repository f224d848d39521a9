import type { Json, JsonObject } from "../api/types";
import { leaveOnEscape } from "../shell/keys";
import { words } from "../ui/format";
import { isEditable, toText } from "./edit";
import { asHandle, inline } from "./plan";
import { ReferenceChip } from "./ReferenceChip";

interface FieldProps {
  /** Where it stands in the plan, such as `actions/2/percent`. */
  place: string;
  name: string;
  value: Json;
  /** The value that it had in the version before; undefined: there is none, or it is the same. */
  before: Json | undefined;
  schema: JsonObject;
  text: string | undefined;
  error: string | undefined;
  glimpse: Json | undefined;
  onEdit: ((text: string) => void) | null;
}

/** A value of a plan: shown, or in an editor of its kind. */
export function Field({ place, name, value, before, schema, text, error, glimpse, onEdit }: FieldProps) {
  const label = words(name);
  const id = `field-${place}`;
  const handle = asHandle(value);
  if (!onEdit || !isEditable(value)) {
    return (
      <div className="contents">
        <dt className="text-muted">{label}</dt>
        <dd className="num min-w-0 break-words">
          {before !== undefined && <del className="mr-1.5 text-bad">{handle ? "another" : inline(before)}</del>}
          {handle ? <ReferenceChip handle={handle} glimpse={glimpse} /> : <span className={before === undefined ? "" : "font-semibold text-good"}>{inline(value)}</span>}
        </dd>
      </div>
    );
  }
  const shared = {
    id,
    value: text ?? toText(value),
    onKeyDown: leaveOnEscape,
    "aria-invalid": error !== undefined,
    "aria-describedby": error ? `${id}-error` : undefined,
    className: `num w-full max-w-md rounded-md border bg-surface px-2 py-1 ${error ? "border-bad" : text === undefined ? "border-line" : "border-accent"}`,
  };
  return (
    <div className="contents">
      <dt className="pt-1 text-muted">
        <label htmlFor={id} title={typeof schema["description"] === "string" ? schema["description"] : undefined}>
          {label}
        </label>
      </dt>
      <dd className="min-w-0">
        {Array.isArray(schema["enum"]) ? (
          <select {...shared} onChange={(event) => onEdit(event.target.value)}>
            {schema["enum"].map((choice) => (
              <option key={inline(choice)}>{inline(choice)}</option>
            ))}
          </select>
        ) : typeof value === "number" || (typeof value === "string" && value.length < 60) ? (
          <input
            {...shared}
            type={schema["format"] === "date" ? "date" : "text"}
            inputMode={typeof value === "number" ? "decimal" : "text"}
            onChange={(event) => onEdit(event.target.value)}
          />
        ) : (
          <textarea {...shared} rows={2} onChange={(event) => onEdit(event.target.value)} />
        )}
        {error && (
          <p id={`${id}-error`} className="mt-0.5 text-bad">
            {error}
          </p>
        )}
      </dd>
    </div>
  );
}
