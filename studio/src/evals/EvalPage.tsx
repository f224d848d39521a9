import { useQueryClient } from "@tanstack/react-query";
import { ChevronDown, Download, Play, RotateCcw, Square, Trash2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useEffect, useMemo, useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { apiUrl, inWorkspace } from "../api/client";
import { useWorkspaceKey } from "../api/queries";
import { useShortcut } from "../shell/keys";
import { usePageTitle } from "../shell/usePageTitle";
import { Button, IconButton } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { count, duration, plural, price, time } from "../ui/format";
import { copy, ErrorPanel, Panel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";
import { toast } from "../ui/toast";
import { Mark } from "./Mark";
import { Matrix } from "./Matrix";
import { outcomeOfEval } from "./outcome";
import { useArtifact, useCancelJob, useEndedSamples, useEval, useEvalDataset, useEvals, useRemoveEval, useResumeEval, useStartEval } from "./queries";
import { Rate } from "./Rate";
import { SampleDetail } from "./SampleDetail";
import { matrixOf, type MatrixRow } from "./cells";
import type { EvalInfo } from "./types";
import { useProgress } from "./useProgress";
import { withEnded, type Progress } from "./progress";

/** One eval: what it comes to, its cases by samples, and one sample in full. */
export default function EvalPage() {
  const { eval: id = "", case: caseId, sample } = useParams();
  const workspace = useWorkspaceKey();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const info = useEval(id);
  const dataset = useEvalDataset(id);
  const state = info.data?.state;
  const artifact = useArtifact(id, state === "completed");
  // Messages are of use until there is an artifact; those of an eval that failed or was cancelled are all there is.
  const progress = useProgress(info.data && !artifact.data && state !== "interrupted" ? info.data.jobId : null);
  useEffect(() => {
    if (progress.hasEnded) void client.invalidateQueries({ queryKey: [workspace, "eval", "evals", id] });
  }, [progress.hasEnded, client, workspace, id]);
  const ended = useEndedSamples(id, state === "interrupted" || state === "cancelled" || state === "failed");
  const known = useMemo(() => withEnded(progress, ended.data ?? []), [progress, ended.data]);
  const rows = useMemo(() => matrixOf(dataset.data ?? null, artifact.data ?? null, known), [dataset.data, artifact.data, known]);
  usePageTitle(info.data?.name ?? "Eval");
  const search = parameters.size > 0 ? `?${parameters}` : "";
  const home = `/w/${workspace}/evals/${id}`;
  useShortcut("Escape", caseId ? "Close the sample" : "Back to all evals", "Eval", () => void navigate(caseId ? home + search : `/w/${workspace}/evals`));
  useShortcut("y", "Copy a link", "Eval", () => void copy(location.href, "Link copied"));

  if (info.isError && !info.data) return <ErrorPanel error={info.error} what="This eval cannot be read." onRetry={() => void info.refetch()} />;
  if (!info.data) return <Skeleton rows={10} />;
  const row = rows.find(({ id: known }) => known === caseId);
  return (
    <>
      <Header info={info.data} progress={progress} />
      <div className="flex min-h-0 flex-1">
        <div className={`flex min-h-0 min-w-0 flex-1 flex-col ${caseId ? "max-lg:hidden" : ""}`}>
          {progress.warnings.map((warning) => (
            <p key={warning} className="border-b border-line bg-warn-soft px-3 py-1.5 text-warn">
              {warning}
            </p>
          ))}
          {(info.data.error ?? progress.error) && (
            <ErrorPanel error={Object.assign(new Error((info.data.error ?? progress.error)!.message), { name: (info.data.error ?? progress.error)!.code })} what="The eval did not end. Samples that ended are kept." />
          )}
          {state === "interrupted" && <p className="border-b border-line bg-warn-soft px-3 py-1.5 text-warn">The server was stopped while it ran. Samples that ended are kept: resume to go on with the others.</p>}
          {dataset.isError && <ErrorPanel error={dataset.error} what="The cases cannot be read." onRetry={() => void dataset.refetch()} />}
          {ended.isError && !ended.data && <ErrorPanel error={ended.error} what="The samples that ended cannot be read." onRetry={() => void ended.refetch()} />}
          {artifact.isError && <ErrorPanel error={artifact.error} what="The results cannot be read." onRetry={() => void artifact.refetch()} />}
          {dataset.isPending ? <Skeleton rows={8} /> : <Matrix rows={rows} selected={caseId ? { caseId, sample: Number(sample) } : null} />}
        </div>
        {caseId && (
          <section aria-label="Sample" className="flex min-h-0 min-w-0 flex-1 flex-col border-line lg:max-w-[50%] lg:border-l">
            <Panel name="This sample" resetKey={`${caseId}/${sample}`}>
              <Selected row={row} sample={Number(sample)} rows={rows} isLoading={state === "completed" && !artifact.data && !artifact.isError} />
            </Panel>
          </section>
        )}
      </div>
    </>
  );
}

function Selected({ row, sample, rows, isLoading }: { row: MatrixRow | undefined; sample: number; rows: readonly MatrixRow[]; isLoading: boolean }) {
  if (!row) return isLoading ? <Skeleton /> : <p className="p-4 text-muted">The eval has no such case.</p>;
  return <SampleDetail row={row} sample={sample} rows={rows} isLoading={isLoading} />;
}

function Header({ info, progress }: { info: EvalInfo; progress: Progress }) {
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const cancel = useCancelJob();
  const resume = useResumeEval();
  const isRunning = info.state === "running";
  const canResume = info.state === "interrupted" || info.state === "cancelled" || info.state === "failed";
  const totals = info.summary?.totals;
  const fail = { onError: (error: Error) => toast(error.message, "bad") };
  return (
    <header className="shrink-0 border-b border-line px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="flex min-w-0 items-center gap-2 font-semibold">
          <Link to={`/w/${workspace}/evals`} className="text-muted hover:text-text">
            Evals
          </Link>
          <span aria-hidden className="text-muted">
            /
          </span>
          <span className="truncate">{info.name}</span>
        </h1>
        <span role="status" className="inline-flex">{info.state === "completed" ? <Mark of={outcomeOfEval(info)} /> : <State of={info.state} />}</span>
        <span className="flex-1" />
        {isRunning && (
          <Button onClick={() => cancel.mutate(info.jobId, fail)} disabled={cancel.isPending}>
            <Square className="size-3 fill-current" aria-hidden /> Stop
          </Button>
        )}
        {canResume && (
          <Button onClick={() => resume.mutate(info.id, fail)} disabled={resume.isPending}>
            <Play className="size-3.5" aria-hidden /> Resume
          </Button>
        )}
        {!isRunning && <Again info={info} />}
        {info.state === "completed" && (
          <>
            <CompareWith info={info} />
            <Export id={info.id} />
          </>
        )}
        {!isRunning && <Remove info={info} onRemoved={() => void navigate(`/w/${workspace}/evals`)} />}
      </div>
      {isRunning && <Bar progress={progress} />}
      <p className="num mt-1 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-muted">
        <span>{time(info.startedAt)}</span>
        {info.endedAt && <span>{duration(Date.parse(info.endedAt) - Date.parse(info.startedAt))}</span>}
        {isRunning && progress.planned > 0 && (
          <>
            <span role="status" className="inline-flex">
              {count(progress.done)} of {plural(progress.planned, "sample")}
            </span>
            <span>{count(progress.passed)} passed</span>
            {price(progress.costUsd) && <span>{price(progress.costUsd)}</span>}
          </>
        )}
        {info.summary?.passRate && <Rate of={info.summary.passRate} />}
        {totals && (
          <>
            <span>
              {count(totals.passedCases)} of {plural(totals.cases, "case")} passed
            </span>
            <span>
              {count(totals.passed)} of {plural(totals.planned, "sample")}
            </span>
            {totals.errored > 0 && <span className="text-warn">{count(totals.errored)} not run</span>}
            {totals.unjudged > 0 && <span className="text-warn">{count(totals.unjudged)} not scored</span>}
          </>
        )}
        {info.summary && info.summary.usage.totalTokens > 0 && <span>{count(info.summary.usage.totalTokens)} tokens</span>}
        {price(info.summary?.costUsd) && <span>{price(info.summary?.costUsd)}</span>}
        {info.summary?.latency && (
          <span>
            p50 {duration(info.summary.latency.p50Ms)}, p95 {duration(info.summary.latency.p95Ms)}
          </span>
        )}
        {info.useScripts && <span>scripts answered</span>}
      </p>
    </header>
  );
}

function Bar({ progress }: { progress: Progress }) {
  return (
    <div role="progressbar" aria-label="Samples that ended" aria-valuemin={0} aria-valuemax={progress.planned || 1} aria-valuenow={progress.done} className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-hover">
      <div className="h-full bg-accent" style={{ width: `${(100 * progress.done) / (progress.planned || 1)}%` }} />
    </div>
  );
}

/** The same tests, run the same way, once more. */
function Again({ info }: { info: EvalInfo }) {
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const dataset = useEvalDataset(info.id).data;
  const start = useStartEval();
  if (!dataset) return null;
  return (
    <Button
      disabled={start.isPending}
      title="The tests as they are now, run the same way"
      onClick={() =>
        start.mutate(
          { name: info.name, tests: dataset.cases.map(({ id }) => id), config: dataset.config ?? {}, useScripts: info.useScripts },
          { onSuccess: (next) => void navigate(`/w/${workspace}/evals/${next.id}`), onError: (error) => toast(error.message, "bad") },
        )
      }
    >
      <RotateCcw className="size-3.5" aria-hidden /> Run again
    </Button>
  );
}

const MostCompared = 20;

function CompareWith({ info }: { info: EvalInfo }) {
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const others = (useEvals().data?.pages ?? []).flatMap(({ items }) => items).filter(({ id, state }) => id !== info.id && state === "completed");
  const near = [...others.filter(({ dataset }) => dataset === info.dataset), ...others.filter(({ dataset }) => dataset !== info.dataset)].slice(0, MostCompared);
  return (
    <Menu label="Compare" isDisabled={near.length === 0}>
      {near.map((other) => (
        <DropdownMenu.Item
          key={other.id}
          className={itemClass}
          onSelect={() => {
            const [baseline, candidate] = other.id < info.id ? [other.id, info.id] : [info.id, other.id];
            void navigate(`/w/${workspace}/evals/compare?${new URLSearchParams({ baseline, candidate })}`);
          }}
        >
          <Mark of={outcomeOfEval(other)} iconOnly />
          <span className="truncate">{other.name}</span>
          <span className="num ml-auto pl-3 text-xs text-muted">{time(other.startedAt)}</span>
        </DropdownMenu.Item>
      ))}
    </Menu>
  );
}

const formats = [
  ["report?format=html", "Page (HTML)"],
  ["report?format=junit", "JUnit XML"],
  ["report?format=markdown", "Markdown"],
] as const;

function Export({ id }: { id: string }) {
  const workspace = useWorkspaceKey();
  return (
    <Menu label="Export" icon>
      {formats.map(([path, name]) => (
        <DropdownMenu.Item key={path} asChild>
          <a className={itemClass} href={apiUrl(`${inWorkspace(workspace, "evals", id)}/${path}`)} download>
            {name}
          </a>
        </DropdownMenu.Item>
      ))}
      <DropdownMenu.Item asChild>
        <a className={itemClass} href={apiUrl(inWorkspace(workspace, "evals", id, "artifact"))} download={`${id}.json`}>
          Artifact (JSON)
        </a>
      </DropdownMenu.Item>
    </Menu>
  );
}

const itemClass = "flex items-center gap-2 rounded-md px-2 py-1.5 data-highlighted:bg-hover data-highlighted:outline-none";

function Menu({ label, icon = false, isDisabled = false, children }: { label: string; icon?: boolean; isDisabled?: boolean; children: React.ReactNode }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild disabled={isDisabled}>
        <Button disabled={isDisabled}>
          {icon && <Download className="size-3.5" aria-hidden />} {label} <ChevronDown className="size-3.5 text-muted" aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className="scroll z-50 max-h-80 min-w-44 rounded-lg border border-line bg-surface p-1 shadow-over">
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Remove({ info, onRemoved }: { info: EvalInfo; onRemoved: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const remove = useRemoveEval();
  return (
    <>
      <IconButton label="Delete" icon={<Trash2 className="size-3.5" aria-hidden />} onClick={() => setAsking(true)} />
      <Dialog title={`Delete ‘${info.name}’?`} description="Its results and files are removed. The runs it made stay." isOpen={isAsking} onClose={() => setAsking(false)}>
        {remove.isError && <ErrorPanel error={remove.error} what="The eval was not deleted." />}
        <div className="flex gap-2">
          <Button kind="danger" disabled={remove.isPending} onClick={() => remove.mutate(info.id, { onSuccess: onRemoved })}>
            Delete
          </Button>
          <Button kind="quiet" onClick={() => setAsking(false)}>
            Keep it
          </Button>
        </div>
      </Dialog>
    </>
  );
}
