import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import type { ApprovalKind, ApprovalOutcome } from "../api/types";
import { modKey, useShortcut } from "../shell/keys";
import { Button } from "../ui/Button";

interface DecisionBarProps {
  id: string;
  kind: ApprovalKind;
  actionCount: number;
  hasEdits: boolean;
  isBusy: boolean;
  /** Why nothing can be decided now; null: it can. */
  blocked: string | null;
  /** Whether single keys decide here: true on a page that shows one request. */
  hasKeys: boolean;
  feedback: string;
  onFeedback: (text: string) => void;
  onDecide: (outcome: ApprovalOutcome, grant?: "run" | "arguments") => void;
  /** Begins or ends to edit; null: there is nothing to edit. */
  onToggleEdit: (() => void) | null;
  isEditing: boolean;
}

interface Choice {
  outcome: ApprovalOutcome;
  label: string;
  /** What the field says in which people write to the agent. */
  ask: string;
  needsFeedback?: boolean;
  /** What comes of it, where its name does not say so. */
  means?: string;
  key?: string;
}

const reject: Choice = { outcome: "reject", label: "Reject", ask: "Why not? (optional)", key: "r" };
const revise: Choice = { outcome: "revise", label: "Revise", ask: "What is to be different?", needsFeedback: true, key: "e" };

const markDone: Choice = { outcome: "mark_done", label: "It happened", ask: "How do you know? (optional)", means: "It is recorded as done and the run goes on.", key: "d" };
const retry: Choice = { outcome: "retry", label: "Do it again", ask: "Why is that safe? (optional)", means: "It is done once more, under the same idempotency key.", key: "t" };
const markFailed: Choice = { outcome: "mark_failed", label: "It failed", ask: "What went wrong? (optional)", means: "It is recorded as failed and not repeated.", key: "f" };
const inDoubt: Choice[] = [markDone, retry, markFailed];

/** The answers to a request. Approving takes one click; what goes back to the agent is written first. */
export function DecisionBar(props: DecisionBarProps) {
  const { kind, actionCount, hasEdits, isBusy, blocked, hasKeys, feedback, onFeedback, onDecide, onToggleEdit, isEditing } = props;
  const approve: Choice = { outcome: "approve", label: approveLabel(kind, actionCount, hasEdits), ask: "A word to the agent (optional)", key: "a" };
  const choices = kind === "in_doubt" ? inDoubt : kind === "plan" ? [approve, revise, reject] : [approve, reject];
  const [chosen, choose] = useState<Choice | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  // Before the next key arrives, which is to be written there.
  useLayoutEffect(() => {
    if (chosen) field.current?.focus();
  }, [chosen]);
  useShortcut("a", "Approve", "Approval", () => choose(approve), hasKeys && kind !== "in_doubt");
  useShortcut("r", "Reject", "Approval", () => choose(reject), hasKeys && kind !== "in_doubt");
  useShortcut("e", "Revise", "Approval", () => choose(revise), hasKeys && kind === "plan");
  useShortcut("d", "It happened", "Approval", () => choose(markDone), hasKeys && kind === "in_doubt");
  useShortcut("t", "Do it again", "Approval", () => choose(retry), hasKeys && kind === "in_doubt");
  useShortcut("f", "It failed", "Approval", () => choose(markFailed), hasKeys && kind === "in_doubt");
  useShortcut("v", "Edit values", "Approval", () => onToggleEdit?.(), hasKeys && onToggleEdit !== null);

  const isDisabled = isBusy || blocked !== null;
  const isReady = !isDisabled && !(chosen?.needsFeedback && feedback.trim() === "" && !hasEdits);
  const send = () => chosen && isReady && onDecide(chosen.outcome);

  if (chosen) {
    return (
      <Bar blocked={blocked}>
        <label htmlFor={`feedback-${props.id}`} className="font-medium">
          {chosen.outcome === "approve" ? "Approve" : chosen.label}: {chosen.ask}
        </label>
        {chosen.means && <p className="text-muted">{chosen.means}</p>}
        <textarea
          id={`feedback-${props.id}`}
          ref={field}
          rows={2}
          value={feedback}
          onChange={(event) => onFeedback(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
            if (event.key === "Escape") choose(null);
          }}
          className="mt-1 w-full rounded-md border border-line bg-surface px-2 py-1.5"
        />
        <div className="mt-2 flex flex-wrap gap-2">
          <Button kind={chosen.outcome === "reject" ? "danger" : "primary"} disabled={!isReady} onClick={send} shortcut={`${modKey} ⏎`}>
            {chosen.label}
          </Button>
          <Button kind="quiet" onClick={() => choose(null)}>
            Back
          </Button>
        </div>
      </Bar>
    );
  }
  return (
    <Bar blocked={blocked}>
      <div className="flex flex-wrap items-center gap-2">
        {choices.map((choice) => (
          <Button
            key={choice.outcome}
            kind={choice.outcome === "approve" ? "primary" : choice.outcome === "reject" || choice.outcome === "mark_failed" ? "danger" : "plain"}
            disabled={isDisabled}
            {...(hasKeys && choice.key ? { shortcut: choice.key } : {})}
            onClick={() => (choice.outcome === "approve" ? onDecide("approve") : choose(choice))}
          >
            {choice.label}
          </Button>
        ))}
        {kind === "tool" && (
          <>
            <Button kind="quiet" disabled={isDisabled} onClick={() => onDecide("approve", "run")}>
              Approve for this run
            </Button>
            <Button kind="quiet" disabled={isDisabled} onClick={() => onDecide("approve", "arguments")}>
              Always with these arguments
            </Button>
          </>
        )}
        {onToggleEdit && (
          <Button kind="quiet" className="ml-auto" aria-pressed={isEditing} onClick={onToggleEdit} {...(hasKeys ? { shortcut: "v" } : {})}>
            {isEditing ? "Discard edits" : "Edit values"}
          </Button>
        )}
      </div>
    </Bar>
  );
}

function Bar({ blocked, children }: { blocked: string | null; children: ReactNode }) {
  return (
    <div className="border-t border-line bg-sunken px-3 py-2.5">
      {blocked && <p className="mb-2 text-warn">{blocked}</p>}
      {children}
    </div>
  );
}

function approveLabel(kind: ApprovalKind, actionCount: number, hasEdits: boolean): string {
  if (kind !== "plan") return "Approve";
  const actions = actionCount === 1 ? "1 action" : `${actionCount} actions`;
  return hasEdits ? `Approve ${actions} with edits` : `Approve ${actions}`;
}
