import { Plus, X } from "lucide-react";
import { Button, IconButton } from "../ui/Button";
import { AreaField, SelectField, TextField } from "../ui/Form";
import { problemAt, Section, type PartProps } from "./CaseForm";
import type { ActionDraft } from "./draft";

/** The actions that are to be planned, and those that are to be executed. */
export function ActionsForm({ draft, problems, onChange }: PartProps) {
  const isScored = draft.planned !== null || draft.executed !== null;
  return (
    <>
      <Section title="Planned actions" scored={{ isOn: draft.planned !== null, onChange: (isOn) => onChange({ planned: isOn ? [] : null }) }}>
        {draft.planned && <ActionList name="Planned" actions={draft.planned} path="expectedActions.planned" problems={problems} onChange={(planned) => onChange({ planned })} />}
      </Section>
      <Section title="Executed actions" scored={{ isOn: draft.executed !== null, onChange: (isOn) => onChange({ executed: isOn ? [] : null }) }}>
        {draft.executed && <ActionList name="Executed" actions={draft.executed} path="expectedActions.executed" problems={problems} onChange={(executed) => onChange({ executed })} />}
        {isScored && (
          <SelectField
            label="How the values of actions are compared"
            value={draft.payloadMatch}
            onChange={(payloadMatch) => onChange({ payloadMatch })}
            choices={[
              ["exact", "all are equal"],
              ["subset", "those that are given here are equal"],
            ]}
            problem={problemAt(problems, "expectedActions.payloadMatch")}
          />
        )}
      </Section>
    </>
  );
}

interface ActionListProps {
  name: string;
  actions: ActionDraft[];
  path: string;
  problems: PartProps["problems"];
  onChange: (actions: ActionDraft[]) => void;
}

function ActionList({ name, actions, path, problems, onChange }: ActionListProps) {
  const set = (index: number, part: Partial<ActionDraft>) => onChange(actions.map((action, place) => (place === index ? { ...action, ...part } : action)));
  const placeOf = (index: number) => actions.slice(0, index).filter(({ isOn }) => isOn).length;
  return (
    <>
      {actions.length === 0 && <p className="text-muted">There are to be none.</p>}
      <ul className="flex flex-col gap-2" aria-label={`${name} actions`}>
        {actions.map((action, index) => {
          const place = `${path}[${placeOf(index)}]`;
          const own = action.isOn ? problems : [];
          return (
            <li key={index} data-state={action.isOn ? "on" : "off"} className={`flex items-start gap-2 rounded-lg border border-line bg-surface p-2 ${action.isOn ? "" : "opacity-75"}`}>
              <input
                type="checkbox"
                checked={action.isOn}
                aria-label={`${name} action ${index + 1} is expected`}
                title="Whether it is expected"
                className="mt-6 size-4 shrink-0 accent-accent"
                onChange={(event) => set(index, { isOn: event.target.checked })}
              />
              <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-[11rem_minmax(0,1fr)]">
                <TextField label="Kind" isMono value={action.kind} onChange={(kind) => set(index, { kind })} problem={problemAt(own, `${place}.kind`) ?? problemAt(own, place)} />
                <AreaField label="Values (JSON)" isMono rows={1} value={action.payload} onChange={(payload) => set(index, { payload })} problem={problemAt(own, `${place}.payload`, true)} />
              </div>
              <IconButton label={`Remove ${name.toLowerCase()} action ${index + 1}`} className="mt-4.5" icon={<X className="size-3.5" aria-hidden />} onClick={() => onChange(actions.filter((_, other) => other !== index))} />
            </li>
          );
        })}
      </ul>
      <Button className="self-start" onClick={() => onChange([...actions, { isOn: true, kind: "", payload: "" }])}>
        <Plus className="size-3.5" aria-hidden /> Add an action
      </Button>
    </>
  );
}
