import { useMemo } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { useRuntimeInfo, useWorkspaceKey } from "../api/queries";
import type { StoredPlan } from "../api/types";
import { useRun } from "../run/useRun";
import { useShortcut } from "../shell/keys";
import { usePageTitle } from "../shell/usePageTitle";
import { plural, time } from "../ui/format";
import { copy, Empty, ErrorPanel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";
import { readPlan } from "./plan";
import { PlanContent } from "./PlanContent";
import { usePlan, usePlanVersions, type PlanVersion } from "./queries";

/** A plan: what each version says and how it differs from another, why it came to be, and what became of it. */
export default function PlanPage() {
  const { plan: id = "" } = useParams();
  const workspace = useWorkspaceKey();
  const [plan, versions] = [usePlan(id), usePlanVersions(id)];
  usePageTitle(`Plan ${id}`);
  useShortcut("y", "Copy a link", "Plan", () => void copy(location.href, "Link copied"));
  const failed = [plan, versions].find((query) => query.isError && !query.data);
  if (failed) return <ErrorPanel error={failed.error!} what="This plan cannot be read." onRetry={() => void Promise.all([plan.refetch(), versions.refetch()])} />;
  if (!plan.data || !versions.data) return <Skeleton rows={8} />;
  const { specName, status, runId, threadId, result, error } = plan.data;
  return (
    <>
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5">
        <h1 className="min-w-0 truncate font-semibold">
          {specName} <span className="font-mono text-xs font-normal text-muted">{id}</span>
        </h1>
        <State of={status} />
        <span className="flex-1" />
        <Link to={`/w/${workspace}/runs/${runId}`} className="text-xs text-muted underline underline-offset-2 hover:text-text">
          Run
        </Link>
        <Link to={`/w/${workspace}/playground/${threadId}`} className="text-xs text-muted underline underline-offset-2 hover:text-text">
          Conversation
        </Link>
      </header>
      <div tabIndex={0} role="group" aria-label="Plan" className="scroll flex min-h-0 flex-1 gap-4 p-4 max-lg:flex-col">
        <div className="min-w-0 flex-1">
          {error && <p className="mb-3 rounded-lg border border-line bg-bad-soft p-3 text-bad">{error.message}</p>}
          {result && (
            <p className="mb-3 rounded-lg border border-line bg-surface p-3">
              {plural(result.entitiesAffected, "entity", "entities")} affected{result.summary ? `: ${result.summary}` : ""}
            </p>
          )}
          <Versions plan={plan.data} versions={versions.data} />
        </div>
        <History plan={plan.data} />
      </div>
    </>
  );
}

/** One version, with what differs from another one marked. */
function Versions({ plan, versions }: { plan: StoredPlan; versions: PlanVersion[] }) {
  const workspace = useWorkspaceKey();
  const [parameters, setParameters] = useSearchParams();
  const schema = useRuntimeInfo().data?.plans.find(({ name }) => name === plan.specName)?.schema;
  const { view } = useRun(workspace, plan.runId);
  const shown = versions.find(({ version }) => String(version) === parameters.get("version")) ?? versions.at(-1);
  const against = parameters.get("against") === "none" ? undefined : (versions.find(({ version }) => String(version) === parameters.get("against")) ?? versions.find(({ version }) => version === (shown?.version ?? 0) - 1));
  const choose = (version: number, other: number | null) => setParameters({ version: String(version), ...(other === version - 1 ? {} : { against: other === null ? "none" : String(other) }) }, { replace: true });
  const step = (by: number) => {
    const to = versions[versions.findIndex((known) => known === shown) + by];
    if (to) setParameters({ version: String(to.version) }, { replace: true });
  };
  useShortcut("[", "Previous version", "Plan", () => step(-1));
  useShortcut("]", "Next version", "Plan", () => step(1));
  const [now, before] = useMemo(() => [shown, against].map((version) => (version?.body ? readPlan({ planId: plan.planId, specName: plan.specName, version: version.version, body: version.body }) : null)), [shown, against, plan]);
  if (!shown) return <Empty title="No version is recorded." />;
  const isSame = now && before && JSON.stringify([now.context, now.actions]) === JSON.stringify([before.context, before.actions]);
  return (
    <section aria-label={`Version ${shown.version}`} className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2">
        <label className="flex items-center gap-1.5">
          Version
          <select aria-label="Version" value={shown.version} onChange={(event) => choose(Number(event.target.value), Number(event.target.value) - 1)} className="num h-7 rounded-md border border-line bg-surface px-1">
            {versions.map(({ version }) => (
              <option key={version} value={version}>
                v{version}
              </option>
            ))}
          </select>
        </label>
        {versions.length > 1 && (
          <label className="flex items-center gap-1.5 text-muted">
            against
            <select
              aria-label="Compared with version"
              value={against?.version ?? ""}
              onChange={(event) => choose(shown.version, event.target.value === "" ? null : Number(event.target.value))}
              className="num h-7 rounded-md border border-line bg-surface px-1 text-text"
            >
              <option value="">none</option>
              {versions
                .filter(({ version }) => version !== shown.version)
                .map(({ version }) => (
                  <option key={version} value={version}>
                    v{version}
                  </option>
                ))}
            </select>
          </label>
        )}
        <span className="flex-1" />
        <span className="num text-xs text-muted">
          {shown.by ?? "somebody"} · {time(shown.at)}
        </span>
      </div>
      {shown.cause && <Cause version={shown} />}
      {!now ? (
        <p className="p-3 text-muted">What this version says is recorded in no run that is still there.</p>
      ) : (
        <div className="pt-2">
          {against && !before && <p className="px-3 pb-2 text-muted">What version {against.version} says is recorded in no run that is still there: nothing can be marked.</p>}
          {isSame && <p className="px-3 pb-2 text-muted">Says the same as version {before.version}.</p>}
          <PlanContent plan={now} before={before ?? null} schema={schema} view={view} progress={shown.version === plan.version && plan.status !== "draft" ? (view.plans[plan.planId]?.actions ?? null) : null} edits={{}} errors={{}} onEdit={null} isCompact={false} />
        </div>
      )}
    </section>
  );
}

function Cause({ version: { version, cause } }: { version: PlanVersion }) {
  const workspace = useWorkspaceKey();
  const { approvalId, outcome, feedback, decidedBy } = cause!;
  return (
    <p data-testid="cause" className="border-b border-line bg-sunken px-3 py-1.5">
      <Link to={`/w/${workspace}/approvals/${approvalId}`} className="text-muted underline underline-offset-2 hover:text-text">
        Version {version - 1} was {outcome === "revise" ? "sent back" : "edited and approved"}
        {decidedBy && ` by ${decidedBy}`}
      </Link>
      {feedback && (
        <>
          <span className="text-muted">: </span>
          <q className="break-words">{feedback}</q>
        </>
      )}
    </p>
  );
}

function History({ plan }: { plan: StoredPlan }) {
  return (
    <section aria-label="History" className="shrink-0 lg:w-72">
      <h2 className="mb-1 text-xs font-semibold text-muted">History</h2>
      <ol className="rounded-lg border border-line bg-surface">
        {plan.history.map((change, index) => (
          <li key={index} className="flex items-center gap-2 border-line px-3 py-1.5 not-first:border-t">
            <span className="num w-7 shrink-0 text-xs text-muted">v{change.version}</span>
            <State of={change.status} />
            <span className="min-w-0 flex-1 truncate text-muted">{change.by ?? ""}</span>
            <span className="num text-xs text-muted">{time(change.at)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
