import { Link } from "react-router";
import { useRunDetails, useRuns, useWorkspaceKey } from "../api/queries";
import type { RunSummary } from "../api/types";
import { usePageTitle } from "../shell/usePageTitle";
import { Button } from "../ui/Button";
import { plural, shortId, time } from "../ui/format";
import { Empty, ErrorPanel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";

/** Asks which run to compare with; the one that it was forked from, and those of its conversation, come first. */
export function ChooseRun({ left, right }: { left: string; right: string }) {
  usePageTitle("Compare runs");
  const workspace = useWorkspaceKey();
  const known = left || right;
  const runs = useRuns({ state: null, thread: null });
  if (known === "") {
    return (
      <>
        <h1 className="sr-only">Compare runs</h1>
        <Empty title="Choose two runs to compare.">
          <p>In the list of runs, x marks the run that has the focus, and d compares two that are marked.</p>
          <Link to={`/w/${workspace}/runs`} className="text-accent underline underline-offset-2">
            All runs
          </Link>
        </Empty>
      </>
    );
  }
  const others = (runs.data?.pages ?? []).flatMap((page) => page.items).filter((run) => run.runId !== known);
  return (
    <>
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <h1 className="font-semibold">Compare {shortId(known)} with…</h1>
      </div>
      <div tabIndex={0} role="group" aria-label="Runs to compare with" className="scroll min-h-0 flex-1 p-1.5">
        <Original of={known} left={left} right={right} />
        {runs.isPending && <Skeleton rows={8} height={32} />}
        {runs.isError && !runs.data && <ErrorPanel error={runs.error} what="The runs cannot be read." onRetry={() => void runs.refetch()} />}
        {runs.data && others.length === 0 && <Empty title="There is no other run." />}
        <ul aria-label="Runs">
          {others.map((run) => (
            <Choice key={run.runId} run={run} left={left} right={right} />
          ))}
        </ul>
        <p className="flex justify-center p-3 text-muted">
          {runs.hasNextPage ? (
            <Button disabled={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
              {runs.isFetchingNextPage ? "Loading…" : "Show more"}
            </Button>
          ) : (
            others.length > 0 && plural(others.length, "run")
          )}
        </p>
      </div>
    </>
  );
}

function Original({ of, left, right }: { of: string; left: string; right: string }) {
  const from = useRunDetails(of, 0).data?.forkedFrom ?? null;
  const original = useRunDetails(from ?? of, 0);
  if (from === null || original.data?.run.runId !== from) return null;
  return (
    <ul aria-label="Forked from" className="mb-1 border-b border-line pb-1">
      <Choice run={{ ...original.data.run, prompt: original.data.prompt ?? null }} left={left} right={right} note="forked from this" />
    </ul>
  );
}

function Choice({ run, left, right, note }: { run: RunSummary; left: string; right: string; note?: string }) {
  const workspace = useWorkspaceKey();
  const pair = { left: left || run.runId, right: right || run.runId };
  return (
    <li>
      <Link to={`/w/${workspace}/runs/compare?${new URLSearchParams(pair)}`} className="flex items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover">
        <span className="w-24 shrink-0">
          <State of={run.state} />
        </span>
        <span className="min-w-0 flex-1 truncate">
          <span className="font-medium">{run.entryAgent}</span> {note && <span className="ml-1 text-xs text-muted">{note}</span>}
          {run.prompt && <span className="ml-1 text-muted">{run.prompt}</span>}
        </span>
        <span className="font-mono text-xs text-muted max-sm:hidden">{shortId(run.runId)}</span>
        <span className="num text-xs text-muted">{time(run.startedAt)}</span>
      </Link>
    </li>
  );
}
