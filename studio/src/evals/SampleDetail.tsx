import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { useShortcut } from "../shell/keys";
import { IconButton } from "../ui/Button";
import { count, duration, price, time } from "../ui/format";
import { Markdown } from "../ui/Markdown";
import { ErrorPanel, Skeleton } from "../ui/Panels";
import { Mark } from "./Mark";
import { outcomeOf, score } from "./outcome";
import { Scores } from "./Scores";
import { selectRows, shows, sorts, type MatrixRow } from "./cells";
import type { SampleResult } from "./types";

interface SampleDetailProps {
  row: MatrixRow;
  sample: number;
  rows: readonly MatrixRow[];
  isLoading: boolean;
}

/** One sample in full: what was asked, what came, what it scored and why. */
export function SampleDetail({ row, sample, rows, isLoading }: SampleDetailProps) {
  const workspace = useWorkspaceKey();
  const { eval: id = "" } = useParams();
  const [parameters] = useSearchParams();
  const navigate = useNavigate();
  const search = parameters.size > 0 ? `?${parameters}` : "";
  const home = `/w/${workspace}/evals/${id}`;
  const result = row.samples[sample - 1];
  const trace = result?.traceId ? `/w/${workspace}/runs/${result.traceId}/trace` : null;
  const turn = (by: number) => {
    const next = neighbour(rows, parameters, row.id, sample, by);
    if (next) void navigate(`${home}/cases/${encodeURIComponent(next.id)}/samples/${next.sample}${search}`);
  };
  useShortcut("[", "Previous sample", "Eval", () => turn(-1));
  useShortcut("]", "Next sample", "Eval", () => turn(1));
  useShortcut("o", "Open the trace", "Eval", () => trace && void navigate(trace));
  return (
    <>
      <header className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-2 border-b border-line px-3 py-1">
        <h2 className="min-w-0 truncate font-semibold">{row.id}</h2>
        <span className="num text-muted">
          sample {sample} of {row.samples.length}
        </span>
        <span role="status" className="inline-flex">
          <Mark of={outcomeOf(result)} {...(typeof result?.scores?.score === "number" ? { label: `${outcomeOf(result)}, ${score(result.scores.score)}` } : {})} />
        </span>
        <span className="flex-1" />
        <IconButton label="Previous sample" icon={<ChevronLeft className="size-4" aria-hidden />} onClick={() => turn(-1)} />
        <IconButton label="Next sample" icon={<ChevronRight className="size-4" aria-hidden />} onClick={() => turn(1)} />
        <IconButton label="Close" icon={<X className="size-4" aria-hidden />} onClick={() => void navigate(home + search)} />
      </header>
      <div className="scroll flex min-h-0 flex-1 flex-col gap-4 p-4" tabIndex={0} role="group" aria-label="Sample in full">
        {result && <Figures result={result} trace={trace} test={`/w/${workspace}/tests/${encodeURIComponent(row.id)}`} />}
        {result?.error && <ErrorPanel error={Object.assign(new Error(result.error.message), { name: result.error.code })} what={result.scores ? "The run failed." : "The sample was not run properly: it is not scored, and does not count as 0."} />}
        <section aria-label="Input">
          <h3 className="mb-1 text-xs font-medium text-muted">Asked</h3>
          <p className="scroll max-h-48 break-words whitespace-pre-wrap" tabIndex={0}>
            {row.case.input}
          </p>
        </section>
        {result === undefined && (isLoading ? <Skeleton /> : <p className="text-muted">It has not begun.</p>)}
        {result === null && <p className="text-muted">It is running.</p>}
        {result?.output?.response && (
          <section aria-label="Answer given">
            <h3 className="mb-1 text-xs font-medium text-muted">Answered</h3>
            <Markdown text={result.output.response} />
          </section>
        )}
        {result?.scores && (
          <section aria-label="Scores">
            <h3 className="mb-1 text-xs font-medium text-muted">Scores</h3>
            <Scores testCase={row.case} scores={result.scores} output={result.output ?? null} />
          </section>
        )}
      </div>
    </>
  );
}

function Figures({ result, trace, test }: { result: SampleResult; trace: string | null; test: string }) {
  return (
    <p className="num flex flex-wrap gap-x-3 text-xs text-muted">
      <span>{time(result.startedAt)}</span>
      <span>{duration(result.latencyMs)}</span>
      {result.usage.totalTokens > 0 && <span>{count(result.usage.totalTokens)} tokens</span>}
      {price(result.costUsd) && <span>{price(result.costUsd)}</span>}
      {trace && (
        <Link to={trace} className="text-accent underline underline-offset-2">
          Trace
        </Link>
      )}
      <Link to={test} className="text-accent underline underline-offset-2">
        Test
      </Link>
    </p>
  );
}

/** The sample before or after, over the cases as they are shown. */
function neighbour(rows: readonly MatrixRow[], parameters: URLSearchParams, id: string, sample: number, by: number): { id: string; sample: number } | null {
  const show = shows.find((known) => known === parameters.get("show")) ?? "all";
  const sort = sorts.find((known) => known === parameters.get("sort")) ?? "dataset";
  const cells = selectRows(rows, show, sort, parameters.get("q") ?? "").flatMap((row) => row.samples.map((_, place) => ({ id: row.id, sample: place + 1 })));
  const place = cells.findIndex((cell) => cell.id === id && cell.sample === sample);
  return cells[place + by] ?? null;
}
