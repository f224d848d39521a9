import { useId, type InputHTMLAttributes, type ReactNode } from "react";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** What is wrong with it. */
  problem?: string | undefined;
  className?: string;
}

export const inputClass = "w-full rounded-md border bg-surface px-2 py-1 disabled:opacity-50";

export function TextField({ label, hint, problem, className = "", value, onChange, isMono = false, ...rest }: FieldProps & { value: string; onChange: (value: string) => void; isMono?: boolean } & Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange">) {
  const id = useId();
  return (
    <Around id={id} label={label} hint={hint} problem={problem} className={className}>
      <input
        {...rest}
        {...marks(id, hint, problem)}
        value={value}
        className={`${inputClass} ${problem ? "border-bad" : "border-line"} ${isMono ? "font-mono text-xs leading-5" : ""}`}
        onChange={(event) => onChange(event.target.value)}
      />
    </Around>
  );
}

export function AreaField({ label, hint, problem, className = "", value, onChange, rows = 3, isMono = false }: FieldProps & { value: string; onChange: (value: string) => void; rows?: number; isMono?: boolean }) {
  const id = useId();
  return (
    <Around id={id} label={label} hint={hint} problem={problem} className={className}>
      <textarea
        {...marks(id, hint, problem)}
        value={value}
        rows={rows}
        spellCheck={!isMono}
        className={`${inputClass} field-sizing-content max-h-72 ${problem ? "border-bad" : "border-line"} ${isMono ? "font-mono text-xs leading-5" : ""}`}
        style={{ minHeight: `${rows * 1.25 + 0.6}rem` }}
        onChange={(event) => onChange(event.target.value)}
      />
    </Around>
  );
}

export function SelectField<T extends string>({ label, hint, problem, className = "", value, onChange, choices }: FieldProps & { value: T; onChange: (value: T) => void; choices: readonly (readonly [value: T, name: string])[] }) {
  const id = useId();
  return (
    <Around id={id} label={label} hint={hint} problem={problem} className={className}>
      <select {...marks(id, hint, problem)} value={value} className={`${inputClass} h-[30px] ${problem ? "border-bad" : "border-line"}`} onChange={(event) => onChange(event.target.value as T)}>
        {choices.map(([choice, name]) => (
          <option key={choice} value={choice}>
            {name}
          </option>
        ))}
      </select>
    </Around>
  );
}

export function CheckField({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label className="flex min-h-6 items-center gap-2">
      <input type="checkbox" checked={isOn} className="size-4 accent-accent" onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

/** Choices of which one or more are pressed, such as filters. */
export function Pill({ isOn, onClick, children }: { isOn: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onClick}
      className={`h-6 rounded-full border px-2.5 text-xs font-medium whitespace-nowrap ${isOn ? "border-accent bg-accent-soft text-accent" : "border-line text-muted hover:bg-hover"}`}
    >
      {children}
    </button>
  );
}

function marks(id: string, hint: ReactNode, problem: string | undefined) {
  return { id, "aria-invalid": problem !== undefined, "aria-describedby": problem !== undefined ? `${id}-problem` : hint ? `${id}-hint` : undefined };
}

function Around({ id, label, hint, problem, className, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className={`min-w-0 ${className}`}>
      <label htmlFor={id} className="mb-0.5 block text-xs font-medium text-muted">
        {label}
      </label>
      {children}
      {problem !== undefined ? (
        <p id={`${id}-problem`} className="mt-0.5 text-xs break-words text-bad">
          {problem}
        </p>
      ) : (
        hint && (
          <p id={`${id}-hint`} className="mt-0.5 text-xs text-muted">
            {hint}
          </p>
        )
      )}
    </div>
  );
}
