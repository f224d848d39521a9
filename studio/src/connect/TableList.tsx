import { useVirtualizer } from "@tanstack/react-virtual";
import { Eye, Table2 } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { leaveOnEscape, useShortcut } from "../shell/keys";
import { Button } from "../ui/Button";
import { count, plural } from "../ui/format";
import { Empty, ErrorPanel, Skeleton } from "../ui/Panels";
import type { TableInfo } from "./data";
import { parts, short } from "./format";
import { pathOf } from "./paths";
import { useTables } from "./queries";

const RowPx = 32;
const PauseMs = 120;

/** The tables by name. The server filters them and gives them in parts; only those in view are drawn. */
export function TableList({ selected }: { selected: string | null }) {
  const [parameters, setParameters] = useSearchParams();
  const filter = parameters.get("filter") ?? "";
  const [text, setText] = useState(filter);
  const tables = useTables(filter);
  const shown = useMemo(() => (tables.data?.pages ?? []).flatMap((page) => page.items), [tables.data]);
  const total = tables.data?.pages[0]?.total ?? 0;
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => setText(filter), [filter]);
  useEffect(() => {
    if (text === filter) return;
    const timer = setTimeout(
      () =>
        setParameters(
          (before) => {
            if (text) before.set("filter", text);
            else before.delete("filter");
            return before;
          },
          { replace: true },
        ),
      PauseMs,
    );
    return () => clearTimeout(timer);
    // What is written counts; an address that changes otherwise is taken over above.
  }, [text]);
  useShortcut("/", "Filter the tables", "Connect", () => field.current?.focus());

  return (
    <>
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-1.5">
        <input
          ref={field}
          type="search"
          aria-label="Filter the tables"
          placeholder="Filter  /"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={leaveOnEscape}
          className="h-7 min-w-0 flex-1 rounded-md border border-line bg-surface px-2"
        />
        <span role="status" className={`num shrink-0 text-xs text-muted ${tables.isPlaceholderData ? "pulse" : ""}`}>
          {tables.data ? plural(total, "table") : ""}
        </span>
      </div>
      {tables.isPending && <Skeleton rows={12} height={20} />}
      {tables.isError && shown.length === 0 && <ErrorPanel error={tables.error} what="The tables cannot be read." onRetry={() => void tables.refetch()} />}
      {tables.data && shown.length === 0 && (
        <Empty title={filter ? "No table is called like this." : "There are no tables."}>
          {filter ? <Button onClick={() => setText("")}>Show all tables</Button> : <p>The database has none that may be read.</p>}
        </Empty>
      )}
      {shown.length > 0 && (
        <Rows
          key={filter}
          tables={shown}
          total={total}
          selected={selected}
          hasMore={tables.hasNextPage}
          onMore={() => !tables.isFetchingNextPage && void tables.fetchNextPage()}
          query={filter && `?filter=${encodeURIComponent(filter)}`}
        />
      )}
    </>
  );
}

interface RowsProps {
  tables: readonly TableInfo[];
  total: number;
  selected: string | null;
  hasMore: boolean;
  onMore: () => void;
  query: string;
}

function Rows({ tables, total, selected, hasMore, onMore, query }: RowsProps) {
  const workspace = useWorkspaceKey();
  const scroller = useRef<HTMLDivElement>(null);
  const place = useRef(-1);
  const rows = useVirtualizer({ count: tables.length + (hasMore ? 1 : 0), getScrollElement: () => scroller.current, estimateSize: () => RowPx, overscan: 20 });
  const items = rows.getVirtualItems();
  const isAtEnd = hasMore && (items.at(-1)?.index ?? 0) >= tables.length;
  useEffect(() => {
    if (isAtEnd) onMore();
  }, [isAtEnd, tables.length, onMore]);

  // A link into the list shows where it leads.
  const at = selected === null ? -1 : tables.findIndex((table) => table.qualifiedName === selected);
  const hasScrolled = useRef(false);
  useEffect(() => {
    if (at < 0 || hasScrolled.current) return;
    hasScrolled.current = true;
    rows.scrollToIndex(at, { align: "auto" });
  }, [at, rows]);

  const move = (by: number) => {
    const next = Math.max(0, Math.min(tables.length - 1, (place.current < 0 ? at : place.current) + by));
    place.current = next;
    rows.scrollToIndex(next);
    const focus = () => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] a`)?.focus();
    focus();
    requestAnimationFrame(focus);
  };
  useShortcut("j", "Next table", "Connect", () => move(1));
  useShortcut("k", "Previous table", "Connect", () => move(-1));

  return (
    <div ref={scroller} role="list" aria-label="Tables" data-testid="tables" className="scroll min-h-0 flex-1">
      <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const table = tables[index];
          return (
            <div key={table?.qualifiedName ?? "more"} role="listitem" data-index={index} aria-setsize={total} aria-posinset={index + 1} className="absolute inset-x-0 px-1.5" style={{ height: RowPx, transform: `translateY(${start}px)` }}>
              {table ? (
                <Row table={table} isSelected={table.qualifiedName === selected} to={pathOf.table(workspace, table.qualifiedName) + query} />
              ) : (
                <span className="px-2 text-xs leading-8 text-muted">Loading…</span>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Row({ table, isSelected, to }: { table: TableInfo; isSelected: boolean; to: string }) {
  const [schema, name] = parts(table.qualifiedName);
  const Icon = table.kind === "view" ? Eye : Table2;
  return (
    <Link
      to={to}
      aria-current={isSelected ? "page" : undefined}
      title={table.description ? `${table.qualifiedName}: ${table.description.slice(0, 200)}` : table.qualifiedName}
      className={`flex h-[30px] items-center gap-2 rounded-md px-2 ${isSelected ? "bg-accent-soft" : "hover:bg-hover"}`}
    >
      <Icon className={`size-3.5 shrink-0 ${table.isCatalogued ? "text-accent" : "text-muted"}`} aria-hidden />
      <span className="min-w-0 flex-1 truncate">
        {schema !== "main." && <span className="text-muted">{schema}</span>}
        {name}
        {table.kind === "view" && <span className="sr-only"> (view)</span>}
      </span>
      {typeof table.rowCount === "number" && (
        <span className="num shrink-0 text-xs text-muted" title={plural(table.rowCount, "row")}>
          {short(table.rowCount)}
          <span className="sr-only"> rows, that is {count(table.rowCount)}</span>
        </span>
      )}
    </Link>
  );
}
