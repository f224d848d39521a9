import { Copy, GitCompare, GitFork, ListChecks, Square } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useCancelRun, useResumeRun, useRunDetails, useWorkspaceKey } from "../api/queries";
import { useRun } from "../run/useRun";
import { openApprovals, stateOf } from "../run/view";
import { useShortcut } from "../shell/keys";
import { usePageTitle } from "../shell/usePageTitle";
import { Button, IconButton } from "../ui/Button";
import { count, duration, plural, price, shortId, time } from "../ui/format";
import { copy, ErrorPanel, Panel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";
import { toast } from "../ui/toast";
import { Audit } from "./Audit";
import { ForkDialog } from "./ForkDialog";
import { Journal } from "./Journal";
import { Raw } from "./Raw";
import { Timeline } from "./Timeline";
import { TraceView } from "./TraceView";

const tabs = ["timeline", "trace", "journal", "audit", "raw"] as const;

/** One run from several sides. */
export default function RunPage() {
  const workspace = useWorkspaceKey();
  const { run: id = "", tab: asked } = useParams();
  const tab = tabs.find((known) => known === asked) ?? "timeline";
  const navigate = useNavigate();
  const { view, events, connection } = useRun(workspace, id);
  // What the server derives from the journal is read again when the run has gone on to another stage.
  const version = view.end ? view.lastSequence : openApprovals(view).length > 0 ? view.lastSequence : 0;
  const details = useRunDetails(id, version);
  const cancel = useCancelRun();
  const resume = useResumeRun();
  const [forkAt, setForkAt] = useState<number | null>(null);
  usePageTitle(`Run ${shortId(id)}`);
  const turn = (by: number) => void navigate(`/w/${workspace}/runs/${id}/${tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length]}`);
  useShortcut("[", "Previous side", "Run", () => turn(-1));
  useShortcut("]", "Next side", "Run", () => turn(1));
  useShortcut("y", "Copy a link", "Run", () => void copy(location.href, "Link copied"));
  useShortcut("Escape", "Back to all runs", "Run", () => void navigate(`/w/${workspace}/runs`));

  if (details.isError && !details.data) return <ErrorPanel error={details.error} what="This run cannot be read." onRetry={() => void details.refetch()} />;
  const record = details.data?.run;
  const state = view.lastSequence === 0 || record?.state === "interrupted" ? (record?.state ?? "running") : stateOf(view);
  const isActive = state === "running" || state === "waiting";
  return (
    <>
      <header className="shrink-0 border-b border-line px-3 pt-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="flex min-w-0 items-center gap-2 font-semibold">
            <Link to={`/w/${workspace}/runs`} className="text-muted hover:text-text">
              Runs
            </Link>
            <span aria-hidden className="text-muted">
              /
            </span>
            <span className="truncate">{record?.entryAgent ?? "…"}</span>
          </h1>
          <State of={state} />
          <span className="font-mono text-xs text-muted">{shortId(id)}</span>
          <IconButton label="Copy the run's id" className="size-6" icon={<Copy className="size-3" aria-hidden />} onClick={() => void copy(id, "Id copied")} />
          <span className="flex-1" />
          {state === "interrupted" && (
            <Button onClick={() => resume.mutate(id, { onError: (error) => toast(error.message, "bad") })} disabled={resume.isPending}>
              Resume
            </Button>
          )}
          {isActive && (
            <Button onClick={() => cancel.mutate(id, { onError: (error) => toast(error.message, "bad") })} disabled={cancel.isPending}>
              <Square className="size-3 fill-current" aria-hidden /> Stop
            </Button>
          )}
          {(state === "finished" || state === "failed" || state === "cancelled") && (
            <Button onClick={() => void navigate(`/w/${workspace}/tests/new?run=${encodeURIComponent(id)}`)}>
              <ListChecks className="size-3.5" aria-hidden /> Make test case
            </Button>
          )}
          <Button onClick={() => void navigate(`/w/${workspace}/runs/compare?right=${encodeURIComponent(id)}`)}>
            <GitCompare className="size-3.5" aria-hidden /> Compare with…
          </Button>
          <Button onClick={() => setForkAt(record?.lastEntry ?? 1)} disabled={!record}>
            <GitFork className="size-3.5" aria-hidden /> Fork
          </Button>
        </div>
        <p className="num mt-1 flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-muted">
          {record && <span>{time(record.startedAt)}</span>}
          {view.totalMs !== null && <span>{duration(view.totalMs)}</span>}
          <span>{plural(view.lastSequence, "event")}</span>
          {details.data && details.data.usage.totalTokens > 0 && <span>{count(details.data.usage.totalTokens)} tokens</span>}
          {price(details.data?.costUsd) && <span>{price(details.data?.costUsd)}</span>}
          {record && (
            <Link to={`/w/${workspace}/playground/${record.threadId}`} className="underline underline-offset-2 hover:text-text">
              Conversation
            </Link>
          )}
          {openApprovals(view).map((approval) => (
            <Link key={approval.id} to={`/w/${workspace}/approvals/${approval.id}`} className="text-warn underline underline-offset-2">
              Waits for approval
            </Link>
          ))}
          {details.data?.forkedFrom && (
            <>
              <Link to={`/w/${workspace}/runs/${details.data.forkedFrom}`} className="underline underline-offset-2 hover:text-text">
                Forked from {shortId(details.data.forkedFrom)}
              </Link>
              <Link to={`/w/${workspace}/runs/compare?${new URLSearchParams({ left: details.data.forkedFrom, right: id })}`} className="underline underline-offset-2 hover:text-text">
                Compare with the original
              </Link>
            </>
          )}
          {connection === "reconnecting" && <span className="text-warn">Reconnecting…</span>}
        </p>
        <nav aria-label="Sides of the run" className="scroll mt-1.5 flex gap-1">
          {tabs.map((name) => (
            <Link
              key={name}
              to={`/w/${workspace}/runs/${id}/${name}`}
              aria-current={name === tab ? "page" : undefined}
              className={`border-b-2 px-2.5 py-1.5 font-medium capitalize ${name === tab ? "border-accent text-text" : "border-transparent text-muted hover:text-text"}`}
            >
              {name}
            </Link>
          ))}
        </nav>
      </header>
      <Panel name="This side of the run" resetKey={`${id}/${tab}`}>
        {tab === "timeline" && (connection === "loading" && events.length === 0 ? <Skeleton rows={12} height={24} /> : <Timeline events={events} />)}
        {tab === "trace" && <TraceView run={id} version={version} />}
        {tab === "journal" && <Journal run={id} version={version} onFork={setForkAt} />}
        {tab === "audit" && <Audit run={id} version={version} />}
        {tab === "raw" && <Raw events={events} details={details.data} />}
      </Panel>
      {forkAt !== null && record && <ForkDialog run={id} lastEntry={record.lastEntry} at={forkAt} onClose={() => setForkAt(null)} />}
    </>
  );
}
