import { useEffect, useSyncExternalStore } from "react";
import { RunStream, type RunSnapshot } from "./stream";
import { emptyRun } from "./view";

const KeptStreams = 30;
const streams = new Map<string, RunStream>();
const nothing: RunSnapshot = { view: emptyRun(), connection: "loading", events: [], error: null };

/** A run's events so far, and those that come; without an id, of no run. Views of the same run share them. */
export function useRun(workspace: string, runId: string | null): RunSnapshot & { reconnect: () => void } {
  const stream = runId === null ? null : streamOf(workspace, runId);
  const snapshot = useSyncExternalStore(stream?.subscribe ?? never, stream?.get ?? (() => nothing));
  useEffect(() => {
    const onVisibility = () => {
      if (document.hidden) stream?.pauseWatching();
      else stream?.reconnect();
    };
    const onOnline = () => {
      if (stream?.get().connection === "reconnecting") stream.reconnect();
    };
    document.addEventListener("visibilitychange", onVisibility);
    window.addEventListener("online", onOnline);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      window.removeEventListener("online", onOnline);
    };
  }, [stream]);
  return { ...snapshot, reconnect: stream?.reconnect ?? (() => {}) };
}

function streamOf(workspace: string, runId: string): RunStream {
  const key = `${workspace}/${runId}`;
  let stream = streams.get(key);
  if (!stream) {
    stream = new RunStream(workspace, runId);
    streams.set(key, stream);
    for (const [oldest, kept] of streams) {
      if (streams.size <= KeptStreams) break;
      if (!kept.isWatched && kept !== stream) streams.delete(oldest);
    }
  }
  return stream;
}

function never(): () => void {
  return () => {};
}
