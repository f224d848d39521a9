import type { ReactNode } from "react";
import { Problem } from "../api/client";

export const input = "h-7 rounded-md border border-line bg-surface px-2 disabled:opacity-50";

/** A field of a form with its name over it and its error under it. */
export function Field({ label, id, error, children }: { label: string; id: string; error: string | null; children: ReactNode }) {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-muted">
        {label}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} className="mt-0.5 text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

export function Check({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <label className="flex min-h-6 items-center gap-2">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} className="size-4 accent-accent" />
      {label}
    </label>
  );
}

/** The name of the database in the catalog. */
export function DatabaseField({ known, value, onChange }: { known: string[]; value: string; onChange: (value: string) => void }) {
  return (
    <Field label="Name of the database in the catalog" id="database-id" error={null}>
      <input id="database-id" list="known-databases" value={value} onChange={(event) => onChange(event.target.value)} className={`${input} w-48`} />
      <datalist id="known-databases">
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </Field>
  );
}

/** Why something was refused, where it was asked for: all of it. */
export function Failure({ error }: { error: Error }) {
  const errors = error instanceof Problem ? error.errors : [];
  return (
    <div role="alert" className="rounded-md bg-bad-soft p-2 text-bad">
      <p className="break-words whitespace-pre-wrap">
        {error.message} {error instanceof Problem && <code className="font-mono text-xs">{error.code}</code>}
      </p>
      {errors.length > 1 && (
        <ul className="mt-1 list-disc pl-5">
          {errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path && <code className="font-mono text-xs">{path}</code>} {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
