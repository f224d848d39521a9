import { useVirtualizer } from "@tanstack/react-virtual";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import type { RunEvent } from "../api/events";
import type { Json as JsonValue } from "../api/types";
import { leaveOnEscape, useShortcut } from "../shell/keys";
import { Button } from "../ui/Button";
import { count, duration, exactTime } from "../ui/format";
import { Json } from "../ui/Json";
import { TimelineRows, type TimelineRow } from "./timeline";

const RowPx = 28;
const tones = { plain: "text-text", good: "text-good", warn: "text-warn", bad: "text-bad" };

/** All events of a run, one on a line; only those in view are drawn, so the page has a search of its own. */
export function Timeline({ events }: { events: readonly RunEvent[] }) {
  const [lines] = useState(() => new TimelineRows());
  const rows = useMemo(() => lines.of(events), [lines, events]);
  const [parameters, setParameters] = useSearchParams();
  const [search, setSearch] = useState("");
  const [onlyErrors, setOnlyErrors] = useState(false);
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const shown = useMemo(
    () => rows.filter((row) => (!onlyErrors || row.tone === "bad") && (wanted === "" || textOf(row).includes(wanted))),
    [rows, wanted, onlyErrors],
  );
  const field = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const opened = Number(parameters.get("event")) || null;
  const list = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => RowPx,
    getItemKey: (index) => shown[index]!.event.sequence,
    overscan: 16,
  });
  useShortcut("/", "Search the events", "Run", () => field.current?.focus());
  const linked = useRef(opened);
  useEffect(() => {
    const index = shown.findIndex((row) => row.event.sequence === linked.current);
    if (linked.current === null || index < 0) return;
    linked.current = null;
    list.scrollToIndex(index, { align: "center" });
  }, [shown, list]);
  const open = (sequence: number) =>
    setParameters(
      (before) => {
        if (opened === sequence) before.delete("event");
        else before.set("event", String(sequence));
        return before;
      },
      { replace: true },
    );
  const firstError = rows.find((row) => row.tone === "bad");

  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <input
          ref={field}
          type="search"
          aria-label="Search the events"
          placeholder="Search  /"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={leaveOnEscape}
          className="h-7 w-56 max-w-full rounded-md border border-line bg-surface px-2"
        />
        <Button kind="quiet" aria-pressed={onlyErrors} disabled={!firstError && !onlyErrors} onClick={() => setOnlyErrors(!onlyErrors)}>
          {onlyErrors ? "Show all" : "Errors only"}
        </Button>
        <span role="status" className="num ml-auto text-xs text-muted">
          {shown.length === rows.length ? `${count(rows.length)} lines` : `${count(shown.length)} of ${count(rows.length)} lines`}
        </span>
      </div>
      {shown.length === 0 && <p className="p-4 text-muted">{rows.length === 0 ? "Nothing has happened yet." : "No event has this text."}</p>}
      <div ref={scroller} tabIndex={0} role="list" aria-label="Events" data-testid="events" className="scroll min-h-0 flex-1">
        <div className="relative" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map((item) => {
            const row = shown[item.index]!;
            return (
              <div
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                role="listitem"
                aria-setsize={shown.length}
                aria-posinset={item.index + 1}
                className="absolute inset-x-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <Row row={row} isOpen={row.event.sequence === opened} onOpen={open} />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

function Row({ row, isOpen, onOpen }: { row: TimelineRow; isOpen: boolean; onOpen: (sequence: number) => void }) {
  const { event, depth, title, detail, tone, idleMs } = row;
  return (
    <>
      {idleMs > 0 && <p className="num border-y border-dashed border-line px-3 py-0.5 text-center text-xs text-muted">{duration(idleMs)} later</p>}
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => onOpen(event.sequence)}
        className={`flex h-7 w-full items-center gap-3 px-3 text-left hover:bg-hover ${isOpen ? "bg-accent-soft" : ""}`}
      >
        <span className="num w-10 shrink-0 text-right text-xs text-muted">{event.sequence}</span>
        <span className="num w-24 shrink-0 font-mono text-xs text-muted max-sm:hidden">{exactTime(event.at)}</span>
        <span className="w-20 shrink-0 truncate text-xs text-muted max-sm:hidden">{event.agent ?? "run"}</span>
        <span className={`shrink-0 font-medium ${tones[tone]}`} style={{ paddingLeft: Math.min(depth, 6) * 14 }}>
          {title}
        </span>
        <span className="min-w-0 flex-1 truncate text-muted">{detail}</span>
      </button>
      {isOpen && (
        <div className="border-b border-line px-3 py-2">
          <Json value={event as unknown as JsonValue} label={`event ${event.sequence}`} />
        </div>
      )}
    </>
  );
}

const texts = new WeakMap<RunEvent, string>();

/** All that is searched of a row: what it shows and all of its event. */
function textOf(row: TimelineRow): string {
  let text = texts.get(row.event);
  if (text === undefined) {
    text = JSON.stringify(row.event).toLowerCase();
    texts.set(row.event, text);
  }
  return `${row.title} ${row.detail}\n`.toLowerCase() + text;
}
