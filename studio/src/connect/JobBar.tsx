import type { Progress } from "./progress";

/** How far a job is. Without a number of steps it only says that it goes on. */
export function JobBar({ progress, isRunning, label }: { progress: Progress; isRunning: boolean; label: string }) {
  const { total, done } = progress;
  const share = total ? Math.min(1, done / total) : isRunning ? 0 : 1;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(total === null && isRunning ? {} : { "aria-valuenow": Math.round(share * 100) })}
      className="h-1.5 min-w-16 flex-1 overflow-hidden rounded-full bg-hover"
    >
      <div className={`h-full rounded-full bg-accent transition-[width] ${isRunning && share === 0 ? "pulse" : ""}`} style={{ width: `${Math.max(share * 100, isRunning ? 3 : 0)}%` }} />
    </div>
  );
}
