import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronRight, KeyRound, ShieldAlert } from "lucide-react";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { plural } from "../ui/format";
import { Empty } from "../ui/Panels";
import { ColumnProfile } from "./ColumnProfile";
import type { ColumnInfo } from "./data";
import { Distribution, ShareBar } from "./Distribution";
import { percent, short } from "./format";

const RowPx = 36;
const FilterFrom = 12;
const grid = "grid grid-cols-[1rem_minmax(0,1fr)_5.5rem] sm:grid-cols-[1rem_minmax(8rem,1fr)_7rem_7.5rem_5rem_minmax(8rem,14rem)] items-center gap-3 px-3";

/** The columns with what is in them; one is shown in full. */
export function Columns({ columns }: { columns: ColumnInfo[] }) {
  const [parameters, setParameters] = useSearchParams();
  const opened = parameters.get("column");
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const shown = useMemo(
    () => columns.filter(({ name, description, type }) => `${name} ${description} ${type ?? ""}`.toLowerCase().includes(wanted)),
    [columns, wanted],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => RowPx,
    getItemKey: (index) => shown[index]!.name,
    overscan: 12,
    initialOffset: Math.max(0, shown.findIndex(({ name }) => name === opened) * RowPx),
  });
  const open = (name: string) =>
    setParameters(
      (before) => {
        if (name === opened) before.delete("column");
        else before.set("column", name);
        return before;
      },
      { replace: true },
    );
  if (columns.length === 0) return <Empty title="No columns are known." />;
  return (
    <>
      {columns.length >= FilterFrom && (
        <div className="flex shrink-0 items-center gap-3 border-b border-line px-3 py-1.5">
          <input
            type="search"
            aria-label="Filter the columns"
            placeholder="Filter the columns"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="h-7 w-56 max-w-full rounded-md border border-line bg-surface px-2"
          />
          <span role="status" className="num text-xs text-muted">
            {plural(shown.length, "column")}
          </span>
        </div>
      )}
      <div ref={scroller} role="list" aria-label="Columns" className="scroll min-h-0 flex-1">
        <div role="presentation" aria-hidden className={`${grid} sticky top-0 z-10 h-8 border-b border-line bg-bg text-xs font-medium text-muted`}>
          <span />
          <span>Column</span>
          <span className="max-sm:text-right">Type</span>
          <span className="max-sm:hidden">Nulls</span>
          <span className="text-right max-sm:hidden">Distinct</span>
          <span className="max-sm:hidden">Values</span>
        </div>
        <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((item) => {
            const column = shown[item.index]!;
            const isOpen = column.name === opened;
            return (
              <div
                key={item.key}
                ref={rows.measureElement}
                data-index={item.index}
                role="listitem"
                aria-setsize={shown.length}
                aria-posinset={item.index + 1}
                className="absolute inset-x-0 border-b border-line"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <Row column={column} isOpen={isOpen} onOpen={() => open(column.name)} />
                {isOpen && <ColumnProfile column={column} />}
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

function Row({ column, isOpen, onOpen }: { column: ColumnInfo; isOpen: boolean; onOpen: () => void }) {
  const profile = column.profile ?? null;
  return (
    <button type="button" aria-expanded={isOpen} onClick={onOpen} className={`${grid} h-9 w-full text-left ${isOpen ? "bg-accent-soft" : "hover:bg-hover"}`}>
      <ChevronRight className={`size-3.5 text-muted ${isOpen ? "rotate-90" : ""}`} aria-hidden />
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="truncate font-medium">{column.name}</span>
        {column.isPrimaryKey && <Mark icon={<KeyRound className="size-3 text-accent" aria-hidden />} means="primary key" />}
        {column.isUnique && !column.isPrimaryKey && <span className="shrink-0 text-xs text-muted">unique</span>}
        {profile?.personalData && <Mark icon={<ShieldAlert className="size-3.5 text-warn" aria-hidden />} means={`personal data: ${profile.personalData.replaceAll("_", " ")}`} />}
        {column.description && <span className="min-w-0 flex-1 truncate text-xs text-muted max-lg:hidden">{column.description}</span>}
      </span>
      <span className="truncate font-mono text-xs text-muted max-sm:text-right">
        {column.type ?? ""}
        {column.nullable === false && <span className="sr-only"> not null</span>}
      </span>
      {profile ? (
        <>
          <span className="flex items-center gap-2 max-sm:hidden">
            <ShareBar share={profile.nullShare ?? 0} tone="warn" />
            <span className={`num shrink-0 text-xs ${profile.nullShare ? "text-text" : "text-muted"}`}>
              {percent(profile.nullShare ?? 0)}
              <span className="sr-only"> null</span>
            </span>
          </span>
          <span className="num text-right text-xs text-muted max-sm:hidden">
            {typeof profile.distinctCount === "number" ? `${profile.isDistinctEstimate ? "~" : ""}${short(profile.distinctCount)}` : "–"}
            <span className="sr-only"> distinct</span>
          </span>
          <span className="min-w-0 max-sm:hidden">
            <Distribution profile={profile} />
          </span>
        </>
      ) : (
        <span className="col-span-3 text-xs text-muted max-sm:hidden">not profiled</span>
      )}
    </button>
  );
}

function Mark({ icon, means }: { icon: React.ReactNode; means: string }) {
  return (
    <span title={means} className="shrink-0">
      {icon}
      <span className="sr-only">{means}</span>
    </span>
  );
}
