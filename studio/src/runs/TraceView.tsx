import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronRight } from "lucide-react";
import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useSearchParams } from "react-router";
import { useTrace } from "../api/queries";
import type { Trace } from "../api/types";
import { count, duration, price, words } from "../ui/format";
import { Json } from "../ui/Json";
import { ErrorPanel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";
import { traceRows, type TraceMeasure, type TraceRow } from "./trace";

const RowPx = 30;
const measures: readonly TraceMeasure[] = ["time", "tokens", "cost"];
const bars = { ok: "bg-accent", error: "bg-bad", waiting: "bg-warn pulse", unfinished: "bg-edge" };

/** A run as a waterfall of its agents, model calls, tools, waits and actions. */
export function TraceView({ run, version }: { run: string; version: number }) {
  const trace = useTrace(run, version);
  if (trace.isError && !trace.data) return <ErrorPanel error={trace.error} what="The trace cannot be read." onRetry={() => void trace.refetch()} />;
  return trace.data ? <Waterfall trace={trace.data} readAt={trace.dataUpdatedAt} /> : <Skeleton rows={10} height={22} />;
}

function Waterfall({ trace, readAt }: { trace: Trace; readAt: number }) {
  const [measure, setMeasure] = useState<TraceMeasure>("time");
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [parameters, setParameters] = useSearchParams();
  const rows = useMemo(() => traceRows(trace.spans, closed, measure, trace.endedAt ? Date.parse(trace.endedAt) : readAt), [trace, closed, measure, readAt]);
  const chosen = parameters.get("span");
  const place = Math.max(0, rows.findIndex((row) => row.span.id === chosen));
  const selected = rows.find((row) => row.span.id === chosen);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => RowPx, overscan: 16 });
  const select = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    setParameters({ span: row.span.id }, { replace: true });
    list.scrollToIndex(rows.indexOf(row));
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${rows.indexOf(row)}"]`)?.focus());
  };
  const fold = (row: TraceRow, isClosed: boolean) =>
    setClosed((before) => {
      const after = new Set(before);
      if (isClosed) after.add(row.span.id);
      else after.delete(row.span.id);
      return after;
    });
  const onKey = (event: KeyboardEvent) => {
    const row = rows[place];
    if (!row) return;
    const isClosed = closed.has(row.span.id);
    if (event.key === "ArrowDown") select(place + 1);
    else if (event.key === "ArrowUp") select(place - 1);
    else if (event.key === "Home") select(0);
    else if (event.key === "End") select(rows.length - 1);
    else if (event.key === "ArrowLeft" && row.hasChildren && !isClosed) fold(row, true);
    else if (event.key === "ArrowLeft") select(rows.findIndex((other) => other.span.id === row.span.parentId));
    else if (event.key === "ArrowRight" && isClosed) fold(row, false);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div role="group" aria-label="Width by" className="flex shrink-0 items-center gap-1 border-b border-line px-3 py-1.5">
        <span className="mr-1 text-muted">Width by</span>
        {measures.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={measure === name}
            onClick={() => setMeasure(name)}
            className={`h-6 rounded-full border px-2.5 text-xs font-medium ${measure === name ? "border-accent bg-accent-soft text-accent" : "border-line text-muted hover:bg-hover"}`}
          >
            {name}
          </button>
        ))}
        <span className="num ml-auto text-xs text-muted">{count(trace.spans.length)} spans</span>
      </div>
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <div ref={scroller} role="treegrid" aria-label="Trace" aria-rowcount={rows.length} onKeyDown={onKey} className="scroll min-h-0 min-w-0 flex-1">
          <div role="rowgroup" className="relative" style={{ height: list.getTotalSize() }}>
            {list.getVirtualItems().map((item) => (
              <SpanRow
                key={rows[item.index]!.span.id}
                row={rows[item.index]!}
                index={item.index}
                top={item.start}
                measure={measure}
                isClosed={closed.has(rows[item.index]!.span.id)}
                isSelected={rows[item.index]!.span.id === chosen}
                isTabStop={item.index === place}
                onSelect={select}
                onFold={fold}
              />
            ))}
          </div>
        </div>
        {selected && <SpanDetails row={selected} />}
      </div>
    </>
  );
}

