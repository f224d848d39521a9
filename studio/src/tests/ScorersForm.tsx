import { Plus, X } from "lucide-react";
import type { ResponseScorer } from "../evals/types";
import { Button, IconButton } from "../ui/Button";
import { AreaField, CheckField, SelectField, TextField } from "../ui/Form";
import { problemAt, Section, type PartProps } from "./CaseForm";
import { hasCase, mainMember, type ScorerDraft } from "./draft";

const types: readonly (readonly [ResponseScorer["type"], string])[] = [
  ["contains", "contains"],
  ["exact", "is exactly"],
  ["regex", "matches a pattern"],
  ["result_set", "has these rows"],
  ["judge", "a judge says so"],
];

const mainLabels: Record<ResponseScorer["type"], string> = { contains: "Text", exact: "Text", regex: "Pattern", result_set: "Rows (JSON: [[…]])", judge: "Criteria" };

/** What the last answer has to be like. */
export function ScorersForm({ draft, problems, onChange }: PartProps) {
  const set = (index: number, part: Partial<ScorerDraft>) => onChange({ scorers: draft.scorers.map((scorer, place) => (place === index ? { ...scorer, ...part } : scorer)) });
  const add = () => onChange({ scorers: [...draft.scorers, { type: "contains", id: freeId(draft.scorers), weight: "", required: false, ignoreCase: true, main: "", rest: {} }] });
  return (
    <Section title="Answer">
      {draft.scorers.length === 0 && <p className="text-muted">The answer is not scored.</p>}
      <ul className="flex flex-col gap-2" aria-label="Scorers">
        {draft.scorers.map((scorer, index) => {
          const path = `finalResponse.scorers[${index}]`;
          return (
            <li key={index} className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-2">
              <div className="flex items-end gap-2">
                <SelectField label="The answer" className="w-40 shrink-0" value={scorer.type} onChange={(type) => set(index, { type, rest: {} })} choices={types} problem={problemAt(problems, `${path}.type`)} />
                <TextField label="Scorer’s id" className="flex-1" isMono value={scorer.id} onChange={(id) => set(index, { id })} problem={problemAt(problems, `${path}.id`) ?? problemAt(problems, path)} />
                <TextField label="Weight" className="w-16 shrink-0" inputMode="decimal" placeholder="1" value={scorer.weight} onChange={(weight) => set(index, { weight })} problem={problemAt(problems, `${path}.weight`)} />
                <IconButton label={`Remove scorer ${index + 1}`} className="mb-0.5" icon={<X className="size-3.5" aria-hidden />} onClick={() => onChange({ scorers: draft.scorers.filter((_, place) => place !== index) })} />
              </div>
              <AreaField
                label={mainLabels[scorer.type]}
                isMono={scorer.type === "regex" || scorer.type === "result_set"}
                rows={scorer.type === "judge" ? 2 : 1}
                value={scorer.main}
                onChange={(main) => set(index, { main })}
                problem={problemAt(problems, `${path}.${mainMember[scorer.type]}`, true)}
              />
              {scorer.type === "judge" &&
                (["rubric", "reference"] as const).map((member) => (
                  <AreaField
                    key={member}
                    label={member === "rubric" ? "What 0 and 1 stand for (optional)" : "An answer that is known to be good (optional)"}
                    rows={1}
                    value={typeof scorer.rest[member] === "string" ? scorer.rest[member] : ""}
                    onChange={(value) => set(index, { rest: { ...scorer.rest, [member]: value === "" ? null : value } })}
                    problem={problemAt(problems, `${path}.${member}`)}
                  />
                ))}
              <div className="flex flex-wrap gap-x-5">
                <CheckField label="required: without it the answer scores 0" isOn={scorer.required} onChange={(required) => set(index, { required })} />
                {hasCase(scorer.type) && <CheckField label="case does not matter" isOn={scorer.ignoreCase} onChange={(ignoreCase) => set(index, { ignoreCase })} />}
              </div>
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap items-end gap-3">
        <Button onClick={add}>
          <Plus className="size-3.5" aria-hidden /> Add a scorer
        </Button>
        {draft.scorers.length > 0 && (
          <TextField
            label="Good from which score on"
            className="w-44"
            inputMode="decimal"
            placeholder="0.7"
            value={draft.answerThreshold}
            onChange={(answerThreshold) => onChange({ answerThreshold })}
            problem={problemAt(problems, "finalResponse.passThreshold")}
          />
        )}
      </div>
    </Section>
  );
}

function freeId(scorers: readonly ScorerDraft[]): string {
  for (let number = scorers.length + 1; ; number++) {
    if (!scorers.some(({ id }) => id === `answer-${number}`)) return `answer-${number}`;
  }
}
