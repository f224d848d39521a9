import { useMemo, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { Problem } from "../api/client";
import { useAgents, useWorkspaceKey } from "../api/queries";
import { useTests } from "../tests/queries";
import { useShortcut } from "../shell/keys";
import { usePageTitle } from "../shell/usePageTitle";
import { Button } from "../ui/Button";
import { CheckField, Pill, SelectField, TextField } from "../ui/Form";
import { dollars, duration, plural, words } from "../ui/format";
import { Empty, ErrorPanel, Skeleton } from "../ui/Panels";
import { useKept } from "../ui/useKept";
import { useEvals, useStartEval } from "./queries";
import { evalModes, type EvalConfig, type EvalInfo, type EvalMode } from "./types";

interface Form {
  name: string;
  mode: EvalMode;
  agent: string;
  samples: string;
  concurrency: string;
  passThreshold: string;
  repeatThreshold: string;
  approvals: "approve" | "reject";
  model: string;
  cost: string;
  useScripts: boolean;
}

const usual: Form = {
  name: "",
  mode: "sequential",
  agent: "",
  samples: "3",
  concurrency: "4",
  passThreshold: "0.7",
  repeatThreshold: "0.5",
  approvals: "approve",
  model: "",
  cost: "",
  useScripts: false,
};

/** Says what is run and how, and what that will take. */
export default function NewEvalPage() {
  usePageTitle("New eval");
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const [form, setForm] = useKept<Form>(`new-eval/${workspace}`, usual);
  const set = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const tests = useTests();
  const all = useMemo(() => (tests.data?.pages ?? []).flatMap(({ items }) => items), [tests.data]);
  const tag = parameters.get("tag");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const named = parameters.get("tests")?.split(",") ?? null;
  const chosen = all.filter((test) => (tag === null || test.case.tags?.includes(tag)) && (named === null || named.includes(test.id)));
  const run = chosen.filter(({ id }) => !left.has(id));
  const tags = [...new Set(all.flatMap((test) => test.case.tags ?? []))].sort();
  const agents = useAgents().data ?? [];
  const start = useStartEval();
  const errors = start.error instanceof Problem ? start.error.errors : [];
  const problem = (path: string) => errors.find((error) => error.path === `config.${path}`)?.message;
  const others = errors.filter(({ path }) => !fieldPaths.has(path));
  const forecast = useForecast(run.length, Number(form.samples), Number(form.concurrency));
  const hasScripts = run.some((test) => test.case.script != null);
  const begin = () =>
    start.mutate(
      { name: form.name, tests: run.map(({ id }) => id), config: toConfig(form), useScripts: form.useScripts && hasScripts },
      { onSuccess: (info) => void navigate(`/w/${workspace}/evals/${info.id}`) },
    );
  const canBegin = run.length > 0 && !start.isPending;
  useShortcut("mod+enter", "Start", "New eval", begin, canBegin);

  return (
    <>
      <div className="flex min-h-11 shrink-0 items-center gap-2 border-b border-line px-3">
        <h1 className="flex items-center gap-2 font-semibold">
          <Link to={`/w/${workspace}/evals`} className="text-muted hover:text-text">
            Evals
          </Link>
          <span aria-hidden className="text-muted">
            /
          </span>
          New eval
        </h1>
        <span className="flex-1" />
        <Button kind="primary" disabled={!canBegin} onClick={begin}>
          Start {run.length > 0 ? plural(run.length * (Number(form.samples) || 0), "sample") : ""}
        </Button>
      </div>
      <div className="scroll min-h-0 flex-1">
        {tests.isPending && <Skeleton rows={8} />}
        {tests.isError && <ErrorPanel error={tests.error} what="The tests cannot be read." onRetry={() => void tests.refetch()} />}
        {tests.data && all.length === 0 && (
          <Empty title="There are no tests to run yet.">
            <Link to={`/w/${workspace}/tests`} className="text-accent underline underline-offset-2">
              Make a test
            </Link>
          </Empty>
        )}
        {all.length > 0 && (
          <form className="grid max-w-5xl gap-6 p-4 lg:grid-cols-2" onSubmit={(event) => event.preventDefault()}>
            <section aria-label="Tests" className="flex min-w-0 flex-col gap-2">
              <h2 className="text-base font-semibold">Tests</h2>
              {tags.length > 0 && (
                <div role="group" aria-label="Filter by tag" className="flex flex-wrap gap-1">
                  {[null, ...tags].map((name) => (
                    <Pill key={name ?? ""} isOn={tag === name} onClick={() => setParameters(name === null ? {} : { tag: name }, { replace: true })}>
                      {name ?? "all"}
                    </Pill>
                  ))}
                </div>
              )}
              <ul className="scroll max-h-96 rounded-lg border border-line bg-surface p-2" aria-label="Tests to run">
                {chosen.map(({ id }) => (
                  <li key={id} className="min-w-0 [&_label]:min-w-0 [&_label]:break-all">
                    <CheckField
                      label={id}
                      isOn={!left.has(id)}
                      onChange={(isOn) =>
                        setLeft((before) => {
                          const after = new Set(before);
                          if (isOn) after.delete(id);
                          else after.add(id);
                          return after;
                        })
                      }
                    />
                  </li>
                ))}
              </ul>
              {hasScripts && <CheckField label="run scripts in the place of inputs, without a model" isOn={form.useScripts} onChange={(useScripts) => set({ useScripts })} />}
              <section aria-label="Forecast" className="rounded-lg bg-sunken p-3">
                <h3 className="font-medium">What it will take</h3>
                <p className="num text-muted">
                  {plural(run.length, "case")} × {form.samples || "0"} = {plural(run.length * (Number(form.samples) || 0), "sample")}
                  {forecast ? `, about ${duration(forecast.ms)}${forecast.costUsd === null ? ", cost not known" : `, about ${dollars(forecast.costUsd)}`}` : ""}
                </p>
                <p className="text-xs text-muted">{forecast ? `As in the last ${plural(forecast.evals, "eval")} here.` : "How long it takes and what it costs is forecast from earlier evals; there is none yet."}</p>
              </section>
            </section>
            <section aria-label="How it is run" className="flex min-w-0 flex-col gap-3">
              <h2 className="text-base font-semibold">How it is run</h2>
              <TextField label="Name" value={form.name} placeholder={tag ?? "tests"} onChange={(name) => set({ name })} />
              <div className="grid grid-cols-2 gap-3">
                <SelectField label="What is tested" value={form.mode} onChange={(mode) => set({ mode })} choices={evalModes.map((mode) => [mode, words(mode)] as const)} problem={problem("mode")} />
                <SelectField label="Agent that is asked" value={form.agent} onChange={(agent) => set({ agent })} choices={[["", "the usual one"], ...agents.map(({ name }) => [name, name] as const)]} problem={problem("targetAgentId")} />
                <TextField label="Samples per case" inputMode="numeric" value={form.samples} onChange={(samples) => set({ samples })} problem={problem("samplesPerCase")} hint="4 or more can show a change." />
                <TextField label="Samples at once" inputMode="numeric" value={form.concurrency} onChange={(concurrency) => set({ concurrency })} problem={problem("concurrency")} />
                <TextField label="A sample passes from" inputMode="decimal" value={form.passThreshold} onChange={(passThreshold) => set({ passThreshold })} problem={problem("passThreshold")} hint="Score, 0 to 1." />
                <TextField label="A case passes from" inputMode="decimal" value={form.repeatThreshold} onChange={(repeatThreshold) => set({ repeatThreshold })} problem={problem("repeatThreshold")} hint="Share of its samples." />
                <SelectField
                  label="Approval requests"
                  value={form.approvals}
                  onChange={(approvals) => set({ approvals })}
                  choices={[
                    ["approve", "approve"],
                    ["reject", "reject"],
                  ]}
                />
                <TextField label="Cost limit in $" inputMode="decimal" placeholder="none" value={form.cost} onChange={(cost) => set({ cost })} problem={problem("limits.costUsd")} />
              </div>
              <TextField label="Judge’s model" value={form.model} placeholder="where a test has a judge" onChange={(model) => set({ model })} problem={problem("model")} hint="Best of another family than the agents’ models." />
            </section>
            {start.isError && (
              <div className="lg:col-span-2">
                {others.length > 0 ? (
                  <div role="alert" className="rounded-lg border border-line bg-bad-soft p-3">
                    <p className="font-medium text-bad">Nothing was run: {plural(others.length, "problem")}</p>
                    <ul className="mt-1 list-disc pl-4">
                      {others.map(({ path, message }, index) => {
                        const test = run[Number(/^cases\[(\d+)\]/.exec(path)?.[1] ?? -1)];
                        return (
                          <li key={index} className="break-words">
                            {test ? (
                              <Link to={`/w/${workspace}/tests/${encodeURIComponent(test.id)}`} className="mr-1.5 underline underline-offset-2">
                                {test.id}
                              </Link>
                            ) : null}
                            <code className="mr-1.5 font-mono text-xs">{path.replace(/^cases\[\d+\]\.?/, "")}</code>
                            {message}
                          </li>
                        );
                      })}
                    </ul>
                  </div>
                ) : (
                  errors.length === 0 && <ErrorPanel error={start.error} what="The eval was not started." />
                )}
              </div>
            )}
          </form>
        )}
      </div>
    </>
  );
}

const fieldPaths = new Set(["mode", "targetAgentId", "samplesPerCase", "concurrency", "passThreshold", "repeatThreshold", "limits.costUsd", "model"].map((name) => `config.${name}`));

function toConfig(form: Form): Partial<EvalConfig> {
  const number = (text: string) => Number(text.replace(",", ".")) || 0;
  return {
    mode: form.mode,
    ...(form.agent === "" ? {} : { targetAgentId: form.agent }),
    samplesPerCase: Math.trunc(number(form.samples)),
    concurrency: Math.trunc(number(form.concurrency)),
    passThreshold: number(form.passThreshold),
    repeatThreshold: number(form.repeatThreshold),
    approvals: form.approvals,
    ...(form.model.trim() === "" ? {} : { model: form.model.trim() }),
    ...(form.cost.trim() === "" ? {} : { limits: { costUsd: number(form.cost) } }),
  };
}

const MostPast = 5;

/** How long and how dear, by the samples of the last evals; null: there was none. */
function useForecast(cases: number, samples: number, concurrency: number): { evals: number; ms: number; costUsd: number | null } | null {
  const past = (useEvals().data?.pages[0]?.items ?? []).filter((info): info is EvalInfo & { summary: NonNullable<EvalInfo["summary"]> } => info.summary != null && info.summary.latency != null).slice(0, MostPast);
  const planned = cases * samples;
  if (past.length === 0 || !(planned > 0) || !(concurrency > 0)) return null;
  const done = past.reduce((total, { summary }) => total + summary.totals.planned, 0);
  const ms = past.reduce((total, { summary }) => total + summary.latency!.p50Ms * summary.totals.planned, 0) / done;
  const costs = past.map(({ summary }) => summary.costUsd);
  const cost = costs.every((value): value is number => typeof value === "number") ? (costs.reduce((total, value) => total + value, 0) / done) * planned : null;
  return { evals: past.length, ms: (ms * planned) / Math.min(concurrency, planned), costUsd: cost };
}
