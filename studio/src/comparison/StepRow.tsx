import { Bot, Equal, Hand, type LucideIcon, MessageSquare, Minus, Pencil, Plus, Wrench, Zap } from "lucide-react";
import { Link } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { TextDiff } from "../diff/TextDiff";
import { count, duration, words } from "../ui/format";
import { State } from "../ui/State";
import { textOf, type Step } from "./signature";
import { fieldsThatDiffer, type ComparedStep, type StepChange } from "./steps";
import { Badge } from "./Summary";

const MostCharacters = 20_000;
const icons: Record<string, LucideIcon> = { invoke_agent: Bot, chat: MessageSquare, execute_tool: Wrench, approval: Hand, action: Zap };
const changes: Record<StepChange, { icon: LucideIcon; word: string; tone: string; row: string }> = {
  same: { icon: Equal, word: "alike", tone: "text-muted", row: "" },
  changed: { icon: Pencil, word: "differs", tone: "text-warn", row: "bg-warn-soft/40" },
  left: { icon: Minus, word: "only A", tone: "text-bad", row: "bg-bad-soft/40" },
  right: { icon: Plus, word: "only B", tone: "text-good", row: "bg-good-soft/40" },
};

interface StepRowProps {
  step: ComparedStep;
  isOpen: boolean;
  onOpen: () => void;
  left: string;
  right: string;
}

/** A step on a line; opened, how its fields differ. */
export function StepRow({ step, isOpen, onOpen, left, right }: StepRowProps) {
  const known = (step.left ?? step.right)!;
  const look = changes[step.change];
  const [Icon, Kind] = [look.icon, icons[known.span.kind] ?? Wrench];
  const line = (
    <>
      <span className={`flex w-20 shrink-0 items-center gap-1.5 text-xs font-medium ${look.tone} max-sm:w-4`}>
        <Icon className="size-3.5 shrink-0" aria-hidden /> <span className="max-sm:sr-only">{look.word}</span>
      </span>
      <span className={`flex min-w-0 shrink-0 items-center gap-1.5 ${step.change === "same" ? "text-muted" : "font-medium"}`} style={{ paddingLeft: Math.min(step.level - 1, 6) * 12 }}>
        <Kind className="size-3.5 shrink-0 text-muted" aria-hidden />
        <span className="truncate">{titleOf(known)}</span>
      </span>
      <span className="min-w-0 flex-1 truncate text-muted">{detailOf(step)}</span>
      <span className="num hidden shrink-0 text-xs text-muted sm:block">{timesOf(step)}</span>
    </>
  );
  const className = `flex h-8 w-full items-center gap-3 border-b border-line px-3 text-left ${look.row}`;
  if (step.change === "same") {
    return (
      <div data-state={step.change} className={className}>
        {line}
      </div>
    );
  }
  return (
    <>
      <button type="button" data-state={step.change} aria-expanded={isOpen} onClick={onOpen} className={`${className} hover:bg-hover ${isOpen ? "shadow-[inset_3px_0_0_var(--accent)]" : ""}`}>
        {line}
      </button>
      {isOpen && <Differences step={step} left={left} right={right} />}
    </>
  );
}

function Differences({ step, left, right }: { step: ComparedStep; left: string; right: string }) {
  const workspace = useWorkspaceKey();
  const sides = [["A", left, step.left], ["B", right, step.right]] as const;
  return (
    <div data-testid="differences" className="flex flex-col gap-2 border-b border-line bg-surface px-3 py-2.5">
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        {sides.map(([name, run, side]) => (
          <span key={name} className="flex items-center gap-2">
            <Badge of={name} />
            {side ? (
              <>
                <State of={side.span.status} />
                <Link to={`/w/${workspace}/runs/${run}/trace?span=${encodeURIComponent(side.span.id)}`} className="text-accent underline underline-offset-2">
                  In its trace
                </Link>
              </>
            ) : (
              <span className="text-muted">did not do this</span>
            )}
          </span>
        ))}
      </div>
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4 gap-y-2 max-sm:grid-cols-1">
        {fieldsThatDiffer(step).map(({ name, before, after }) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0">
              <div tabIndex={0} role="group" aria-label={`${name}: how they differ`} className="scroll max-h-80 rounded-md bg-sunken p-2">
                <TextDiff before={before.slice(0, MostCharacters)} after={after.slice(0, MostCharacters)} isMono={/^[[{]/.test(before + after)} />
                {(before.length > MostCharacters || after.length > MostCharacters) && <p className="mt-1 text-xs text-muted">The first {count(MostCharacters)} characters are compared here.</p>}
              </div>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function titleOf({ span, turn }: Step): string {
  if (span.kind === "chat") return `Turn ${turn}`;
  if (span.kind === "invoke_agent") return span.name;
  if (span.kind === "approval") return "Request";
  return words(span.name);
}

/** What a step says on its line: what both say, or what tells them apart. */
function detailOf(step: ComparedStep): string {
  const { span } = (step.left ?? step.right)!;
  if (step.change === "changed") return fieldsThatDiffer(step).map(({ name }) => name).join(", ");
  if (span.kind === "chat") return textOf(span.output).slice(0, 300);
  if (span.kind === "invoke_agent") return "";
  const value = span.kind === "action" ? span.output : span.input;
  return value === undefined ? "" : (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 300);
}

function timesOf({ left, right }: ComparedStep): string {
  const [before, after] = [left, right].map((side) => (side?.span.durationMs === undefined ? null : duration(side.span.durationMs)));
  if (left && right) return before === after ? (before ?? "") : `${before ?? "–"} → ${after ?? "–"}`;
  return before ?? after ?? "";
}
