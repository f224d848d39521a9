import { Plus } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { useShortcut } from "../shell/keys";
import { usePageTitle } from "../shell/usePageTitle";
import { Button } from "../ui/Button";
import { ago, count, price, duration, plural, time } from "../ui/format";
import { Empty, ErrorPanel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";
import { useNow } from "../ui/useNow";
import { Mark } from "./Mark";
import { outcomeOfEval } from "./outcome";
import { useEvals } from "./queries";
import { Rate } from "./Rate";
import type { EvalInfo } from "./types";

/** All evals, newest first. Two of them can be compared. */
export default function EvalsPage() {
  usePageTitle("Evals");
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const evals = useEvals();
  const all = (evals.data?.pages ?? []).flatMap(({ items }) => items);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const begin = () => void navigate(`/w/${workspace}/evals/new`);
  useShortcut("n", "New eval", "Evals", begin);
  // The list is newest first: what comes later in it is the baseline.
  const pair = all.filter(({ id }) => chosen.includes(id)).map(({ id }) => id);
  return (
    <>
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <h1 className="font-semibold">Evals</h1>
        <span className="text-xs text-muted max-sm:hidden">{chosen.length === 1 ? "Choose another one to compare it with." : ""}</span>
        <span className="flex-1" />
        <Button disabled={pair.length !== 2} onClick={() => void navigate(`/w/${workspace}/evals/compare?${new URLSearchParams({ baseline: pair[1]!, candidate: pair[0]! })}`)}>
          Compare
        </Button>
        <Button kind="primary" onClick={begin}>
          <Plus className="size-3.5" aria-hidden /> New eval
        </Button>
      </div>
      {evals.isPending && <Skeleton rows={8} />}
      {evals.isError && all.length === 0 && <ErrorPanel error={evals.error} what="The evals cannot be read." onRetry={() => void evals.refetch()} />}
      {evals.data && all.length === 0 && (
        <Empty title="Nothing has been evaluated yet.">
          <p>An eval runs your tests, each several times, and tells what passes and how sure that is.</p>
          <Button kind="primary" onClick={begin}>
            New eval
          </Button>
        </Empty>
      )}
      {all.length > 0 && (
        <div className="scroll min-h-0 flex-1">
          <table className="w-full border-collapse text-left" aria-label="Evals">
            <thead className="sticky top-0 z-10 bg-bg text-xs text-muted">
              <tr className="h-8 border-b border-line">
                <th scope="col" className="w-9 pl-3 font-medium">
                  <span className="sr-only">Choose</span>
                </th>
                <th scope="col" className="px-2 font-medium">Eval</th>
                <th scope="col" className="px-2 font-medium">Result</th>
                <th scope="col" className="px-2 font-medium">Samples that passed</th>
                <th scope="col" className="px-2 text-right font-medium max-md:hidden">Cases</th>
                <th scope="col" className="px-2 text-right font-medium max-md:hidden">Cost</th>
                <th scope="col" className="px-2 text-right font-medium max-md:hidden">Time</th>
                <th scope="col" className="px-3 text-right font-medium max-sm:hidden">Started</th>
              </tr>
            </thead>
            <tbody>
              {all.map((info) => (
                <Row
                  key={info.id}
                  info={info}
                  isChosen={chosen.includes(info.id)}
                  onChoose={(isOn) => setChosen((before) => (isOn ? [...before, info.id].slice(-2) : before.filter((id) => id !== info.id)))}
                />
              ))}
            </tbody>
          </table>
          <div className="flex justify-center p-3 text-muted">
            {evals.hasNextPage ? (
              <Button disabled={evals.isFetchingNextPage} onClick={() => void evals.fetchNextPage()}>
                Show more after {count(all.length)}
              </Button>
            ) : (
              <span className="num">{plural(all.length, "eval")}</span>
            )}
          </div>
        </div>
      )}
    </>
  );
}

function Row({ info, isChosen, onChoose }: { info: EvalInfo; isChosen: boolean; onChoose: (isOn: boolean) => void }) {
  const workspace = useWorkspaceKey();
  const now = useNow();
  const end = info.endedAt ? Date.parse(info.endedAt) : now;
  const isComparable = info.state === "completed";
  return (
    <tr className="h-11 border-b border-line hover:bg-hover">
      <td className="pl-3">
        <input
          type="checkbox"
          aria-label={`Compare ${info.name} of ${time(info.startedAt)}`}
          checked={isChosen}
          disabled={!isComparable}
          title={isComparable ? "Compare it with another one" : "It has no result to compare."}
          className="size-4 align-middle accent-accent"
          onChange={(event) => onChoose(event.target.checked)}
        />
      </td>
      <td className="max-w-64 min-w-24 px-2">
        <Link to={`/w/${workspace}/evals/${info.id}`} className="block truncate font-medium hover:underline">
          {info.name}
        </Link>
        <span className="num text-xs text-muted sm:hidden">{ago(info.startedAt, now)}</span>
      </td>
      <td className="px-2">{info.state === "completed" ? <Mark of={outcomeOfEval(info)} /> : <State of={info.state} />}</td>
      <td className="px-2">{info.summary?.passRate ? <Rate of={info.summary.passRate} /> : <span className="text-muted">–</span>}</td>
      <td className="num px-2 text-right text-muted max-md:hidden">{count(info.cases)}</td>
      <td className="num px-2 text-right text-muted max-md:hidden">{price(info.summary?.costUsd) ?? "–"}</td>
      <td className="num px-2 text-right text-muted max-md:hidden">{info.state === "interrupted" ? "–" : duration(end - Date.parse(info.startedAt))}</td>
      <td className="num px-3 text-right whitespace-nowrap text-muted max-sm:hidden" title={time(info.startedAt)}>
        {ago(info.startedAt, now)}
      </td>
    </tr>
  );
}
