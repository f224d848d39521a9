import { Ban, CircleCheck, CircleDashed, CircleX, Clock, Hand, LoaderCircle, RotateCcw, TriangleAlert } from "lucide-react";
import type { ComponentType } from "react";

type Tone = "good" | "warn" | "bad" | "info" | "muted";

interface Look {
  icon: ComponentType<{ className?: string; "aria-hidden"?: boolean }>;
  tone: Tone;
  word: string;
}

const tones: Record<Tone, string> = {
  good: "text-good",
  warn: "text-warn",
  bad: "text-bad",
  info: "text-info",
  muted: "text-muted",
};

const looks: Record<string, Look> = {
  running: { icon: LoaderCircle, tone: "info", word: "running" },
  executing: { icon: LoaderCircle, tone: "info", word: "executing" },
  opening: { icon: LoaderCircle, tone: "info", word: "opening" },
  waiting: { icon: Hand, tone: "warn", word: "waiting" },
  pending: { icon: Hand, tone: "warn", word: "waiting" },
  pending_approval: { icon: Hand, tone: "warn", word: "waiting for approval" },
  in_doubt: { icon: TriangleAlert, tone: "warn", word: "in doubt" },
  interrupted: { icon: TriangleAlert, tone: "warn", word: "interrupted" },
  finished: { icon: CircleCheck, tone: "good", word: "finished" },
  done: { icon: CircleCheck, tone: "good", word: "done" },
  ok: { icon: CircleCheck, tone: "good", word: "ok" },
  executed: { icon: CircleCheck, tone: "good", word: "executed" },
  approved: { icon: CircleCheck, tone: "good", word: "approved" },
  failed: { icon: CircleX, tone: "bad", word: "failed" },
  error: { icon: CircleX, tone: "bad", word: "failed" },
  rejected: { icon: CircleX, tone: "bad", word: "rejected" },
  cancelled: { icon: Ban, tone: "muted", word: "cancelled" },
  compensated: { icon: RotateCcw, tone: "warn", word: "taken back" },
  expired: { icon: Clock, tone: "muted", word: "expired" },
  draft: { icon: CircleDashed, tone: "muted", word: "draft" },
  not_started: { icon: CircleDashed, tone: "muted", word: "not started" },
  unfinished: { icon: CircleDashed, tone: "muted", word: "unfinished" },
};

/** A state as icon, word and colour. An unknown one is shown by its name. */
export function State({ of, label, iconOnly = false }: { of: string; label?: string; iconOnly?: boolean }) {
  const look = looks[of] ?? { icon: CircleDashed, tone: "muted" as const, word: of.replaceAll("_", " ") };
  const Icon = look.icon;
  const spins = Icon === LoaderCircle ? "animate-spin" : "";
  return (
    <span data-state={of} className={`inline-flex shrink-0 items-center gap-1 text-xs font-medium whitespace-nowrap ${tones[look.tone]}`}>
      <Icon className={`size-3.5 ${spins}`} aria-hidden />
      <span className={iconOnly ? "sr-only" : ""}>{label ?? look.word}</span>
    </span>
  );
}
