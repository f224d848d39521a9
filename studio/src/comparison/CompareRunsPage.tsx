import { ArrowDown, ArrowLeftRight, ArrowUp } from "lucide-react";
import { useMemo } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import type { RunDetails, Trace } from "../api/types";
import { useShortcut } from "../shell/keys";
import { usePageTitle } from "../shell/usePageTitle";
import { Button } from "../ui/Button";
import { plural } from "../ui/format";
import { copy, ErrorPanel, Skeleton } from "../ui/Panels";
import { ChooseRun } from "./ChooseRun";
import { useSide } from "./queries";
import { Steps } from "./Steps";
import { compareSteps } from "./steps";
import { Summary } from "./Summary";

/** Two runs: how they were set up and what they came to, then what each did, step by step. */
export default function CompareRunsPage() {
  usePageTitle("Compare runs");
  const [parameters] = useSearchParams();
  const [left, right] = [parameters.get("left") ?? "", parameters.get("right") ?? ""];
  const [a, b] = [useSide(left), useSide(right)];
  if (left === "" || right === "") return <ChooseRun left={left} right={right} />;
  const failed = [a.trace, a.details, b.trace, b.details].find((query) => query.isError && !query.data);
  if (failed) return <ErrorPanel error={failed.error!} what="The runs cannot be compared." onRetry={() => void Promise.all([a.trace, a.details, b.trace, b.details].map((query) => query.refetch()))} />;
  if (!a.trace.data || !a.details.data || !b.trace.data || !b.details.data) return <Skeleton rows={10} />;
  return <Comparison left={{ trace: a.trace.data, details: a.details.data }} right={{ trace: b.trace.data, details: b.details.data }} />;
}

export interface Side {
  trace: Trace;
  details: RunDetails;
}

function Comparison({ left, right }: { left: Side; right: Side }) {
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const steps = useMemo(() => compareSteps(left.trace.spans, right.trace.spans), [left.trace, right.trace]);
  const differences = useMemo(() => steps.filter((step) => step.isDifference), [steps]);
  // An address without a step means the first that differs.
  const chosen = parameters.get("step") ?? differences[0]?.key ?? null;
  const place = differences.findIndex((step) => step.key === chosen);
  const choose = (key: string | undefined) =>
    key !== undefined &&
    setParameters(
      (before) => {
        before.set("step", key);
        return before;
      },
      { replace: true },
    );
  const next = () => choose(differences[place < 0 ? 0 : place + 1]?.key);
  const previous = () => choose(differences[Math.max(0, place - 1)]?.key);
  useShortcut("n", "Next difference", "Compare runs", next);
  useShortcut("p", "Previous difference", "Compare runs", previous);
  useShortcut("y", "Copy a link", "Compare runs", () => void copy(location.href, "Link copied"));
  useShortcut("Escape", "Back to all runs", "Compare runs", () => void navigate(`/w/${workspace}/runs`));
  return (
    <>
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <h1 className="flex items-center gap-2 font-semibold">
          <Link to={`/w/${workspace}/runs`} className="text-muted hover:text-text">
            Runs
          </Link>
          <span aria-hidden className="text-muted">
            /
          </span>
          Compare
        </h1>
        <span role="status" className="num text-xs text-muted">
          {differences.length === 0 ? "no difference" : place < 0 ? plural(differences.length, "difference") : `difference ${place + 1} of ${differences.length}`}
        </span>
        <span className="flex-1" />
        <Button onClick={previous} disabled={place <= 0} shortcut="p">
          <ArrowUp className="size-3.5" aria-hidden /> <span className="max-sm:sr-only">Previous</span>
        </Button>
        <Button onClick={next} disabled={place >= differences.length - 1} shortcut="n">
          <ArrowDown className="size-3.5" aria-hidden /> <span className="max-sm:sr-only">Next</span>
        </Button>
        <Button onClick={() => void navigate(`/w/${workspace}/runs/compare?${new URLSearchParams({ left: right.trace.id, right: left.trace.id })}`, { replace: true })}>
          <ArrowLeftRight className="size-3.5" aria-hidden /> <span className="max-sm:sr-only">Swap</span>
        </Button>
      </div>
      <Steps steps={steps} chosen={chosen} onChoose={choose} left={left.trace.id} right={right.trace.id}>
        <Summary left={left} right={right} differences={differences.length} steps={steps.length} />
      </Steps>
    </>
  );
}
