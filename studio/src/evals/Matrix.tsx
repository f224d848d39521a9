import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useMemo, useRef, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useParams } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { useShortcut } from "../shell/keys";
import { Pill } from "../ui/Form";
import { plural } from "../ui/format";
import { Empty } from "../ui/Panels";
import { isShown, selectRows, shows, sorts, type MatrixRow, type Show, type Sort } from "./cells";
import { looks, outcomeOf, score } from "./outcome";

const RowPx = 40;
const CellPx = 52;
const showNames: Record<Show, string> = { all: "all", failed: "failed", flaky: "flaky", unscored: "not scored" };
const sortNames: Record<Sort, string> = { dataset: "in order", score: "lowest score first", spread: "widest spread first", cost: "dearest first" };

/** Cases by samples. What is shown, and in which order, is part of the address. */
export function Matrix({ rows, selected }: { rows: readonly MatrixRow[]; selected: { caseId: string; sample: number } | null }) {
  const [parameters, setParameters] = useSearchParams();
  const show = shows.find((known) => known === parameters.get("show")) ?? "all";
  const sort = sorts.find((known) => known === parameters.get("sort")) ?? "dataset";
  const words = parameters.get("q") ?? "";
  const shown = useMemo(() => selectRows(rows, show, sort, words), [rows, show, sort, words]);
  const counts = useMemo(() => Object.fromEntries(shows.map((name) => [name, rows.filter((row) => isShown(row, name)).length])), [rows]);
  const samples = rows.reduce((most, row) => Math.max(most, row.samples.length), 0);
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [place, setPlace] = useState(0);
  const virtual = useVirtualizer({ count: shown.length, getScrollElement: () => scroller.current, estimateSize: () => RowPx, overscan: 10 });
  const move = (by: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, place + by));
    setPlace(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] a`)?.focus());
  };
  useShortcut("j", "Next case", "Eval", () => move(1));
  useShortcut("k", "Previous case", "Eval", () => move(-1));
  useShortcut("/", "Search cases", "Eval", () => search.current?.focus());
  const set = (name: string, value: string, none: string) =>
    setParameters(
      (before) => {
        if (value === none) before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true },
    );
  const columns = { gridTemplateColumns: `min(40vw, ${selected ? "12rem" : "20rem"}) 3.5rem repeat(${samples}, ${CellPx}px)` };
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <div role="group" aria-label="Show cases" className="flex flex-wrap gap-1">
          {shows.map((name) => (
            <Pill key={name} isOn={show === name} onClick={() => set("show", name, "all")}>
              {showNames[name]} <span className="num">{counts[name]}</span>
            </Pill>
          ))}
        </div>
        <span className="flex-1" />
        <input
          ref={search}
          type="search"
          aria-label="Search cases"
          placeholder="Search"
          value={words}
          onChange={(event) => set("q", event.target.value, "")}
          className="h-7 w-32 rounded-md border border-line bg-surface px-2"
        />
        <select aria-label="Order of cases" value={sort} onChange={(event) => set("sort", event.target.value, "dataset")} className="h-7 rounded-md border border-line bg-surface px-1">
          {sorts.map((name) => (
            <option key={name} value={name}>
              {sortNames[name]}
            </option>
          ))}
        </select>
      </div>
      {shown.length === 0 ? (
        <Empty title={rows.length === 0 ? "There are no cases yet." : "No case is like this."} />
      ) : (
        <div ref={scroller} className="scroll min-h-0 flex-1" role="table" aria-label="Cases by samples" aria-rowcount={shown.length + 1}>
          <div className="min-w-max">
            <div role="rowgroup" className="sticky top-0 z-20 border-b border-line bg-bg">
              <div role="row" aria-rowindex={1} className="grid h-7 items-center text-xs font-medium text-muted" style={columns}>
                <span role="columnheader" className="sticky left-0 bg-bg px-3">
                  {plural(shown.length, "case")}
                </span>
                <span role="columnheader" className="pr-2 text-right">
                  Mean
                </span>
                {Array.from({ length: samples }, (_, index) => (
                  <span key={index} role="columnheader" className="num text-center">
                    <span className="sr-only">Sample </span>
                    {index + 1}
                  </span>
                ))}
              </div>
            </div>
            <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
              {virtual.getVirtualItems().map(({ index, start }) => (
                <Row key={shown[index]!.id} row={shown[index]!} index={index} top={start} columns={columns.gridTemplateColumns} selected={selected?.caseId === shown[index]!.id ? selected.sample : 0} />
              ))}
            </div>
          </div>
        </div>
      )}
    </>
  );
}

interface RowProps {
  row: MatrixRow;
  index: number;
  top: number;
  columns: string;
  /** The sample that is open; 0: none of this row. */
  selected: number;
}

const Row = memo(function Row({ row, index, top, columns, selected }: RowProps) {
  const workspace = useWorkspaceKey();
  const { eval: id = "" } = useParams();
  const [parameters] = useSearchParams();
  const search = parameters.size > 0 ? `?${parameters}` : "";
  return (
    <div role="row" aria-rowindex={index + 2} data-index={index} className="absolute inset-x-0 grid items-center border-b border-line" style={{ height: RowPx, gridTemplateColumns: columns, transform: `translateY(${top}px)` }}>
      <span role="rowheader" className="sticky left-0 z-10 flex h-full min-w-0 items-center gap-2 bg-bg px-3" title={row.case.input}>
        <span className={`truncate ${row.passed === false ? "font-medium text-bad" : ""}`}>{row.id}</span>
        {row.isFlaky && <span className="shrink-0 rounded-full bg-warn-soft px-1.5 text-[11px] text-warn">flaky</span>}
      </span>
      <span role="cell" className="num pr-2 text-right text-muted">
        {score(row.score)}
      </span>
      {row.samples.map((sample, place) => {
        const outcome = outcomeOf(sample);
        const { icon: Icon, word, soft } = looks[outcome];
        const value = sample?.scores?.score;
        return (
          <span role="cell" key={place} className="flex justify-center">
            <Link
              to={`/w/${workspace}/evals/${id}/cases/${encodeURIComponent(row.id)}/samples/${place + 1}${search}`}
              data-state={outcome}
              aria-current={selected === place + 1 ? "true" : undefined}
              aria-label={`${row.id}, sample ${place + 1}: ${word}${typeof value === "number" ? `, ${score(value)}` : ""}`}
              className={`num inline-flex h-7 w-12 items-center justify-center gap-0.5 rounded-md text-[11px] font-medium ${soft} ${selected === place + 1 ? "outline-2 outline-accent" : "hover:outline hover:outline-edge"}`}
            >
              <Icon className={`size-3 shrink-0 ${outcome === "running" ? "animate-spin" : ""}`} aria-hidden />
              {typeof value === "number" && <span>{score(value)}</span>}
            </Link>
          </span>
        );
      })}
    </div>
  );
});