interface SpanRowProps {
  row: TraceRow;
  index: number;
  top: number;
  measure: TraceMeasure;
  isClosed: boolean;
  isSelected: boolean;
  isTabStop: boolean;
  onSelect: (index: number) => void;
  onFold: (row: TraceRow, isClosed: boolean) => void;
}

function SpanRow({ row, index, top, measure, isClosed, isSelected, isTabStop, onSelect, onFold }: SpanRowProps) {
  const { span, level, hasChildren } = row;
  const value = format(row, measure);
  return (
    <div
      role="row"
      data-index={index}
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      {...(hasChildren ? { "aria-expanded": !isClosed } : {})}
      tabIndex={isTabStop ? 0 : -1}
      onClick={() => onSelect(index)}
      className={`absolute inset-x-0 flex cursor-pointer items-center border-b border-line -outline-offset-2 ${isSelected ? "bg-accent-soft" : "hover:bg-hover"}`}
      style={{ height: RowPx, transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className="flex w-[42%] min-w-0 items-center gap-1.5 pr-2 sm:w-[34%]" style={{ paddingLeft: 8 + Math.min(level - 1, 8) * 12 }}>
        {/* The keyboard folds with the arrow keys of the row. */}
        <span
          aria-hidden
          onClick={(event) => {
            if (!hasChildren) return;
            event.stopPropagation();
            onFold(row, !isClosed);
          }}
          className={`inline-flex size-5 shrink-0 items-center justify-center ${hasChildren ? "" : "invisible"}`}
        >
          <ChevronRight className={`size-3.5 text-muted transition-transform ${isClosed ? "" : "rotate-90"}`} />
        </span>
        <State of={span.status} iconOnly />
        <span className="truncate font-medium">{span.name}</span>
        <span className="truncate text-xs text-muted max-sm:hidden">{words(span.kind)}</span>
      </span>
      <span role="gridcell" aria-label={`${span.name}, ${value}, ${span.status}`} className="relative h-full min-w-0 flex-1">
        <span
          className={`absolute top-2 h-3.5 rounded-sm ${bars[span.status]} ${span.isCopied ? "opacity-40" : ""}`}
          style={{ left: `${row.start * 100}%`, width: `max(2px, ${row.length * 100}%)` }}
        />
      </span>
      <span role="gridcell" className="num w-20 shrink-0 pr-3 text-right text-xs text-muted">
        {value}
      </span>
    </div>
  );
}

function SpanDetails({ row: { span } }: { row: TraceRow }) {
  const facts: [string, string | undefined][] = [
    ["Agent", span.agent],
    ["Took", span.durationMs === undefined ? undefined : duration(span.durationMs)],
    ["Outcome", span.outcome],
    ["Tokens", span.usage && `${count(span.usage.inputTokens)} in, ${count(span.usage.outputTokens)} out, ${count(span.usage.cacheReadTokens)} cached`],
    ["Cost", price(span.costUsd) ?? undefined],
    ["From the original", span.isCopied ? "yes" : undefined],
    ["Error", span.errorCode && `${span.errorCode}: ${span.errorMessage ?? ""}`],
  ];
  return (
    <aside aria-label={`Span ${span.name}`} className="scroll shrink-0 border-line p-3 max-lg:max-h-[45%] max-lg:border-t lg:w-96 lg:border-l">
      <h2 className="flex items-center gap-2 font-semibold">
        <span className="min-w-0 truncate">{span.name}</span> <State of={span.status} />
      </h2>
      <dl className="num mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd className="min-w-0 break-words">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {span.input !== undefined && (
        <>
          <h3 className="mt-3 mb-1 text-xs font-semibold text-muted">Input</h3>
          <Json value={span.input} label="input" />
        </>
      )}
      {span.output !== undefined && (
        <>
          <h3 className="mt-3 mb-1 text-xs font-semibold text-muted">Output</h3>
          <Json value={span.output} label="output" />
        </>
      )}
    </aside>
  );
}

function format(row: TraceRow, measure: TraceMeasure): string {
  if (measure === "time") return duration(row.value);
  if (measure === "tokens") return count(row.value);
  return price(row.value) ?? "–";
}
