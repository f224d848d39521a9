import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link, useLocation } from "react-router";
import { useRuntimeInfo, useWorkspaceKey } from "../api/queries";
import { IconButton } from "../ui/Button";
import { State } from "../ui/State";
import { useKept } from "../ui/useKept";
import type { JobInfo } from "./data";
import { JobBar } from "./JobBar";
import { countOf, dataJobs, nameOf, stateOf } from "./jobs";
import { pathOf } from "./paths";
import { useJobs, useRelearn } from "./queries";
import { useJobProgress } from "./useJob";

/**
 * The jobs that go on, on every page, and those that ended while this tab was watching until they are put away. The server runs them: a reload
 * shows the same.
 */
export default function JobTray() {
  const workspace = useWorkspaceKey();
  const hasData = useRuntimeInfo().data?.hasData ?? false;
  const jobs = dataJobs(useJobs(hasData).data);
  const [watched, setWatched] = useKept<string[]>(`jobs:${workspace}`, []);
  const running = jobs.filter(({ state }) => state === "running").map(({ id }) => id);
  const unseen = running.filter((id) => !watched.includes(id)).join();
  useEffect(() => {
    if (unseen) setWatched((before) => [...new Set([...before, ...unseen.split(",")])]);
  }, [unseen, setWatched]);
  const { pathname } = useLocation();
  const dismiss = (job: JobInfo) => setWatched((before) => before.filter((id) => id !== job.id));
  const kept = jobs.filter(({ id }) => watched.includes(id));
  const shown = kept.filter(({ id }) => pathname !== pathOf.job(workspace, id));
  return (
    <>
      {kept.map((job) => (
        <Watcher key={job.id} job={job} isInView={!shown.includes(job)} onSeen={() => dismiss(job)} />
      ))}
      {shown.length > 0 && (
        <ul aria-label="Jobs that go on" className="shrink-0 border-t border-line bg-surface">
          {shown.map((job) => (
            <Row key={job.id} job={job} onDismiss={() => dismiss(job)} />
          ))}
        </ul>
      )}
    </>
  );
}

/** When a job has ended, what is shown of the data is read again; whoever sees it end on its page needs no tray for it. */
function Watcher({ job, isInView, onSeen }: { job: JobInfo; isInView: boolean; onSeen: () => void }) {
  const isOver = job.state !== "running";
  const relearn = useRelearn();
  const latest = useRef({ relearn, onSeen });
  useEffect(() => {
    latest.current = { relearn, onSeen };
  });
  // Its stream says that it ended before the list of jobs is read again.
  const workspace = useWorkspaceKey();
  const { isOver: isSaidToBeOver } = useJobProgress(workspace, job.id);
  const { refetch } = useJobs();
  useEffect(() => {
    if (isSaidToBeOver && !isOver) void refetch();
  }, [isSaidToBeOver, isOver, refetch]);
  useEffect(() => {
    if (isOver) latest.current.relearn();
  }, [isOver]);
  useEffect(() => {
    if (isOver && isInView) latest.current.onSeen();
  }, [isOver, isInView]);
  return null;
}

function Row({ job, onDismiss }: { job: JobInfo; onDismiss: () => void }) {
  const workspace = useWorkspaceKey();
  const { progress } = useJobProgress(workspace, job.id);
  const isRunning = job.state === "running";
  return (
    <li className="flex h-9 items-center gap-3 px-3">
      <State of={stateOf(job)} />
      <Link to={pathOf.job(workspace, job.id)} className="shrink-0 font-medium underline-offset-2 hover:underline">
        {nameOf(job)}
      </Link>
      <span className="num shrink-0 text-muted max-sm:hidden">{countOf(job, progress)}</span>
      <JobBar progress={progress} isRunning={isRunning} label={nameOf(job)} />
      <span className={`min-w-0 flex-1 truncate text-xs max-md:hidden ${job.error ? "text-bad" : "text-muted"}`}>{job.error?.message ?? progress.current ?? progress.summary}</span>
      {!isRunning && <IconButton label={`Put away: ${nameOf(job)}`} icon={<X className="size-3.5" aria-hidden />} className="size-6" onClick={onDismiss} />}
    </li>
  );
}
