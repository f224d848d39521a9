import { useRead } from "../api/queries";
import type { RunDetails, RunState, Trace } from "../api/types";

const RunningEveryMs = 1500;
const WaitingEveryMs = 5000;

/** A run that is compared, read again while it goes on. */
export function useSide(id: string) {
  const isGiven = id !== "";
  const trace = useRead<Trace>("compared-trace", ["runs", id, "trace"], "?content=true", { enabled: isGiven, every: (known) => everyOf(known?.state) });
  const details = useRead<RunDetails>("compared-run", ["runs", id], "", { enabled: isGiven, every: (known) => everyOf(known?.run.state) });
  return { trace, details };
}

function everyOf(state: RunState | undefined): number | false {
  return state === "running" ? RunningEveryMs : state === "waiting" ? WaitingEveryMs : false;
}
