import { useVirtualizer } from "@tanstack/react-virtual";
import { Square } from "lucide-react";
import { useRef, useState } from "react";
import { Link, useParams } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { usePageTitle } from "../shell/usePageTitle";
import { Button } from "../ui/Button";
import { duration, plural, time } from "../ui/format";
import { Empty, ErrorPanel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";
import { toast } from "../ui/toast";
import { useNow } from "../ui/useNow";
import type { JobInfo } from "./data";
import { Failure } from "./fields";
import { JobBar } from "./JobBar";
import { countOf, dataJobs, nameOf, stateOf } from "./jobs";
import { pathOf } from "./paths";
import type { Step } from "./progress";
import { useCancelJob, useJobs } from "./queries";
import { useJobProgress } from "./useJob";

const RowPx = 32;

/** One job of profiling or ingestion, as it goes on. */
export default function JobPage() {
  const { job: id = "" } = useParams();
  const workspace = useWorkspaceKey();
  const jobs = useJobs();
  const job = dataJobs(jobs.data).find((known) => known.id === id);
  usePageTitle(job ? nameOf(job) : "Job");
  if (jobs.isError && !jobs.data) return <ErrorPanel error={jobs.error} what="The jobs cannot be read." onRetry={() => void jobs.refetch()} />;
  if (!jobs.data) return <Skeleton rows={6} />;
  if (job) return <Job key={id} job={job} />;
  return (
    <Empty title="This job is forgotten.">
      <p>Jobs are kept while the server runs; what they wrote is in the catalog.</p>
      <Link to={pathOf.sources(workspace)} className="text-accent underline underline-offset-2">
        Back to the sources
      </Link>
    </Empty>
  );
}

function Job({ job }: { job: JobInfo }) {
  const workspace = useWorkspaceKey();
  const now = useNow();
  const { progress } = useJobProgress(workspace, job.id);
  const cancel = useCancelJob();
  const [onlyFailed, setOnlyFailed] = useState(false);
  const isRunning = job.state === "running";
  const steps = onlyFailed ? progress.steps.filter(({ state }) => state === "failed") : progress.steps;
  return (
    <>
      <header className="flex shrink-0 flex-col gap-2 border-b border-line p-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="font-semibold">{nameOf(job)}</h1>
          <State of={stateOf(job)} />
          <span className="num text-xs text-muted">
            {time(job.startedAt)} · {duration(Math.max(0, (job.endedAt ? Date.parse(job.endedAt) : now) - Date.parse(job.startedAt)))}
          </span>
          <span className="flex-1" />
          {isRunning && (
            <Button disabled={cancel.isPending} onClick={() => cancel.mutate(job.id, { onError: (error) => toast(error.message, "bad") })}>
              <Square className="size-3 fill-current" aria-hidden /> Stop and keep what is done
            </Button>
          )}
        </div>
        <div className="flex items-center gap-3">
          <JobBar progress={progress} isRunning={isRunning} label={nameOf(job)} />
          <span role="status" className="num shrink-0 text-muted">
            {countOf(job, progress)}
          </span>
        </div>
        {job.error && <Failure error={Object.assign(new Error(job.error.message), { name: job.error.code })} />}
        {progress.summary && <p className="text-muted">{progress.summary}</p>}
        {progress.failed > 0 && (
          <Button kind="quiet" className="self-start" aria-pressed={onlyFailed} onClick={() => setOnlyFailed(!onlyFailed)}>
            {onlyFailed ? "Show all" : `Show the ${plural(progress.failed, "failure")} only`}
          </Button>
        )}
      </header>
      <Steps steps={steps} isProfile={job.kind === "profile"} />
    </>
  );
}

function Steps({ steps, isProfile }: { steps: readonly Step[]; isProfile: boolean }) {
  const workspace = useWorkspaceKey();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: steps.length, getScrollElement: () => scroller.current, estimateSize: () => RowPx, overscan: 16 });
  return (
    <div ref={scroller} tabIndex={0} role="list" aria-label="Steps" className="scroll min-h-0 flex-1">
      <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const { name, state, detail } = steps[index]!;
          return (
            <div key={name} role="listitem" aria-setsize={steps.length} aria-posinset={index + 1} className="absolute inset-x-0 flex items-center gap-3 border-b border-line px-3" style={{ height: RowPx, transform: `translateY(${start}px)` }}>
              <State of={state === "skipped" ? "not_started" : state} {...(state === "skipped" ? { label: "skipped" } : {})} />
              {isProfile && state === "done" ? (
                <Link to={pathOf.table(workspace, name)} className="shrink-0 truncate font-medium underline-offset-2 hover:underline">
                  {name}
                </Link>
              ) : (
                <span className="min-w-0 truncate font-medium">{name}</span>
              )}
              <span title={detail} className={`min-w-0 flex-1 truncate text-right ${state === "failed" ? "text-bad" : "text-muted"}`}>
                {detail}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
