import { ChevronRight, Hand } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Link } from "react-router";
import { Problem } from "../api/client";
import { useDecide, useRuntimeInfo, useWorkspaceKey } from "../api/queries";
import type { ApprovalOutcome, JsonObject } from "../api/types";
import type { ApprovalView, RunView } from "../run/view";
import { useShortcut } from "../shell/keys";
import { ago, shortId, time } from "../ui/format";
import { Json } from "../ui/Json";
import { ErrorPanel } from "../ui/Panels";
import { State } from "../ui/State";
import { toast } from "../ui/toast";
import { useKept } from "../ui/useKept";
import { useNow } from "../ui/useNow";
import { apply, refusals, type Edits } from "./edit";
import { DecisionBar } from "./DecisionBar";
import { InDoubt, resultOf, type DoneResult } from "./InDoubt";
import { asObject, readPlan } from "./plan";
import { PlanContent } from "./PlanContent";

export interface ApprovalCardProps {
  approval: ApprovalView;
  view: RunView;
  /** Why nothing can be decided now; null: it can. */
  blocked: string | null;
  hasKeys?: boolean;
}

interface Written {
  edits: Edits;
  isEditing: boolean;
  feedback: string;
  result: DoneResult;
}

const nothingWritten: Written = { edits: {}, isEditing: false, feedback: "", result: { affected: "", summary: "" } };

