import type { Json as JsonValue } from "../api/types";
import { words } from "../ui/format";
import { Json } from "../ui/Json";
import { asObject, asText, inline } from "./plan";

/** What is known of an effect that was begun and has no outcome, and what its answers mean. */
export function InDoubt({ payload }: { payload: JsonValue }) {
  const { tool, kind, arguments: args, payload: content, idempotencyKey, attempt, claimedAt, reconcileError, isCompensation } = asObject(payload);
  const what = asText(tool) || asText(kind) || "The plan";
  return (
    <div className="px-3 pb-3">
      <p>
        <strong className="font-semibold">{words(what)}</strong> {isCompensation ? "was being taken back" : "was begun"} and nothing tells how it ended: the
        process stopped in between. Look where the effect would show, then say what is true.
      </p>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
        <dt className="text-muted">Begun</dt>
        <dd className="num">{claimedAt ? inline(claimedAt) : "not known"}</dd>
        <dt className="text-muted">Attempt</dt>
        <dd className="num">{inline(attempt ?? 1)}</dd>
        <dt className="text-muted">Idempotency key</dt>
        <dd className="font-mono text-xs break-all">{inline(idempotencyKey ?? "")}</dd>
        {reconcileError && (
          <>
            <dt className="text-muted">Looking it up failed</dt>
            <dd className="text-bad">{inline(reconcileError)}</dd>
          </>
        )}
      </dl>
      <div className="mt-2">
        <Json value={args ?? content ?? null} label="what was to be done" />
      </div>
    </div>
  );
}
