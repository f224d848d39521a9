import { useEffect, useRef } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useApproval, usePendingApprovals, useRecentApprovals, useWorkspaceKey } from "../api/queries";
import type { ApprovalRequest } from "../api/types";
import { ApprovalCard } from "../plans/ApprovalCard";
import { useRun } from "../run/useRun";
import type { ApprovalView } from "../run/view";
import { useShortcut } from "../shell/keys";
import { usePageTitle } from "../shell/usePageTitle";
import { ago, plural, time, words } from "../ui/format";
import { Empty, ErrorPanel, Panel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";
import { useNow } from "../ui/useNow";

const ShownDecisions = 10;

/** What waits for people, oldest first, and the last answers. */
export default function ApprovalsPage() {
  usePageTitle("Approvals");
  const workspace = useWorkspaceKey();
  const { approval: id } = useParams();
  const pending = usePendingApprovals();
  const navigate = useNavigate();
  const waiting = pending.data ?? [];
  const place = waiting.findIndex((request) => request.id === id);
  const selected = id ?? null;
  const first = waiting[0]?.id;
  // What is shown has an address of its own, so that it stays in view when it is answered.
  useEffect(() => {
    if (!id && first && window.matchMedia("(min-width: 64rem)").matches) void navigate(`/w/${workspace}/approvals/${first}`, { replace: true });
  }, [id, first, navigate, workspace]);
  const goTo = (request: ApprovalRequest | undefined) => request && void navigate(`/w/${workspace}/approvals/${request.id}`);
  useShortcut("j", "Next request", "Approvals", () => goTo(waiting[place < 0 ? 0 : place + 1]));
  useShortcut("k", "Previous request", "Approvals", () => goTo(waiting[Math.max(0, place - 1)]));

  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col">
      <section aria-label="Requests" className={`flex min-h-0 shrink-0 flex-col border-line lg:w-80 lg:border-r ${id ? "max-lg:max-h-[30%] max-lg:border-b" : "max-lg:flex-1"}`}>
        <div className="flex h-11 shrink-0 items-center border-b border-line px-3">
          <h1 className="font-semibold">Approvals</h1>
          <span role="status" className="num ml-2 text-muted">
            {pending.data ? (waiting.length > 0 ? `${plural(waiting.length, "request")} waiting` : "nothing waits") : ""}
          </span>
        </div>
        <div className="scroll min-h-0 flex-1">
          {pending.isPending && <Skeleton rows={4} height={44} />}
          {pending.isError && !pending.data && <ErrorPanel error={pending.error} what="The requests cannot be read." onRetry={() => void pending.refetch()} />}
          <RequestList requests={waiting} selected={selected} label="Waiting" />
          <Recent selected={selected} />
        </div>
      </section>
      <section aria-label="Request" className={`scroll min-h-0 min-w-0 flex-1 p-4 ${selected ? "" : "max-lg:hidden"}`}>
        {selected ? (
          <Panel name="This request" resetKey={selected}>
            <Request key={selected} id={selected} />
          </Panel>
        ) : (
          pending.data && (
            <Empty title="Nothing waits for you.">
              <p>When an agent wants to execute a plan or call a tool that needs approval, it is asked for here.</p>
              <Link to={`/w/${workspace}/playground`} className="text-accent underline underline-offset-2">
                Go to the playground
              </Link>
            </Empty>
          )
        )}
      </section>
    </div>
  );
}

