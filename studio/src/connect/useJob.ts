import { useCallback, useSyncExternalStore } from "react";
import { apiUrl, inWorkspace } from "../api/client";
import { advance, noProgress, type JobMessage, type Progress } from "./progress";

interface JobSnapshot {
  progress: Progress;
  /** Whether nothing more comes: it has ended, or it is forgotten. */
  isOver: boolean;
}

/** What one job says, from its beginning. The browser goes on after what it has when the connection is lost. */
class JobStream {
  private readonly url: string;
  private readonly listeners = new Set<() => void>();
  private snapshot: JobSnapshot = { progress: noProgress, isOver: false };
  private waiting: JobMessage[] = [];
  private frame = 0;
  private source: EventSource | null = null;
  private last = 0;

  constructor(workspace: string, job: string) {
    this.url = apiUrl(`${inWorkspace(workspace, "jobs", job)}/progress`);
  }

  readonly get = (): JobSnapshot => this.snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (!this.source && !this.snapshot.isOver) this.open();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.source?.close();
      this.source = null;
    };
  };

  private open(): void {
    const source = (this.source = new EventSource(this.url));
    source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
      const sequence = Number(lastEventId);
      // A stream that was opened anew begins at the beginning.
      if (sequence <= this.last) return;
      this.last = sequence;
      try {
        this.waiting.push(JSON.parse(data) as JobMessage);
      } catch {
        return; // One message that cannot be read stops nothing.
      }
      this.frame ||= requestAnimationFrame(() => this.commit(false));
    };
    source.addEventListener("end", () => {
      source.close();
      this.commit(true);
    });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED && this.source === source) this.commit(true);
    };
  }

  private commit(isOver: boolean): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const messages = this.waiting;
    this.waiting = [];
    this.snapshot = { progress: messages.length > 0 ? advance(this.snapshot.progress, messages) : this.snapshot.progress, isOver };
    for (const listener of this.listeners) listener();
  }
}

const MostKept = 20;
const streams = new Map<string, JobStream>();

/** The progress of a job, over one connection however many look at it. */
export function useJobProgress(workspace: string, job: string): JobSnapshot {
  const stream = streamOf(workspace, job);
  return useSyncExternalStore(
    useCallback((listener: () => void) => stream.subscribe(listener), [stream]),
    stream.get,
  );
}

function streamOf(workspace: string, job: string): JobStream {
  const key = `${workspace}/${job}`;
  let stream = streams.get(key);
  if (!stream) {
    stream = new JobStream(workspace, job);
    streams.set(key, stream);
    for (const old of [...streams.keys()].slice(0, -MostKept)) streams.delete(old);
  }
  return stream;
}
