import type { Json as JsonValue, JsonObject } from "../api/types";
import { time, words } from "../ui/format";
import { Json } from "../ui/Json";
import { schemaAt } from "./edit";
import { Field } from "./Field";
import { asHandle, asObject, asText, inline } from "./plan";

export interface DoneResult {
  /** How many were changed, as written. */
  affected: string;
  summary: string;
}

interface InDoubtProps {
  payload: JsonValue;
  /** What was told of the result, where it is asked for; null: it is not. */
  result: DoneResult | null;
  error: string | undefined;
  onResult: (result: DoneResult) => void;
}

/** What is known of an effect that was begun and has no outcome. */
export function InDoubt({ payload, result, error, onResult }: InDoubtProps) {
  const effect = asObject(payload);
  const { idempotencyKey, attempt, claimedAt, reconcileError, isCompensation } = effect;
  const name = words(asText(effect["tool"]) || asText(effect["kind"]) || "the whole plan");
  const content = asObject(effect["arguments"] ?? effect["payload"]);
  const fields = Object.entries(content).filter(([member]) => member !== "kind");
  return (
    <div className="px-3 pb-3">
      <p>
        <strong className="font-semibold">{name.charAt(0).toUpperCase() + name.slice(1)}</strong>{" "}
        {isCompensation ? "was being taken back" : "was begun"} and nothing tells how it ended: the process stopped in between. Look where the effect
        would show, then say what is true.
      </p>
      <dl className="mt-2 grid grid-cols-[10.25rem_1fr] items-baseline gap-x-4 gap-y-1 max-sm:grid-cols-1 max-sm:gap-y-0.5">
        {fields.map(([member, value]) => (
          <Field key={member} place={member} name={member} value={flat(value)} before={undefined} schema={schemaAt(undefined, null, member)} text={undefined} error={undefined} glimpse={undefined} onEdit={null} />
        ))}
      </dl>
      <dl className="mt-2 grid grid-cols-[10.25rem_1fr] items-baseline gap-x-4 gap-y-1 border-t border-line pt-2 max-sm:grid-cols-1 max-sm:gap-y-0.5">
        <Fact name="What">{whatOf(effect)}</Fact>
        <Fact name="Begun">{typeof claimedAt === "string" ? time(claimedAt) : "not known"}</Fact>
        <Fact name="Attempt">{inline(attempt ?? 1)}</Fact>
        <Fact name="Idempotency key">
          <code className="font-mono text-xs break-all">{inline(idempotencyKey ?? "")}</code>
        </Fact>
        {reconcileError && (
          <Fact name="Looking it up failed">
            <span className="text-bad">{inline(reconcileError)}</span>
          </Fact>
        )}
      </dl>
      {fields.length === 0 && <Json value={content} label="what was to be done" />}
      {result && (
        <fieldset className="mt-3 flex flex-wrap gap-3">
          <legend className="mb-1 font-medium">When it happened: what came of it</legend>
          <label className="flex flex-col gap-0.5">
            <span className="text-muted">How many were changed? (optional)</span>
            <input
              value={result.affected}
              inputMode="numeric"
              aria-invalid={error !== undefined}
              onChange={(event) => onResult({ ...result, affected: event.target.value })}
              className={`num w-40 rounded-md border bg-surface px-2 py-1 ${error ? "border-bad" : "border-line"}`}
            />
          </label>
          <label className="flex min-w-48 flex-1 flex-col gap-0.5">
            <span className="text-muted">In a few words (optional)</span>
            <input value={result.summary} onChange={(event) => onResult({ ...result, summary: event.target.value })} className="rounded-md border border-line bg-surface px-2 py-1" />
          </label>
          {error && <p className="w-full text-bad">{error}</p>}
        </fieldset>
      )}
    </div>
  );
}

/** The result that an action is recorded with; null: nothing was told of it. */
export function resultOf({ affected, summary }: DoneResult): { partial: JsonObject | null } | { error: string } {
  if (affected.trim() === "") return summary.trim() === "" ? { partial: null } : { error: "Say how many were changed, too." };
  const count = Number(affected);
  if (!Number.isInteger(count) || count < 0) return { error: "A whole number is wanted, 0 or more." };
  return { partial: { entitiesAffected: count, ...(summary.trim() ? { summary: summary.trim() } : {}) } };
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="num min-w-0 break-words">{children}</dd>
    </>
  );
}

function whatOf({ tool, planId, planVersion, index }: JsonObject): string {
  if (typeof tool === "string") return `A call of ${tool}`;
  const plan = `${asText(planId)}, version ${inline(planVersion ?? 1)}`;
  return typeof index === "number" && index >= 0 ? `Action ${index + 1} of ${plan}` : `Plan ${plan}`;
}

/** A list or object on one line; what can be looked at stays what it is. */
function flat(value: JsonValue): JsonValue {
  return typeof value === "object" && value !== null && asHandle(value) === null ? JSON.stringify(value) : value;
}
