import { useVirtualizer } from "@tanstack/react-virtual";
import { Copy } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { Json as JsonValue } from "../api/types";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { duration, plural } from "../ui/format";
import { copy } from "../ui/Panels";
import { toCsv } from "./csv";
import type { QueryResult } from "./data";

const RowPx = 28;
const NumberPx = 56;
const CharacterPx = 7.4;
const [NarrowestPx, WidestPx] = [64, 320];
const MeasuredRows = 100;
const MostCellCharacters = 300;

/** What a query returned. Only the rows and columns in view are drawn; a row is shown in full by its number. */
export function ResultTable({ result, label }: { result: QueryResult; label: string }) {
  const { columns, rows } = result;
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const widths = useMemo(() => columns.map(({ name, type }, index) => widthOf([name, type ?? "", ...rows.slice(0, MeasuredRows).map((row) => textOf(row[index]!))])), [columns, rows]);
  const down = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => RowPx, overscan: 12 });
  const across = useVirtualizer({ horizontal: true, count: columns.length, getScrollElement: () => scroller.current, estimateSize: (index) => widths[index]!, overscan: 3 });
  const width = NumberPx + across.getTotalSize();
  const cells = across.getVirtualItems();
  const masked = new Set(result.masked);
  const isNumeric = (index: number) => typeof rows.find((row) => row[index] !== null)?.[index] === "number";
  return (
    <>
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1">
        <span role="status" className="num text-muted">
          {plural(result.rowCount, "row")} in {duration(result.elapsedMs)}
        </span>
        {result.truncatedBy && <span className="text-warn">{cut[result.truncatedBy] ?? `cut off by ${result.truncatedBy}`}</span>}
        {masked.size > 0 && <span className="text-muted">personal data is masked</span>}
        <span className="flex-1" />
        <Button kind="quiet" onClick={() => void copy(toCsv(columns.map(({ name }) => name), rows), `${plural(rows.length, "row")} copied as CSV`)}>
          <Copy className="size-3.5" aria-hidden /> Copy as CSV
        </Button>
      </div>
      <div ref={scroller} tabIndex={0} role="region" aria-label={label} data-testid="result" className="scroll min-h-0 flex-1">
        <div role="table" aria-label={label} aria-rowcount={rows.length + 1} aria-colcount={columns.length + 1} style={{ width, minWidth: "100%" }}>
          <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-bg">
            <div role="row" aria-rowindex={1} className="relative h-10">
              <span role="columnheader" aria-colindex={1} className="absolute inset-y-0 left-0" style={{ width: NumberPx }}>
                <span className="sr-only">Row</span>
              </span>
              {cells.map(({ index, start, size }) => (
                <span key={index} role="columnheader" aria-colindex={index + 2} className={`absolute inset-y-0 flex flex-col justify-center px-2 leading-tight ${isNumeric(index) ? "text-right" : ""}`} style={{ left: NumberPx + start, width: size }}>
                  <span className="truncate font-medium" title={columns[index]!.name}>
                    {columns[index]!.name}
                  </span>
                  <span className="truncate font-mono text-[11px] text-muted">{masked.has(columns[index]!.name) ? "masked" : (columns[index]!.type ?? "")}</span>
                </span>
              ))}
            </div>
          </div>
          <div role="rowgroup" className="relative" style={{ height: down.getTotalSize() }}>
            {down.getVirtualItems().map((row) => (
              <div key={row.index} role="row" aria-rowindex={row.index + 2} className="absolute inset-x-0 border-b border-line hover:bg-hover" style={{ height: RowPx, transform: `translateY(${row.start}px)` }}>
                <span role="rowheader" aria-colindex={1} className="absolute inset-y-0 left-0" style={{ width: NumberPx }}>
                  <button type="button" onClick={() => setOpened(row.index)} className="num h-full w-full px-2 text-right text-xs text-muted hover:text-text">
                    <span className="sr-only">Show row </span>
                    {row.index + 1}
                  </button>
                </span>
                {cells.map(({ index, start, size }) => (
                  <Cell key={index} value={rows[row.index]![index]!} column={index} left={NumberPx + start} width={size} />
                ))}
              </div>
            ))}
          </div>
        </div>
      </div>
      {opened !== null && rows[opened] && <RowDialog number={opened + 1} columns={columns} row={rows[opened]} onClose={() => setOpened(null)} />}
    </>
  );
}

const cut: Record<string, string> = { rows: "more rows were left out", bytes: "more rows were left out: the result is too large", values: "long values were cut" };

function Cell({ value, column, left, width }: { value: JsonValue; column: number; left: number; width: number }) {
  const text = textOf(value);
  const shown = text.length > MostCellCharacters ? `${text.slice(0, MostCellCharacters)}…` : text;
  return (
    <span role="cell" aria-colindex={column + 2} title={shown} className={`absolute inset-y-0 truncate px-2 leading-7 ${typeof value === "number" ? "num text-right" : ""}`} style={{ left, width }}>
      {value === null ? <i className="text-muted">null</i> : shown}
    </span>
  );
}

function RowDialog({ number, columns, row, onClose }: { number: number; columns: QueryResult["columns"]; row: JsonValue[]; onClose: () => void }) {
  return (
    <Dialog title={`Row ${number}`} isOpen onClose={onClose}>
      <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1">
        {columns.map(({ name }, index) => (
          <div key={index} className="contents">
            <dt className="break-words text-muted">{name}</dt>
            <dd className="break-words whitespace-pre-wrap">{row[index] === null ? <i className="text-muted">null</i> : textOf(row[index]!)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function textOf(value: JsonValue): string {
  return value === null ? "null" : typeof value === "object" ? JSON.stringify(value) : String(value);
}

function widthOf(texts: string[]): number {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return Math.round(Math.min(WidestPx, Math.max(NarrowestPx, longest * CharacterPx + 20)));
}
