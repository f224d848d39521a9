import { useRead } from "../api/queries";
import type { RunDetails, RunState, Trace } from "../api/types";

const EveryMs = 1500;

/** A run that is compared, read again while it goes on. */
export function useSide(id: string) {
  const isGiven = id !== "";
  const trace = useRead<Trace>("compared-trace", ["runs", id, "trace"], "?content=true", { enabled: isGiven, every: (known) => (isActive(known?.state) ? EveryMs : false) });
  const details = useRead<RunDetails>("compared-run", ["runs", id], "", { enabled: isGiven, every: (known) => (isActive(known?.run.state) ? EveryMs : false) });
  return { trace, details };
}

function isActive(state: RunState | undefined): boolean {
  return state === "running" || state === "waiting";
}