function RequestList({ requests, selected, label }: { requests: ApprovalRequest[]; selected: string | null; label: string }) {
  const now = useNow();
  const workspace = useWorkspaceKey();
  if (requests.length === 0) return null;
  return (
    <ul aria-label={label} className="p-1.5">
      {requests.map((request) => (
        <li key={request.id}>
          <Link
            to={`/w/${workspace}/approvals/${request.id}`}
            aria-current={request.id === selected ? "true" : undefined}
            className={`block rounded-md px-2 py-1.5 ${request.id === selected ? "bg-accent-soft" : "hover:bg-hover"}`}
          >
            <span className="flex items-center gap-2">
              <State of={stateOf(request)} iconOnly />
              <span className="min-w-0 flex-1 truncate font-medium">{titleOf(request)}</span>
            </span>
            <span className="flex justify-between gap-2 pl-5.5 text-xs text-muted">
              <span className="truncate">{request.agent}</span>
              <span className="num shrink-0">{request.expiresAt && request.status === "pending" ? `expires ${time(request.expiresAt)}` : ago(request.decisions.at(-1)?.at ?? request.createdAt, now)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Recent({ selected }: { selected: string | null }) {
  const all = useRecentApprovals().data ?? [];
  const answered = all.filter((request) => request.status !== "pending").slice(-ShownDecisions).reverse();
  if (answered.length === 0) return null;
  return (
    <>
      <h2 className="px-3.5 pt-3 text-xs font-semibold text-muted">Answered</h2>
      <RequestList requests={answered} selected={selected} label="Answered" />
    </>
  );
}

/** One request in full, with what its run knows about it. */
function Request({ id }: { id: string }) {
  const workspace = useWorkspaceKey();
  const request = useApproval(id);
  const heading = useRef<HTMLDivElement>(null);
  const { view, connection } = useRun(workspace, request.data?.runId ?? null);
  const known = view.approvals[id];
  const isKnown = known !== undefined;
  useEffect(() => {
    // Newer browsers give a promise back, which an effect must not return.
    heading.current?.scrollIntoView({ block: "nearest" });
  }, [isKnown]);
  if (request.isError && !request.data) return <ErrorPanel error={request.error} what="This request cannot be read." onRetry={() => void request.refetch()} />;
  if (!request.data) return <Skeleton rows={5} />;
  const { runId, threadId, rule, createdAt } = request.data;
  return (
    <div ref={heading} className="mx-auto flex max-w-3xl flex-col gap-3">
      <ApprovalCard
        approval={known ?? toView(request.data)}
        view={view}
        blocked={connection === "reconnecting" ? "The connection is lost: nothing can be answered until it is back." : null}
        hasKeys
      />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 px-1 text-muted">
        <dt>Asked</dt>
        <dd className="num">{time(createdAt)}</dd>
        <dt>By the rule</dt>
        <dd className="font-mono text-xs leading-5 break-all">{rule}</dd>
        <dt>In</dt>
        <dd className="flex gap-3">
          <Link to={`/w/${workspace}/playground/${threadId}`} className="underline underline-offset-2 hover:text-text">
            the conversation
          </Link>
          <Link to={`/w/${workspace}/runs/${runId}`} className="underline underline-offset-2 hover:text-text">
            the run
          </Link>
        </dd>
      </dl>
    </div>
  );
}

function toView(request: ApprovalRequest): ApprovalView {
  const last = request.status === "decided" ? request.decisions.at(-1) : undefined;
  return {
    id: request.id,
    kind: request.kind,
    target: request.target,
    payload: request.payload,
    agent: request.agent,
    frame: "",
    askedAt: request.createdAt,
    expiresAt: request.expiresAt ?? null,
    decision: last
      ? { outcome: last.outcome, feedback: last.feedback ?? null, decidedBy: last.decidedBy ?? null, at: last.at }
      : request.status === "expired"
        ? { outcome: "reject", feedback: "expired", decidedBy: null, at: request.expiresAt ?? request.createdAt }
        : null,
  };
}

function stateOf(request: ApprovalRequest): string {
  if (request.status !== "decided") return request.status;
  return { approve: "approved", reject: "rejected", revise: "waiting", retry: "approved", mark_done: "done", mark_failed: "failed" }[request.decisions.at(-1)!.outcome];
}

function titleOf(request: ApprovalRequest): string {
  return request.kind === "plan" ? `Plan ${request.target}` : request.kind === "tool" ? words(request.target) : `In doubt: ${request.target}`;
}
