import type { ReactNode } from "react";
import { AreaField, CheckField, SelectField, TextField } from "../ui/Form";
import type { FieldProblem } from "../ui/problem";
import { ActionsForm } from "./ActionsForm";
import { CallsForm } from "./CallsForm";
import type { Draft } from "./draft";
import { ScorersForm } from "./ScorersForm";

export interface PartProps {
  draft: Draft;
  problems: readonly FieldProblem[];
  onChange: (part: Partial<Draft>) => void;
}

/** What is wrong at a place, or below it where no field of its own says so. */
export function problemAt(problems: readonly FieldProblem[], path: string, isWithin = false): string | undefined {
  const found = problems.filter((problem) => problem.path === path || (isWithin && (problem.path.startsWith(`${path}.`) || problem.path.startsWith(`${path}[`))));
  return found.length === 0 ? undefined : found.map(({ message }) => message).join(" ");
}

export function CaseForm({ draft, isNew, problems, onChange }: PartProps & { isNew: boolean }) {
  const part = { draft, problems, onChange };
  return (
    <form className="flex max-w-3xl flex-col gap-5" onSubmit={(event) => event.preventDefault()}>
      <Section title="What is asked">
        <div className="grid gap-3 sm:grid-cols-2">
          {isNew && <TextField label="Id" value={draft.id} onChange={(id) => onChange({ id })} problem={problemAt(problems, "id")} hint="Unique, and stable: results are compared by it." />}
          <TextField label="Tags" value={draft.tags} onChange={(tags) => onChange({ tags })} problem={problemAt(problems, "tags", true)} hint="Words to choose tests by, with commas between." />
        </div>
        <AreaField label="Input" value={draft.input} onChange={(input) => onChange({ input })} problem={problemAt(problems, "input")} rows={3} />
      </Section>
      <CallsForm {...part} />
      <ActionsForm {...part} />
      <ScorersForm {...part} />
      <Section title="How it is run">
        <div className="grid gap-3 sm:grid-cols-2">
          <SelectField
            label="Approval requests are answered with"
            value={draft.approvals}
            onChange={(approvals) => onChange({ approvals })}
            choices={[
              ["", "what the eval says"],
              ["approve", "approve"],
              ["reject", "reject"],
            ]}
          />
          <TextField
            label="Share of samples that have to pass"
            value={draft.repeatThreshold}
            inputMode="decimal"
            placeholder="what the eval says"
            onChange={(repeatThreshold) => onChange({ repeatThreshold })}
            problem={problemAt(problems, "repeatThreshold")}
          />
        </div>
        <details open={draft.script !== ""}>
          <summary className="text-xs text-muted">Script to run in the input’s place, where a script answers instead of a model</summary>
          <AreaField label="Script" className="mt-1.5" isMono value={draft.script} onChange={(script) => onChange({ script })} problem={problemAt(problems, "script", true)} rows={4} />
        </details>
      </Section>
    </form>
  );
}

/** A part of the form that may be left out, which is not scored then. */
export function Section({ title, scored, children }: { title: string; scored?: { isOn: boolean; onChange: (isOn: boolean) => void }; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2.5">
      <div className="flex items-center justify-between gap-3 border-b border-line pb-1">
        <h2 className="text-base font-semibold">{title}</h2>
        {scored && <CheckField label={`score ${title.toLowerCase()}`} isOn={scored.isOn} onChange={scored.onChange} />}
      </div>
      {children}
    </section>
  );
}
