import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp, GitCompare } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useNewestRuns, useRuns, useWorkspaceKey } from "../api/queries";
import type { RunState, RunSummary } from "../api/types";
import { useShortcut } from "../shell/keys";
import { usePageTitle } from "../shell/usePageTitle";
import { Button } from "../ui/Button";
import { ago, count, duration, plural, shortId, time } from "../ui/format";
import { Empty, ErrorPanel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";
import { useNow } from "../ui/useNow";

const states: readonly RunState[] = ["running", "waiting", "finished", "failed", "cancelled", "interrupted"];
const RowPx = 44;

/** All runs, newest first. Rows never move under the pointer: what is new waits behind a button. */
export default function RunsPage() {
  usePageTitle("Runs");
  const workspace = useWorkspaceKey();
  const [parameters, setParameters] = useSearchParams();
  const state = states.find((known) => known === parameters.get("state")) ?? null;
  const filter = { state, thread: parameters.get("thread") };
  const runs = useRuns(filter);
  const newest = useNewestRuns(filter);
  const navigate = useNavigate();
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState(0);
  const [marked, setMarked] = useState<readonly RunSummary[]>([]);
  // A third takes the place of the one that was marked first.
  const mark = (run: RunSummary | undefined) =>
    run && setMarked((before) => (before.some(({ runId }) => runId === run.runId) ? before.filter(({ runId }) => runId !== run.runId) : [...before, run].slice(-2)));
  const compare = () => {
    const [older, newer] = [...marked].sort((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt));
    if (older && newer) void navigate(`/w/${workspace}/runs/compare?${new URLSearchParams({ left: older.runId, right: newer.runId })}`);
  };

  // States change where the rows stand; rows that are not listed yet wait.
  const fresh = useMemo(() => new Map(newest.data?.items.map((run) => [run.runId, run])), [newest.data]);
  const shown = useMemo(() => (runs.data?.pages ?? []).flatMap((page) => page.items).map((run) => fresh.get(run.runId) ?? run), [runs.data, fresh]);
  const firstShown = shown[0]?.runId;
  const waiting = firstShown === undefined ? fresh.size : [...fresh.keys()].indexOf(firstShown);

  const rows = useVirtualizer({ count: shown.length, getScrollElement: () => scroller.current, estimateSize: () => RowPx, overscan: 12 });
  const move = (to: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setPlace(next);
    rows.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] a`)?.focus());
  };
  useShortcut("j", "Next run", "Runs", () => move(place + 1));
  useShortcut("k", "Previous run", "Runs", () => move(place - 1));
  useShortcut("x", "Mark the run to compare it", "Runs", () => mark(shown[place]));
  useShortcut("d", "Compare the two marked runs", "Runs", compare, marked.length === 2);
  useShortcut("Escape", "Clear the filter", "Runs", () => void navigate(`/w/${workspace}/runs`), parameters.size > 0);

  return (
    <>
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5">
        <h1 className="font-semibold">Runs</h1>
        <div role="group" aria-label="Filter by state" className="flex flex-wrap gap-1">
          {[null, ...states].map((choice) => (
            <button
              key={choice ?? "all"}
              type="button"
              aria-pressed={state === choice}
              onClick={() =>
                setParameters((before) => {
                  if (choice) before.set("state", choice);
                  else before.delete("state");
                  return before;
                })
              }
              className={`h-6 rounded-full border px-2.5 text-xs font-medium ${state === choice ? "border-accent bg-accent-soft text-accent" : "border-line text-muted hover:bg-hover"}`}
            >
              {choice ?? "all"}
            </button>
          ))}
        </div>
        {filter.thread && <span className="text-xs text-muted">in thread {shortId(filter.thread)}</span>}
        <span className="flex-1" />
        {marked.length > 0 && (
          <>
            <span role="status" className="text-xs text-muted">
              {marked.length === 1 ? "1 marked: mark another to compare" : "2 marked"}
            </span>
            <Button kind="quiet" onClick={() => setMarked([])}>
              Unmark
            </Button>
            <Button kind="primary" shortcut="d" disabled={marked.length < 2} onClick={compare}>
              <GitCompare className="size-3.5" aria-hidden /> Compare
            </Button>
          </>
        )}
        {waiting > 0 && (
          <Button
            onClick={() => {
              void runs.refetch();
              scroller.current?.scrollTo({ top: 0 });
            }}
          >
            <ArrowUp className="size-3.5" aria-hidden /> {plural(waiting, "new run")}
          </Button>
        )}
      </div>
      {runs.isPending && <Skeleton rows={10} />}
      {runs.isError && shown.length === 0 && <ErrorPanel error={runs.error} what="The runs cannot be read." onRetry={() => void runs.refetch()} />}
      {runs.data && shown.length === 0 && (
        <Empty title={parameters.size > 0 ? "No run is like this." : "Nothing has run yet."}>
          {parameters.size > 0 ? (
            <Button onClick={() => setParameters({})}>Show all runs</Button>
          ) : (
            <Link to={`/w/${workspace}/playground`} className="text-accent underline underline-offset-2">
              Begin in the playground
            </Link>
          )}
        </Empty>
      )}
      {shown.length > 0 && (
        <div ref={scroller} className="scroll min-h-0 flex-1">
          <div role="table" aria-label="Runs" aria-rowcount={runs.hasNextPage ? -1 : shown.length + 1}>
            <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-bg">
              <div role="row" aria-rowindex={1} className={`${columns} h-8 text-xs font-medium text-muted`}>
                {["Marked", "State", "Agent", "Run", "Events", "Time", "Started"].map((name) => (
                  <span key={name} role="columnheader" className={hidden[name] ?? ""}>
                    {name === "Marked" ? <span className="sr-only">{name}</span> : name}
                  </span>
                ))}
              </div>
            </div>
            <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
              {rows.getVirtualItems().map((row) => (
                <Row
                  key={shown[row.index]!.runId}
                  run={shown[row.index]!}
                  index={row.index}
                  top={row.start}
                  workspace={workspace}
                  isMarked={marked.some(({ runId }) => runId === shown[row.index]!.runId)}
                  onMark={mark}
                  onFocus={setPlace}
                />
              ))}
            </div>
          </div>
          <div className="flex items-center justify-center gap-3 p-3 text-muted">
            {runs.hasNextPage ? (
              <Button disabled={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
                {runs.isFetchingNextPage ? "Loading…" : `Show more after ${count(shown.length)}`}
              </Button>
            ) : (
              <span className="num">{plural(shown.length, "run")}</span>
            )}
          </div>
        </div>
      )}
    </>
  );
}

const columns =
  "grid grid-cols-[1.5rem_6.5rem_minmax(0,1fr)_5.5rem] sm:grid-cols-[1.5rem_8rem_minmax(0,1fr)_7rem_4rem_6rem_6rem] items-center gap-3 px-3";
const hidden: Record<string, string> = { Run: "max-sm:hidden", Events: "max-sm:hidden text-right", Time: "max-sm:hidden text-right", Started: "text-right" };

interface RowProps {
  run: RunSummary;
  index: number;
  top: number;
  workspace: string;
  isMarked: boolean;
  onMark: (run: RunSummary) => void;
  onFocus: (index: number) => void;
}

function Row({ run, index, top, workspace, isMarked, onMark, onFocus }: RowProps) {
  const now = useNow();
  const isOver = run.state === "finished" || run.state === "failed" || run.state === "cancelled";
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      onFocus={() => onFocus(index)}
      className={`${columns} absolute inset-x-0 border-b border-line hover:bg-hover ${isMarked ? "bg-accent-soft" : ""}`}
      style={{ height: RowPx, transform: `translateY(${top}px)` }}
    >
      <span role="cell" className="z-1 flex">
        <label className="inline-flex size-6 items-center justify-center">
          <input type="checkbox" checked={isMarked} aria-label={`Mark run ${shortId(run.runId)} to compare it`} onChange={() => onMark(run)} className="size-4 accent-accent" />
        </label>
      </span>
      <span role="cell" className="flex">
        <State of={run.state} {...(run.finishReason && run.finishReason !== "stop" && run.state === "finished" ? { label: run.finishReason.replaceAll("_", " ") } : {})} />
      </span>
      <span role="cell" className="min-w-0">
        <Link to={`/w/${workspace}/runs/${run.runId}`} className="block truncate after:absolute after:inset-0">
          <span className="font-medium">{run.entryAgent}</span>
          {run.error && <span className="ml-2 text-bad">{run.error.message}</span>}
          {run.prompt && <span className="ml-2 text-muted">{run.prompt}</span>}
        </Link>
      </span>
      <span role="cell" className="truncate font-mono text-xs text-muted max-sm:hidden">
        {shortId(run.runId)}
      </span>
      <span role="cell" className="num text-right text-muted max-sm:hidden">
        {count(run.lastEvent)}
      </span>
      <span role="cell" className="num text-right text-muted max-sm:hidden">
        {duration((isOver ? Date.parse(run.updatedAt) : now) - Date.parse(run.startedAt))}
      </span>
      <span role="cell" className="num text-right text-muted" title={time(run.startedAt)}>
        {ago(run.startedAt, now)}
      </span>
    </div>
  );
}