/** A request with all that a person needs to decide; once it is decided, one line that says who did and what came of it. */
export function ApprovalCard({ approval, view, blocked, hasKeys = false }: ApprovalCardProps) {
  const schema = useRuntimeInfo().data?.plans.find((plan) => plan.name === readPlan(approval.payload).specName)?.schema;
  const [written, setWritten] = useKept<Written>(`sluice-answer-${approval.id}`, nothingWritten);
  const [fieldErrors, setFieldErrors] = useState<Record<string, string>>({});
  const decide = useDecide();
  const title = useId();
  const card = useRef<HTMLElement>(null);
  const isOpen = !approval.decision && !view.end;
  useShortcut("w", "Go to what waits", "Approval", () => card.current?.focus(), hasKeys && isOpen);
  const toggleEdit = () => {
    setFieldErrors({});
    setWritten((before) => ({ ...before, isEditing: !before.isEditing, edits: {} }));
    if (!written.isEditing) requestAnimationFrame(() => card.current?.querySelector<HTMLElement>("dd :is(input, select, textarea)")?.focus());
  };
  if (!isOpen) return <Decided approval={approval} view={view} hasFocus={!decide.isIdle} />;

  const plan = readPlan(approval.payload);
  const isOfPlan = asObject(approval.payload)["planId"] !== undefined;
  const hasEdits = Object.keys(written.edits).length > 0;
  const onDecide = (outcome: ApprovalOutcome, grant?: "run" | "arguments") => {
    const { partial, errors } = approval.kind === "plan" ? apply(plan, written.edits, schema) : outcome === "mark_done" && isOfPlan ? told(written.result) : nothingTold;
    setFieldErrors(errors);
    if (Object.keys(errors).length > 0 && outcome !== "reject") return;
    decide.mutate(
      {
        id: approval.id,
        outcome,
        ...(written.feedback.trim() ? { feedback: written.feedback.trim() } : {}),
        ...(partial && outcome !== "reject" ? { partial } : {}),
        ...(grant ? { grant } : {}),
      },
      {
        onSuccess: () => setWritten(nothingWritten),
        onError: (error) => {
          if (isInvalid(error)) setFieldErrors(refusals(error.message, plan).errors);
          // The card shows that answer as soon as it has heard of it.
          if (isLate(error)) toast("Somebody answered this first. Your answer was not used.");
        },
      },
    );
  };
  const said = decide.isError && isInvalid(decide.error) ? refusals(decide.error.message, plan) : null;
  const isAtFields = said !== null && said.rest.length === 0 && Object.keys(said.errors).length > 0;
  const earlier = earlierRequest(approval, view);
  return (
    <section ref={card} tabIndex={-1} aria-labelledby={title} data-testid="approval" data-state="pending" className="scroll-my-4 overflow-hidden rounded-lg border border-edge bg-surface shadow-card">
      <Header approval={approval} id={title} version={plan.version} />
      {earlier?.decision && (
        <p data-testid="cause" className="border-t border-line bg-sunken px-3 py-1.5">
          <span className="text-muted">
            Version {readPlan(earlier.payload).version} was {earlier.decision.outcome === "revise" ? "sent back" : outcomes[earlier.decision.outcome].word.toLowerCase()}
            {earlier.decision.decidedBy && ` by ${earlier.decision.decidedBy}`}
            {earlier.decision.feedback ? ": " : ""}
          </span>
          {earlier.decision.feedback && <q className="break-words">{earlier.decision.feedback}</q>}
        </p>
      )}
      {approval.kind === "plan" && (
        <PlanContent
          plan={plan}
          before={earlier && readPlan(earlier.payload)}
          schema={schema}
          view={view}
          progress={null}
          edits={written.edits}
          errors={fieldErrors}
          onEdit={written.isEditing ? (place, text) => setWritten((before) => ({ ...before, edits: { ...before.edits, [place]: text } })) : null}
          isCompact={false}
        />
      )}
      {approval.kind === "tool" && (
        <div className="px-3 pb-3">
          <Json value={approval.payload} label="arguments" />
        </div>
      )}
      {approval.kind === "in_doubt" && (
        <InDoubt
          payload={approval.payload}
          result={isOfPlan ? written.result : null}
          error={fieldErrors["result"]}
          onResult={(result) => setWritten((before) => ({ ...before, result }))}
        />
      )}
      {decide.isError && !isAtFields && !isLate(decide.error) && <ErrorPanel error={decide.error} what={refusal(decide.error)} />}
      {decide.isError && isAtFields && (
        <p role="alert" className="border-t border-line bg-bad-soft px-3 py-1.5 text-bad">
          The plan's schema does not allow this: see the fields above. What you wrote is still here.
        </p>
      )}
      <DecisionBar
        id={approval.id}
        kind={approval.kind}
        actionCount={plan.actions.length}
        hasEdits={hasEdits}
        isBusy={decide.isPending}
        blocked={blocked}
        hasKeys={hasKeys}
        feedback={written.feedback}
        onFeedback={(feedback) => setWritten((before) => ({ ...before, feedback }))}
        onDecide={onDecide}
        isEditing={written.isEditing}
        onToggleEdit={approval.kind === "plan" ? toggleEdit : null}
      />
    </section>
  );
}

function Header({ approval, id, version }: { approval: ApprovalView; id: string; version: number }) {
  const now = useNow();
  return (
    <header className="flex flex-wrap items-center gap-x-2 gap-y-0.5 px-3 py-2">
      <Hand className="size-4 shrink-0 text-warn" aria-hidden />
      <h2 id={id} className="font-semibold">
        {approval.kind === "plan" ? "Approve this plan?" : approval.kind === "tool" ? `Run ${approval.target}?` : "Did this happen?"}
      </h2>
      {approval.kind === "plan" && (
        <span className="font-mono text-xs text-muted">
          <PlanLink id={approval.target} /> · v{version}
        </span>
      )}
      <span className="flex-1" />
      <span className="text-xs text-muted">
        {approval.agent} asks · {ago(approval.askedAt, now)}
        {approval.expiresAt && ` · expires ${time(approval.expiresAt)}`}
      </span>
    </header>
  );
}

const outcomes: Record<ApprovalOutcome, { state: string; word: string }> = {
  approve: { state: "approved", word: "Approved" },
  reject: { state: "rejected", word: "Rejected" },
  revise: { state: "waiting", word: "Sent back" },
  retry: { state: "approved", word: "To be done again" },
  mark_done: { state: "done", word: "Marked as done" },
  mark_failed: { state: "failed", word: "Marked as failed" },
};

