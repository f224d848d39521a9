import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { inWorkspace, write } from "../api/client";
import { useAgents, useRuns, useWorkspaceKey } from "../api/queries";
import { Mark } from "../evals/Mark";
import { outcomeOf, outcomeOfScores, score } from "../evals/outcome";
import { keyOf } from "../evals/progress";
import { Scores } from "../evals/Scores";
import { evalModes, type EvalInfo, type EvalMode, type TestCase } from "../evals/types";
import { useProgress } from "../evals/useProgress";
import { SelectField } from "../ui/Form";
import { shortId, time, words } from "../ui/format";
import { ErrorPanel, Skeleton } from "../ui/Panels";
import { useKept } from "../ui/useKept";
import type { ScoredRun } from "./queries";

const QuietMs = 400;

export interface TryConfig {
  mode: EvalMode;
  targetAgentId?: string;
}

/** How a case is tried, for all cases of the workspace. */
export function useTryConfig(): [TryConfig, (config: TryConfig) => void] {
  const workspace = useWorkspaceKey();
  return useKept<TryConfig>(`try/${workspace}`, { mode: "sequential" });
}

/** What the case makes of a run as it stands now, and what came of trying it. */
export function VerdictPane({ testCase, tried }: { testCase: TestCase | null; tried: EvalInfo | null }) {
  const [config, setConfig] = useTryConfig();
  const agents = useAgents().data ?? [];
  return (
    <aside aria-label="Verdict" className="flex w-full shrink-0 flex-col gap-3 border-line p-4 max-xl:border-t xl:overflow-auto xl:w-96 xl:border-l">
      <h2 className="text-base font-semibold">Verdict</h2>
      <div className="grid grid-cols-2 gap-2">
        <SelectField label="What is tested" value={config.mode} onChange={(mode) => setConfig({ ...config, mode })} choices={evalModes.map((mode) => [mode, words(mode)] as const)} />
        <SelectField
          label="Agent that is asked"
          value={config.targetAgentId ?? ""}
          onChange={(agent) => setConfig(agent === "" ? { mode: config.mode } : { mode: config.mode, targetAgentId: agent })}
          choices={[["", "the usual one"], ...agents.map(({ name }) => [name, name] as const)]}
        />
      </div>
      {tried && <Tried key={tried.id} tried={tried} />}
      <AgainstRun testCase={testCase} config={config} />
    </aside>
  );
}

function Tried({ tried }: { tried: EvalInfo }) {
  const workspace = useWorkspaceKey();
  const progress = useProgress(tried.jobId);
  const sample = progress.samples.get(keyOf(tried.name, 1));
  return (
    <section aria-label="Tried" className="flex flex-col gap-2 rounded-lg border border-line p-3" data-state={outcomeOf(sample)}>
      <div className="flex items-center gap-2">
        <h3 className="font-medium">Tried</h3>
        <span role="status" className="inline-flex">
          <Mark of={outcomeOf(sample)} {...(sample?.scores ? { label: `${outcomeOf(sample)}, ${score(sample.scores.score)}` } : {})} />
        </span>
        <Link to={`/w/${workspace}/evals/${tried.id}/cases/${encodeURIComponent(tried.name)}/samples/1`} className="ml-auto text-accent underline underline-offset-2">
          All about it
        </Link>
      </div>
      {(progress.error ?? sample?.error) && <p className="break-words text-bad">{(progress.error ?? sample?.error)?.message}</p>}
      {sample?.output?.response && <p className="line-clamp-4 break-words whitespace-pre-wrap text-muted">{sample.output.response}</p>}
    </section>
  );
}

function AgainstRun({ testCase, config }: { testCase: TestCase | null; config: TryConfig }) {
  const workspace = useWorkspaceKey();
  const [parameters, setParameters] = useSearchParams();
  const run = parameters.get("against") ?? parameters.get("run") ?? "";
  const runs = useRuns({ state: "finished", thread: null }).data?.pages[0]?.items ?? [];
  const choices = runs.map((item) => [item.runId, `${item.entryAgent}, ${time(item.startedAt)} ${shortId(item.runId)}`] as const);
  const [asked, isQuiet] = useQuiet(testCase === null ? null : JSON.stringify({ case: testCase, runId: run, config }));
  const scored = useQuery({
    queryKey: [workspace, "score-test", asked],
    queryFn: () => write<ScoredRun>("POST", inWorkspace(workspace, "tests", "score"), JSON.parse(asked!) as object),
    enabled: asked !== null && run !== "",
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  });
  return (
    <>
      <SelectField
        label="Against a run that has ended"
        value={run}
        onChange={(chosen) =>
          setParameters(
            (before) => {
              if (chosen === "") before.delete("against");
              else before.set("against", chosen);
              return before;
            },
            { replace: true },
          )
        }
        choices={[["", runs.length === 0 ? "no run has ended yet" : "choose a run"], ...(run !== "" && !runs.some(({ runId }) => runId === run) ? [[run, shortId(run)] as const] : []), ...choices]}
      />
      {run !== "" && (
        <>
          <div className="flex items-center gap-3">
            <span role="status" className="inline-flex">
              {testCase === null ? (
                <span className="text-muted">Mend the problems to see the verdict.</span>
              ) : scored.data && !scored.isError ? (
                <Mark of={outcomeOfScores(scored.data.scores)} label={`${outcomeOfScores(scored.data.scores)}, ${score(scored.data.scores.score)}`} />
              ) : null}
            </span>
            <Link to={`/w/${workspace}/runs/${run}/trace`} className="ml-auto text-accent underline underline-offset-2">
              Trace
            </Link>
          </div>
          {scored.isError && <ErrorPanel error={scored.error} what="The run cannot be scored by this test." />}
          {!scored.data && scored.isPending && testCase !== null && !scored.isError && <Skeleton rows={3} />}
          {scored.data && !scored.isError && testCase !== null && (
            <div className={scored.isPlaceholderData || !isQuiet ? "opacity-75" : ""} data-testid="verdict" data-state={outcomeOfScores(scored.data.scores)}>
              <Scores testCase={testCase} scores={scored.data.scores} output={scored.data.output} />
            </div>
          )}
        </>
      )}
      {run === "" && <p className="text-muted">Nothing is run for this: the record of a run is scored by the test as it stands.</p>}
    </>
  );
}

/** A value once it has not changed for a moment, and whether it is the latest. */
function useQuiet<T>(value: T): [T, boolean] {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), QuietMs);
    return () => clearTimeout(timer);
  }, [value]);
  return [quiet, quiet === value];
}
