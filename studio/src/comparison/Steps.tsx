import { useVirtualizer } from "@tanstack/react-virtual";
import { UnfoldVertical } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { plural } from "../ui/format";
import { foldedRows, type Row } from "./rows";
import { StepRow } from "./StepRow";
import type { ComparedStep } from "./steps";

const RowPx = 32;

interface StepsProps {
  steps: readonly ComparedStep[];
  chosen: string | null;
  onChoose: (key: string) => void;
  left: string;
  right: string;
  /** What stands above the steps and scrolls with them. */
  children: ReactNode;
}

/** The steps of two runs beside each other; only those in view are drawn. */
export function Steps({ steps, chosen, onChoose, left, right, children }: StepsProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => foldedRows(steps, opened), [steps, opened]);
  const scroller = useRef<HTMLDivElement>(null);
  const above = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useEffect(() => {
    const element = above.current!;
    const observer = new ResizeObserver(() => setMargin(element.offsetHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => RowPx,
    getItemKey: (index) => keyOf(rows[index]!),
    overscan: 12,
    scrollMargin: margin,
  });
  const place = rows.findIndex((row) => row.kind === "step" && row.step.key === chosen);
  // Goes to what was chosen from elsewhere; what is opened by hand stays where it is.
  const [shown, byHand] = [useRef<string | null>(null), useRef(false)];
  useEffect(() => {
    if (margin === 0 || place < 0 || shown.current === chosen) return;
    const isFirst = shown.current === null;
    shown.current = chosen;
    if (byHand.current || (isFirst && place < 12)) byHand.current = false;
    else list.scrollToIndex(place, { align: "center" });
  }, [chosen, place, margin, list]);
  return (
    <div ref={scroller} tabIndex={0} role="group" aria-label="Comparison" className="scroll min-h-0 flex-1">
      <div ref={above}>{children}</div>
      <div role="list" aria-label="Steps" className="relative" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map((item) => {
          const row = rows[item.index]!;
          return (
            <div
              key={item.key}
              ref={list.measureElement}
              data-index={item.index}
              role="listitem"
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0"
              style={{ transform: `translateY(${item.start - margin}px)` }}
            >
              {row.kind === "fold" ? (
                <button
                  type="button"
                  onClick={() => setOpened((before) => new Set([...before, row.key]))}
                  className="flex h-7 w-full items-center gap-2 border-b border-line bg-sunken px-3 text-left text-xs text-muted hover:bg-hover"
                >
                  <UnfoldVertical className="size-3.5" aria-hidden /> {plural(row.steps, "step")} alike
                </button>
              ) : (
                <StepRow
                  step={row.step}
                  isOpen={row.step.key === chosen && row.step.change !== "same"}
                  onOpen={() => {
                    byHand.current = true;
                    onChoose(row.step.key);
                  }}
                  left={left}
                  right={right}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function keyOf(row: Row): string {
  return row.kind === "fold" ? `fold ${row.key}` : row.step.key;
}
