import { ChevronRight } from "lucide-react";
import { memo, useState } from "react";
import { asObject, handlesIn, inline } from "../plans/plan";
import { ReferenceChip } from "../plans/ReferenceChip";
import type { RunView, ToolView } from "../run/view";
import { duration, words } from "../ui/format";
import { Json } from "../ui/Json";
import { State } from "../ui/State";

const MostChips = 6;

/** A tool call on one line; its arguments and its result open below it. */
export const ToolRow = memo(function ToolRow({ tool, references }: { tool: ToolView; references: RunView["references"] }) {
  const [isOpen, setOpen] = useState(false);
  const handles = handlesIn(tool.result).slice(0, MostChips);
  return (
    <div data-testid="tool" data-state={tool.state}>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-7 w-full items-center gap-2 rounded-md px-1.5 py-0.5 text-left hover:bg-hover"
      >
        <ChevronRight className={`size-3.5 shrink-0 text-muted transition-transform ${isOpen ? "rotate-90" : ""}`} aria-hidden />
        <span className="shrink-0 font-medium">{words(tool.name)}</span>
        <span className="min-w-0 flex-1 truncate text-muted">{tool.progress ? tool.progress.label : target(tool)}</span>
        {tool.durationMs !== null && <span className="num text-xs text-muted">{duration(tool.durationMs)}</span>}
        <State of={tool.state} iconOnly={tool.state === "done"} />
      </button>
      {handles.length > 0 && !isOpen && (
        <div className="flex flex-wrap gap-1 pb-1 pl-7">
          {handles.map((handle) => (
            <ReferenceChip key={handle.id} handle={handle} glimpse={references[handle.id]?.glimpse} />
          ))}
        </div>
      )}
      {tool.error && <p className="pl-7 break-words text-bad">{tool.error.message}</p>}
      {isOpen && (
        <div className="flex flex-col gap-2 pt-1 pb-2 pl-7">
          {tool.args !== null && <Json value={tool.args} label="arguments" />}
          {tool.result !== null && <Json value={tool.result} label="result" />}
          {handles.length > 0 && (
            <div className="flex flex-wrap gap-1">
              {handles.map((handle) => (
                <ReferenceChip key={handle.id} handle={handle} glimpse={references[handle.id]?.glimpse} />
              ))}
            </div>
          )}
        </div>
      )}
    </div>
  );
});

/** What it is called with, in short. */
function target(tool: ToolView): string {
  return Object.values(asObject(tool.args))
    .filter((value) => typeof value !== "object")
    .map(inline)
    .join(" · ")
    .slice(0, 160);
}
