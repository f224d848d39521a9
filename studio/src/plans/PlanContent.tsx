import { ArrowRight, TriangleAlert } from "lucide-react";
import type { Json, JsonObject } from "../api/types";
import { openApprovals, type ActionView, type RunView } from "../run/view";
import { duration, words } from "../ui/format";
import { State } from "../ui/State";
import { schemaAt, type Edits } from "./edit";
import { Field } from "./Field";
import { matchActions } from "./match";
import { asHandle, asObject, asText, inline, type ShownAction, type ShownPlan } from "./plan";

export interface PlanContentProps {
  plan: ShownPlan;
  /** The version that a person saw before this one; null: none. */
  before: ShownPlan | null;
  schema: JsonObject | undefined;
  view: RunView;
  /** What becomes of the actions; null: nothing yet. */
  progress: Record<number, ActionView> | null;
  edits: Edits;
  errors: Record<string, string>;
  /** Null: it is not edited. */
  onEdit: ((place: string, text: string) => void) | null;
  /** Whether actions are shown on one line each. */
  isCompact: boolean;
}

/** What a plan says: why, and its actions with what each would change, or did. */
export function PlanContent(props: PlanContentProps) {
  const { plan, before, schema, edits, errors, onEdit, isCompact } = props;
  const matches = before ? matchActions(before.actions, plan.actions) : [];
  const leftOut = before?.actions.filter((action) => !matches.includes(before.actions.indexOf(action))) ?? [];
  const goneFields = before?.context.filter(([name]) => !plan.context.some(([other]) => other === name)) ?? [];
  return (
    <>
      {!isCompact && plan.context.length > 0 && (
        <dl className="grid grid-cols-[10.25rem_1fr] gap-x-4 gap-y-1.5 px-3 pt-1 pb-3 max-sm:grid-cols-1">
          {plan.context.map(([name, value]) => (
            <Field
              key={name}
              place={name}
              name={name}
              value={Array.isArray(value) && !onEdit ? value.map(inline).join(", ") : value}
              before={changed(before?.context, name, value)}
              schema={schemaAt(schema, null, name)}
              text={edits[name]}
              error={errors[name]}
              glimpse={undefined}
              onEdit={onEdit && ((text) => onEdit(name, text))}
            />
          ))}
        </dl>
      )}
      {plan.previewError && (
        <p className="flex gap-1.5 bg-warn-soft px-3 py-1.5 text-warn">
          <TriangleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden /> No preview: {plan.previewError}
        </p>
      )}
      <ol aria-label="Actions">
        {plan.actions.map((action, place) => (
          <Action key={action.index} action={action} earlier={matches[place] == null ? undefined : before!.actions[matches[place]]} {...props} />
        ))}
      </ol>
      {(leftOut.length > 0 || goneFields.length > 0) && (
        <p className="border-t border-line px-3 py-2 text-bad">
          Left out since version {before!.version}: {[...leftOut.map((action) => words(action.kind)), ...goneFields.map(([name]) => words(name))].join(", ")}
        </p>
      )}
    </>
  );
}

function Action({ action, earlier, ...rest }: PlanContentProps & { action: ShownAction; earlier: ShownAction | undefined }) {
  const { plan, before, schema, view, progress, edits, errors, onEdit, isCompact } = rest;
  const state = progress?.[action.index];
  const isInDoubt = state?.status === "executing" && openApprovals(view).some(({ kind, target, payload }) => kind === "in_doubt" && target === plan.id && [action.index, -1].includes(Number(asObject(payload)["index"])));
  const gone = earlier?.fields.filter(([name]) => !action.fields.some(([other]) => other === name)) ?? [];
  const outcome = asObject(state?.result ?? null);
  const said = asText(outcome["summary"]) || asText(outcome["message"]);
  return (
    <li data-testid="action" className="border-t border-line px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-2">
        <span className="num w-4 shrink-0 text-right text-muted">{action.index + 1}</span>
        <span className="font-semibold">{words(action.kind)}</span>
        {before && !earlier && <span className="text-xs font-medium text-good">new</span>}
        <span className={`min-w-0 flex-1 ${state?.status === "failed" ? "text-bad" : "text-muted"} max-sm:order-last max-sm:basis-full max-sm:pl-6`}>{said}</span>
        {state?.endedAt && <span className="num text-xs text-muted">{duration(Date.parse(state.endedAt) - Date.parse(state.startedAt))}</span>}
        {progress && <State of={isInDoubt ? "in_doubt" : (state?.status ?? "not_started")} />}
      </div>
      <div className="pl-6">
        {!isCompact && (
          <>
            <dl className="mt-1 grid grid-cols-[8.75rem_1fr] items-baseline gap-x-4 gap-y-1 max-sm:grid-cols-1 max-sm:gap-y-0.5">
              {action.fields.map(([name, value]) => {
                const place = `actions/${action.index}/${name}`;
                return (
                  <Field
                    key={name}
                    place={place}
                    name={name}
                    value={value}
                    before={changed(earlier?.fields, name, value)}
                    schema={schemaAt(schema, action.kind, name)}
                    text={edits[place]}
                    error={errors[place]}
                    glimpse={view.references[asHandle(value)?.id ?? ""]?.glimpse}
                    onEdit={onEdit && ((text) => onEdit(place, text))}
                  />
                );
              })}
            </dl>
            {gone.length > 0 && <p className="mt-1 text-bad">Left out: {gone.map(([name, value]) => `${words(name)} ${inline(value)}`).join(", ")}</p>}
            <Preview preview={action.preview} error={action.previewError} />
          </>
        )}
      </div>
    </li>
  );
}

/** What the action says that it would change. */
function Preview({ preview, error }: { preview: Json | undefined; error: string | null }) {
  if (error) return <p className="mt-1.5 text-warn">No preview: {error}</p>;
  if (preview === undefined || preview === null) return null;
  const members = Object.entries(asObject(preview)).filter(([, value]) => value !== null);
  return (
    <div data-testid="preview" className="mt-1.5 flex items-baseline gap-2 rounded-md bg-sunken px-2 py-1">
      <ArrowRight className="size-3.5 shrink-0 translate-y-0.5 text-accent" aria-hidden />
      <span className="sr-only">Would change:</span>
      <span className="num flex min-w-0 flex-wrap gap-x-4">
        {members.length === 0
          ? inline(preview)
          : members.map(([name, value]) => (
              <span key={name} className="min-w-0 break-words">
                <span className="text-muted">{words(name)}</span> {inline(value)}
              </span>
            ))}
      </span>
    </div>
  );
}

function changed(fields: [string, Json][] | undefined, name: string, value: Json): Json | undefined {
  if (!fields) return undefined;
  const earlier = fields.find(([other]) => other === name)?.[1] ?? null;
  return JSON.stringify(earlier) === JSON.stringify(value) ? undefined : earlier;
}
