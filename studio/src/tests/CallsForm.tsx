import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { modeMeanings } from "../evals/Scores";
import { argumentMatches, trajectoryModes, type ArgumentMatch } from "../evals/types";
import { Button, IconButton } from "../ui/Button";
import { AreaField, CheckField, SelectField, TextField } from "../ui/Form";
import type { FieldProblem } from "../ui/problem";
import { problemAt, Section, type PartProps } from "./CaseForm";
import type { CallDraft } from "./draft";
import { useToolNames } from "./tools";

const matchNames: Record<ArgumentMatch, string> = {
  exact: "are equal",
  ignore: "do not matter",
  subset: "are among these",
  superset: "have at least these",
  paths: "are equal at paths",
  pattern: "match patterns",
  range: "lie in ranges",
};

const matchHints: Partial<Record<ArgumentMatch, string>> = {
  pattern: 'A regular expression per argument: {"id": "^document:"}.',
  range: 'From and to per argument: {"percent": {"min": 10, "max": 25}}.',
};

/** The tool calls that are expected. */
export function CallsForm({ draft, problems, onChange }: PartProps) {
  const tools = useToolNames();
  const set = (index: number, part: Partial<CallDraft>) => onChange({ calls: draft.calls.map((call, place) => (place === index ? { ...call, ...part } : call)) });
  const move = (index: number, by: number) => {
    const calls = [...draft.calls];
    calls.splice(index + by, 0, ...calls.splice(index, 1));
    onChange({ calls });
  };
  // A call that is not ticked is no part of the case, so places count the others.
  const placeOf = (index: number) => draft.calls.slice(0, index).filter(({ isOn }) => isOn).length;
  return (
    <Section title="Tool calls" scored={{ isOn: draft.isTrajectoryScored, onChange: (isTrajectoryScored) => onChange({ isTrajectoryScored }) }}>
      {draft.isTrajectoryScored && (
        <>
          <SelectField
            label="How they are compared"
            value={draft.trajectoryMode}
            onChange={(trajectoryMode) => onChange({ trajectoryMode })}
            choices={trajectoryModes.map((mode) => [mode, mode] as const)}
            hint={modeMeanings[draft.trajectoryMode]}
            problem={problemAt(problems, "trajectoryMode") ?? problemAt(problems, "expectedTrajectory")}
          />
          <datalist id="tools">
            {tools.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          {draft.calls.length === 0 && <p className="text-muted">No tool is to be called.</p>}
          <ol className="flex flex-col gap-2" aria-label="Expected calls">
            {draft.calls.map((call, index) => (
              <li key={index} data-state={call.isOn ? "on" : "off"} className={`rounded-lg border border-line bg-surface p-2 ${call.isOn ? "" : "opacity-75"}`}>
                <Call
                  call={call}
                  number={index + 1}
                  problems={call.isOn ? problems : []}
                  path={`expectedTrajectory[${placeOf(index)}]`}
                  isOrdered={draft.trajectoryMode === "strict" || draft.trajectoryMode === "subsequence"}
                  onChange={(part) => set(index, part)}
                  onMove={(by) => move(index, by)}
                  isLast={index === draft.calls.length - 1}
                  onRemove={() => onChange({ calls: draft.calls.filter((_, place) => place !== index) })}
                />
              </li>
            ))}
          </ol>
          <Button
            className="self-start"
            onClick={() => onChange({ calls: [...draft.calls, { isOn: true, name: "", argumentMatch: "exact", arguments: "", paths: "", parallel: false }] })}
          >
            <Plus className="size-3.5" aria-hidden /> Add a call
          </Button>
        </>
      )}
    </Section>
  );
}

interface CallProps {
  call: CallDraft;
  number: number;
  path: string;
  problems: readonly FieldProblem[];
  isOrdered: boolean;
  isLast: boolean;
  onChange: (part: Partial<CallDraft>) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

function Call({ call, number, path, problems, isOrdered, isLast, onChange, onMove, onRemove }: CallProps) {
  return (
    <>
      <div className="flex items-end gap-2">
        <input
          type="checkbox"
          checked={call.isOn}
          aria-label={`Call ${number} is expected`}
          title="Whether it is expected"
          className="mb-1.5 size-4 shrink-0 accent-accent"
          onChange={(event) => onChange({ isOn: event.target.checked })}
        />
        <TextField
          label={`Tool ${number}`}
          className="flex-1"
          isMono
          list="tools"
          value={call.name}
          onChange={(name) => onChange({ name })}
          problem={problemAt(problems, path) ?? problemAt(problems, `${path}.name`)}
        />
        <span className="flex pb-0.5">
          <IconButton label={`Move call ${number} up`} icon={<ArrowUp className="size-3.5" aria-hidden />} disabled={number === 1} onClick={() => onMove(-1)} />
          <IconButton label={`Move call ${number} down`} icon={<ArrowDown className="size-3.5" aria-hidden />} disabled={isLast} onClick={() => onMove(1)} />
          <IconButton label={`Remove call ${number}`} icon={<X className="size-3.5" aria-hidden />} onClick={onRemove} />
        </span>
      </div>
      {call.isOn && (
        <div className="mt-2 grid gap-2 pl-6 sm:grid-cols-[11rem_minmax(0,1fr)]">
          <SelectField
            label="Its arguments"
            value={call.argumentMatch}
            onChange={(argumentMatch) => onChange({ argumentMatch })}
            choices={argumentMatches.map((match) => [match, matchNames[match]] as const)}
            problem={problemAt(problems, `${path}.argumentMatch`)}
          />
          {call.argumentMatch !== "ignore" && (
            <AreaField
              label="Arguments (JSON)"
              isMono
              rows={1}
              value={call.arguments}
              onChange={(value) => onChange({ arguments: value })}
              problem={problemAt(problems, `${path}.arguments`, true)}
              hint={matchHints[call.argumentMatch] ?? (call.arguments === "" && call.argumentMatch === "exact" ? "Empty: they do not matter." : undefined)}
            />
          )}
          {call.argumentMatch === "paths" && (
            <TextField label="Paths" className="sm:col-start-2" isMono value={call.paths} onChange={(paths) => onChange({ paths })} problem={problemAt(problems, `${path}.paths`, true)} hint="Such as filter.region, with commas between." />
          )}
          {isOrdered && (
            <span className="sm:col-start-2">
              <CheckField label="in any order with neighbours that have this too" isOn={call.parallel} onChange={(parallel) => onChange({ parallel })} />
            </span>
          )}
        </div>
      )}
    </>
  );
}