/** The line that is left of an answered request, and what became of the plan's actions. Who answered it here is not sent back to the page's begin. */
function Decided({ approval, view, hasFocus }: { approval: ApprovalView; view: RunView; hasFocus: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const decision = approval.decision;
  const { state, word } = decision ? outcomes[decision.outcome] : { state: "cancelled", word: "Not answered" };
  const record = view.plans[approval.target];
  const isLast = record?.approvals.at(-1) === approval.id;
  const plan = approval.kind === "plan" ? readPlan(approval.payload) : null;
  const isExecuted = decision?.outcome === "approve" && isLast;
  return (
    <section aria-label={`${word}: ${approval.target}`} data-testid="approval" data-state="decided" className="overflow-hidden rounded-lg border border-line bg-surface">
      <button type="button" autoFocus={hasFocus} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="flex w-full items-center gap-2 px-3 py-2 text-left hover:bg-hover">
        <ChevronRight className={`size-3.5 shrink-0 text-muted transition-transform ${isOpen ? "rotate-90" : ""}`} aria-hidden />
        <State of={state} label={word} />
        <span className="min-w-0 flex-1 truncate">
          {plan ? `plan v${plan.version}` : approval.target}
          {decision?.decidedBy && <span className="text-muted"> by {decision.decidedBy}</span>}
          {decision?.feedback && <span className="text-muted"> · “{decision.feedback}”</span>}
        </span>
        {isExecuted && record && <State of={record.status} label={record.label.replaceAll("_", " ")} />}
        {decision && <time className="num text-xs text-muted max-sm:hidden">{time(decision.at)}</time>}
      </button>
      {plan && isOpen && (
        <p className="px-3 py-1 text-xs text-muted">
          Plan <PlanLink id={approval.target} />
        </p>
      )}
      {plan && (isOpen || isExecuted) && (
        <PlanContent
          plan={plan}
          before={null}
          schema={undefined}
          view={view}
          progress={isExecuted ? record!.actions : null}
          edits={{}}
          errors={{}}
          onEdit={null}
          isCompact={!isOpen}
        />
      )}
      {!plan && isOpen && (
        <div className="border-t border-line p-3">
          <Json value={approval.payload} label="payload" />
        </div>
      )}
    </section>
  );
}

/** What was asked about the plan before, when this version came of the answer. */
function earlierRequest(approval: ApprovalView, view: RunView): ApprovalView | null {
  const asked = approval.kind === "plan" ? (view.plans[approval.target]?.approvals ?? []) : [];
  const earlier = asked[asked.indexOf(approval.id) - 1];
  return earlier === undefined ? null : (view.approvals[earlier] ?? null);
}

function PlanLink({ id }: { id: string }) {
  const workspace = useWorkspaceKey();
  return (
    <Link to={`/w/${workspace}/plans/${encodeURIComponent(id)}`} title="The plan and its versions" className="underline underline-offset-2 hover:text-text">
      {id.length > 30 ? shortId(id) : id}
    </Link>
  );
}

function isInvalid(error: Error): boolean {
  return error instanceof Problem && error.code === "invalid_plan";
}

function refusal(error: Error): string {
  if (error instanceof Problem && error.code === "approval_expired") return "This request has expired.";
  return "The answer was not taken. What you wrote is still here.";
}

interface Told {
  partial: JsonObject | null;
  errors: Record<string, string>;
}

const nothingTold: Told = { partial: null, errors: {} };

function told(result: DoneResult): Told {
  const read = resultOf(result);
  return "error" in read ? { partial: null, errors: { result: read.error } } : { ...read, errors: {} };
}

function isLate(error: Error): boolean {
  return error instanceof Problem && error.code === "approval_already_decided";
}
