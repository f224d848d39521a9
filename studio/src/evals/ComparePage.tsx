import { ArrowLeftRight } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { Link, useSearchParams } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { usePageTitle } from "../shell/usePageTitle";
import { Button } from "../ui/Button";
import { Pill } from "../ui/Form";
import { duration, plural, price, time, words } from "../ui/format";
import { Empty, ErrorPanel, Skeleton } from "../ui/Panels";
import { compareRows, differencesOf, type ComparedRow } from "./compare";
import { componentNames, percent, score } from "./outcome";
import { useArtifact, useComparison, useEval } from "./queries";
import { Rate } from "./Rate";
import { TextDiff } from "../diff/TextDiff";
import type { CaseChange, EvalArtifact, EvalComparison } from "./types";

const changeNames: Record<CaseChange, string> = { regressed: "worse", improved: "better", not_comparable: "not comparable", added: "only after", removed: "only before", unchanged: "same" };

/** Two evals: what differs between them first, coloured only where it is more than chance. */
export default function ComparePage() {
  usePageTitle("Compare evals");
  const workspace = useWorkspaceKey();
  const [parameters, setParameters] = useSearchParams();
  const [baseline, candidate] = [parameters.get("baseline") ?? "", parameters.get("candidate") ?? ""];
  const only = parameters.get("only");
  const comparison = useComparison(baseline, candidate);
  const [before, after] = [useArtifact(baseline, baseline !== ""), useArtifact(candidate, candidate !== "")];
  const rows = useMemo(() => (comparison.data && before.data && after.data ? compareRows(comparison.data, before.data, after.data) : []), [comparison.data, before.data, after.data]);
  const error = comparison.error ?? before.error ?? after.error;
  if (baseline === "" || candidate === "") {
    return (
      <>
        <Header workspace={workspace} />
        <Empty title="Choose two evals to compare.">
          <Link to={`/w/${workspace}/evals`} className="text-accent underline underline-offset-2">
            All evals
          </Link>
        </Empty>
      </>
    );
  }
  const shown = only ? rows.filter(({ comparison: { change } }) => change === only) : rows;
  const countOf = (change: CaseChange) => rows.filter(({ comparison: { change: is } }) => is === change).length;
  return (
    <>
      <Header workspace={workspace}>
        <Button onClick={() => setParameters({ baseline: candidate, candidate: baseline })}>
          <ArrowLeftRight className="size-3.5" aria-hidden /> Swap
        </Button>
      </Header>
      {error ? (
        <ErrorPanel error={error} what="The evals cannot be compared." onRetry={() => void Promise.all([comparison.refetch(), before.refetch(), after.refetch()])} />
      ) : !comparison.data || !before.data || !after.data ? (
        <Skeleton rows={10} />
      ) : (
        <div className="scroll min-h-0 flex-1 p-4" tabIndex={0} role="group" aria-label="Comparison">
          <Totals comparison={comparison.data} before={before.data} after={after.data} />
          <div role="group" aria-label="Show cases" className="my-3 flex flex-wrap gap-1">
            <Pill isOn={only === null} onClick={() => setParameters({ baseline, candidate })}>
              all <span className="num">{rows.length}</span>
            </Pill>
            {(Object.keys(changeNames) as CaseChange[]).map((change) => (
              <Pill key={change} isOn={only === change} onClick={() => setParameters(only === change ? { baseline, candidate } : { baseline, candidate, only: change })}>
                {changeNames[change]} <span className="num">{countOf(change)}</span>
              </Pill>
            ))}
          </div>
          {shown.length === 0 && <p className="text-muted">No case is like this.</p>}
          <ul aria-label="Cases" className="flex flex-col gap-2">
            {shown.map((row) => (
              <Case key={row.comparison.caseId} row={row} baseline={baseline} candidate={candidate} />
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Header({ workspace, children }: { workspace: string; children?: ReactNode }) {
  return (
    <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
      <h1 className="flex items-center gap-2 font-semibold">
        <Link to={`/w/${workspace}/evals`} className="text-muted hover:text-text">
          Evals
        </Link>
        <span aria-hidden className="text-muted">
          /
        </span>
        Compare
      </h1>
      <span className="flex-1" />
      {children}
    </div>
  );
}

function Totals({ comparison, before, after }: { comparison: EvalComparison; before: EvalArtifact; after: EvalArtifact }) {
  const workspace = useWorkspaceKey();
  const { difference } = comparison;
  const isBeyond = difference ? difference.lower > 0 || difference.upper < 0 : false;
  const infos = [useEval(before.evalRunId).data, useEval(after.evalRunId).data];
  const settings = differencesOf(before, after, infos[0], infos[1]);
  return (
    <>
      <div className="grid gap-3 md:grid-cols-3">
        {([["Before", before, infos[0]], ["After", after, infos[1]]] as const).map(([name, artifact, info]) => (
          <section key={name} aria-label={name} className="rounded-lg border border-line bg-surface p-3">
            <h2 className="text-xs font-medium text-muted">{name}</h2>
            <Link to={`/w/${workspace}/evals/${artifact.evalRunId}`} className="font-medium hover:underline">
              {info?.name ?? artifact.datasetName}, {time(artifact.startedAt)}
            </Link>
            <p className="mt-1">{artifact.summary.passRate ? <Rate of={artifact.summary.passRate} /> : "no sample was scored"}</p>
            <p className="num text-xs text-muted">
              {plural(artifact.summary.totals.planned, "sample")}
              {price(artifact.summary.costUsd) && `, ${price(artifact.summary.costUsd)}`}
              {artifact.summary.latency && `, p50 ${duration(artifact.summary.latency.p50Ms)}`}
            </p>
          </section>
        ))}
        <section aria-label="Difference" className="rounded-lg border border-line bg-surface p-3">
          <h2 className="text-xs font-medium text-muted">Scores, after less before</h2>
          {difference ? (
            <>
              <p className={`num text-lg font-semibold ${!isBeyond ? "" : difference.value > 0 ? "text-good" : "text-bad"}`}>{signed(difference.value)}</p>
              <p className="num text-xs text-muted">
                95 % interval {signed(difference.lower)} to {signed(difference.upper)}, {plural(difference.cases, "case")}
              </p>
              <p className="text-xs">{isBeyond ? (difference.value > 0 ? "Better, beyond what chance makes." : "Worse, beyond what chance makes.") : "No more than chance makes."}</p>
            </>
          ) : (
            <p className="text-muted">Fewer than two cases can be compared: chance cannot be told from change.</p>
          )}
        </section>
      </div>
      <section aria-label="Settings" className="mt-3">
        <h2 className="text-xs font-medium text-muted">How they were run</h2>
        {settings.length === 0 ? (
          <p>Alike: the same cases, settings and models.</p>
        ) : (
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4">
            {settings.map(({ name, before: old, after: now }) => (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd className="num break-words">
                  <del className="text-bad">{old}</del> <ins className="text-good no-underline">{now}</ins>
                </dd>
              </div>
            ))}
          </dl>
        )}
        {!comparison.sameDataset && <p className="mt-1 text-warn">They ran different cases: only those that both have, unchanged, are compared.</p>}
        {!comparison.sameScoring && <p className="mt-1 text-warn">They were scored differently: a case may change without the agent having done so.</p>}
      </section>
    </>
  );
}

function Case({ row, baseline, candidate }: { row: ComparedRow; baseline: string; candidate: string }) {
  const workspace = useWorkspaceKey();
  const { comparison, before, after, isBeyond } = row;
  const tone = !isBeyond ? "text-muted" : comparison.change === "improved" ? "text-good" : "text-bad";
  const [old, now] = [before?.samples[0]?.output?.response ?? null, after?.samples[0]?.output?.response ?? null];
  return (
    <li data-state={comparison.change} className="rounded-lg border border-line bg-surface">
      <details open={isBeyond}>
        <summary className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-2">
          <span className="min-w-0 font-medium break-all">{comparison.caseId}</span>
          <span className={`text-xs font-medium ${tone}`}>
            {changeNames[comparison.change]}
            {(comparison.change === "improved" || comparison.change === "regressed") && !isBeyond && ", within chance"}
          </span>
          <span className="num ml-auto">
            {score(comparison.scoreBefore)} → <span className={isBeyond ? `font-semibold ${tone}` : ""}>{score(comparison.scoreAfter)}</span>
          </span>
        </summary>
        <div className="flex flex-col gap-3 border-t border-line px-3 py-2">
          {comparison.reason && <p className="text-warn">{comparison.reason}</p>}
          {comparison.components.length > 0 && (
            <p className="num flex flex-wrap gap-x-4 text-muted">
              {comparison.components.map(({ component, before: from, after: to }) => (
                <span key={component}>
                  {componentNames[component as keyof typeof componentNames] ?? words(component)} {score(from)} → {score(to)}
                </span>
              ))}
            </p>
          )}
          <div className="grid gap-2 sm:grid-cols-2">
            <Samples name="Before" evalId={baseline} row={before} />
            <Samples name="After" evalId={candidate} row={after} />
          </div>
          {row.divergence && (
            <p>
              First tool call that differs: <code className="font-mono text-xs">{row.divergence.place + 1}</code>, <code className="font-mono text-xs break-all">{row.divergence.before ?? "none"}</code> before,{" "}
              <code className="font-mono text-xs break-all">{row.divergence.after ?? "none"}</code> after.{" "}
              {row.before?.samples[0]?.traceId && row.after?.samples[0]?.traceId && (
                <Link to={`/w/${workspace}/runs/compare?${new URLSearchParams({ left: row.before.samples[0].traceId, right: row.after.samples[0].traceId })}`} className="text-accent underline underline-offset-2">
                  Compare the runs step by step
                </Link>
              )}
            </p>
          )}
          {old !== null && now !== null && (
            <div className="rounded-md bg-sunken p-2">
              <p className="mb-1 text-xs text-muted">{old === now ? "The first samples answered the same" : "How the answers of the first samples differ"}</p>
              <TextDiff before={old} after={now} />
            </div>
          )}
        </div>
      </details>
    </li>
  );
}

function Samples({ name, evalId, row }: { name: string; evalId: string; row: ComparedRow["before"] }) {
  const workspace = useWorkspaceKey();
  if (!row) return <p className="text-muted">{name}: the case is not there.</p>;
  return (
    <div>
      <p className="text-xs text-muted">
        {name}, {percent(row.samples.filter((sample) => sample.scores?.passed).length / row.samples.length)} passed
      </p>
      <ul className="flex flex-wrap gap-x-3">
        {row.samples.map((sample) => (
          <li key={sample.sample} className="num flex text-xs">
            <Link to={`/w/${workspace}/evals/${evalId}/cases/${encodeURIComponent(sample.caseId)}/samples/${sample.sample}`} className="inline-flex min-h-6 min-w-6 items-center text-accent underline underline-offset-2">
              {sample.sample}: {score(sample.scores?.score)}
            </Link>
            {sample.traceId && (
              <Link to={`/w/${workspace}/runs/${sample.traceId}/trace`} aria-label={`Trace of sample ${sample.sample}, ${name.toLowerCase()}`} className="ml-1.5 inline-flex min-h-6 items-center text-muted underline underline-offset-2">
                trace
              </Link>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function signed(value: number): string {
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value).toFixed(2)}`;
}
