import { Bot, ChevronRight, FileText, RotateCcw } from "lucide-react";
import { useState } from "react";
import { asObject, asText } from "../plans/plan";
import { ReferenceChip } from "../plans/ReferenceChip";
import type { FrameView, PartView, RunView, ToolView } from "../run/view";
import { duration, words } from "../ui/format";
import { Json } from "../ui/Json";
import { Markdown } from "../ui/Markdown";
import { State } from "../ui/State";
import { firstLine } from "./threads";
import { ToolRow } from "./ToolRow";

/** Draws a request; at the places where none is drawn it is drawn further up, where it cannot be missed. */
type DrawApproval = (id: string) => React.ReactNode;

interface FrameProps {
  frame: FrameView;
  view: RunView;
  drawApproval: DrawApproval | null;
}

/** What an agent did, turn by turn. */
export function Frame({ frame, view, drawApproval }: FrameProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      {frame.turns.map((turn) =>
        turn.parts.map((part, index) => <Part key={`${turn.number}-${index}`} part={part} view={view} isLast={frame.isOpen && turn === frame.turns.at(-1) && index === turn.parts.length - 1} drawApproval={drawApproval} />),
      )}
    </div>
  );
}

function Part({ part, view, isLast, drawApproval }: { part: PartView; view: RunView; isLast: boolean; drawApproval: DrawApproval | null }) {
  switch (part.kind) {
    case "text":
      return part.isVoid ? <Folded summary="Text of an attempt that failed" text={part.text} /> : <div className="py-0.5"><Markdown text={part.text} /></div>;
    case "reasoning":
      return <Folded summary={isLast ? "Thinking…" : part.isVoid ? "Reasoning of an attempt that failed" : "Reasoning"} text={part.text} />;
    case "tool": {
      const tool = view.tools[part.key];
      if (!tool) return null;
      if (tool.frame === null) return <ToolRow tool={tool} references={view.references} />;
      return (
        <>
          <Lane tool={tool} view={view} />
          {drawApproval && approvalsBelow(view, tool.frame).map((id) => <div key={id}>{drawApproval(id)}</div>)}
        </>
      );
    }
    case "approval":
      return drawApproval?.(part.id) ?? null;
    case "retry":
      return (
        <p className="flex items-center gap-1.5 px-1.5 text-warn">
          <RotateCcw className="size-3.5 shrink-0" aria-hidden /> Attempt {part.attempt} after {duration(part.delayMs)}: {part.reason}
        </p>
      );
    case "file":
      return (
        <p className="flex items-center gap-1.5 px-1.5">
          <FileText className="size-3.5 shrink-0 text-muted" aria-hidden /> {part.name} <ReferenceChip handle={part.reference} />
        </p>
      );
    case "custom":
      return (
        <details className="px-1.5">
          <summary className="text-muted">{words(part.name)}</summary>
          <Json value={part.data} label={part.name} />
        </details>
      );
    case "notice":
      return <p className="px-1.5 text-muted">{part.text}</p>;
  }
}

function Folded({ summary, text }: { summary: string; text: string }) {
  return (
    <details className="px-1.5 text-muted">
      <summary className="w-fit">{summary}</summary>
      <p className="mt-1 border-l-2 border-line pl-3 break-words whitespace-pre-wrap">{text}</p>
    </details>
  );
}

/** An agent that was called by another: one line that tells what it does now, and all of its work when it is opened. */
function Lane({ tool, view }: { tool: ToolView; view: RunView }) {
  const frame = view.frames[tool.frame!]!;
  const [isOpen, setOpen] = useState(false);
  const task = asText(asObject(tool.args)["prompt"]);
  const isWaiting = approvalsBelow(view, frame.key).some((id) => view.approvals[id]!.decision === null) && !view.end;
  return (
    <div role="group" aria-label={`Agent ${frame.agent}`} data-testid="lane" className="min-w-0 rounded-lg border border-line bg-surface">
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="flex min-h-8 w-full items-center gap-2 rounded-lg px-2 text-left hover:bg-hover">
        <ChevronRight className={`size-3.5 shrink-0 text-muted transition-transform ${isOpen ? "rotate-90" : ""}`} aria-hidden />
        <Bot className="size-3.5 shrink-0 text-muted" aria-hidden />
        <span className="font-medium">{frame.agent}</span>
        <span className="min-w-0 flex-1 truncate text-muted">{isWaiting ? "waits for approval" : frame.isOpen ? activity(frame, view) : lastWords(frame) || firstLine(task)}</span>
        {tool.durationMs !== null && <span className="num text-xs text-muted">{duration(tool.durationMs)}</span>}
        <State of={isWaiting ? "waiting" : tool.state} iconOnly={tool.state === "done"} />
      </button>
      {isOpen && (
        <div className="flex flex-col gap-1 border-t border-line p-2">
          {task && <Folded summary="Task" text={task} />}
          <Frame frame={frame} view={view} drawApproval={null} />
        </div>
      )}
    </div>
  );
}

/** The requests of an agent's work and of all that it called. */
function approvalsBelow(view: RunView, frame: string): string[] {
  return Object.values(view.approvals)
    .filter((approval) => approval.frame === frame || approval.frame.startsWith(`${frame}/`))
    .map((approval) => approval.id);
}

function activity(frame: FrameView, view: RunView): string {
  const part = frame.turns.at(-1)?.parts.at(-1);
  if (!part) return "thinking…";
  if (part.kind === "tool") return words(view.tools[part.key]?.name ?? "");
  return part.kind === "text" ? firstLine(part.text.slice(-200)) : "thinking…";
}

function lastWords(frame: FrameView): string {
  const text = frame.turns.at(-1)?.parts.findLast((part) => part.kind === "text" && !part.isVoid);
  return text?.kind === "text" ? firstLine(text.text) : "";
}
