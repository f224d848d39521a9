import { Link } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { ago, duration } from "../ui/format";
import { State } from "../ui/State";
import { useNow } from "../ui/useNow";
import { dataJobs, nameOf, stateOf } from "./jobs";
import { pathOf } from "./paths";
import { useJobs } from "./queries";

/** The jobs of this start of the server, newest first. */
export function JobList() {
  const workspace = useWorkspaceKey();
  const jobs = dataJobs(useJobs().data);
  const now = useNow();
  if (jobs.length === 0) return null;
  return (
    <section aria-label="Jobs">
      <h2 className="mb-1 text-base font-semibold">Jobs</h2>
      <ul className="rounded-lg border border-line bg-surface p-1.5">
        {jobs.map((job) => (
          <li key={job.id}>
            <Link to={pathOf.job(workspace, job.id)} className="flex items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover">
              <State of={stateOf(job)} />
              <span className="font-medium">{nameOf(job)}</span>
              {job.error && <span className="min-w-0 truncate text-bad">{job.error.message}</span>}
              <span className="num ml-auto shrink-0 text-muted">
                {duration((job.endedAt ? Date.parse(job.endedAt) : now) - Date.parse(job.startedAt))} · {ago(job.startedAt, now)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
