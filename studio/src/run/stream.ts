import type { RunEvent } from "../api/events";
import { apiUrl, fetchStatus, inWorkspace, read } from "../api/client";
import type { RunState } from "../api/types";
import { fold } from "./fold";
import { emptyRun, type RunView } from "./view";

/** Whether what is shown is all there is. */
export type Connection = "loading" | "live" | "reconnecting" | "ended" | "failed";

export interface RunSnapshot {
  view: RunView;
  connection: Connection;
  /** The events, in order, for lists of them. The array grows; a new one comes with every change. */
  events: readonly RunEvent[];
  error: Error | null;
}

interface EventPage {
  events: RunEvent[];
  lastSequence: number;
  state: RunState;
}

const PageSize = 5000;
const LongestPauseMs = 30_000;

/** Text that streams is drawn 30 times a second: more is not read, and leaves no time for typing. */
const DrawEveryMs = 33;

/**
 * The events of one run: first what is recorded, then what comes, over one connection that goes on where it was cut off. Subscribers are told
 * at most 30 times a second. Nobody's leaving changes the run.
 */
export class RunStream {
  private readonly workspace: string;
  private readonly runId: string;
  private readonly listeners = new Set<() => void>();
  private snapshot: RunSnapshot = { view: emptyRun(), connection: "loading", events: [], error: null };
  private waiting: RunEvent[] = [];
  private frame = 0;
  private pending: ReturnType<typeof setTimeout> | undefined;
  private drawnAt = 0;
  private source: EventSource | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private attempts = 0;
  private aborted: AbortController | null = null;

  constructor(workspace: string, runId: string) {
    this.workspace = workspace;
    this.runId = runId;
  }

  /** Whether anybody looks at it. */
  get isWatched(): boolean {
    return this.listeners.size > 0;
  }

  readonly get = (): RunSnapshot => this.snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) void this.open();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.close();
    };
  };

  /** Tries again at once, after it was given up or while it pauses. */
  readonly reconnect = (): void => {
    this.close();
    this.attempts = 0;
    void this.open();
  };

  /** Gives the connection up while nobody sees the tab; `reconnect` goes on where it was. */
  readonly pauseWatching = (): void => this.close();

  private async open(): Promise<void> {
    if (this.isEnded()) return;
    const aborted = (this.aborted = new AbortController());
    try {
      // It may be another start of the server, which wants another token with what is written.
      if (this.attempts > 0) await fetchStatus(aborted.signal);
      for (;;) {
        const after = this.position();
        const path = `${inWorkspace(this.workspace, "runs", this.runId, "events")}?after=${after}&limit=${PageSize}`;
        const page = await read<EventPage>(path, aborted.signal);
        if (aborted.signal.aborted) return;
        this.waiting.push(...page.events);
        this.commit(isOver(page.state) && this.position() >= page.lastSequence ? "ended" : "live");
        if (page.events.length === 0 || this.position() >= page.lastSequence) break;
      }
      this.attempts = 0;
      if (!this.isEnded()) this.listen();
    } catch (error) {
      if (aborted.signal.aborted) return;
      this.pause(error as Error);
    }
  }

  private listen(): void {
    const source = new EventSource(`${apiUrl(inWorkspace(this.workspace, "runs", this.runId, "events"))}?after=${this.position()}`);
    this.source = source;
    source.onopen = () => {
      this.attempts = 0;
      if (this.snapshot.connection !== "live") this.commit("live");
    };
    source.onmessage = (message: MessageEvent<string>) => {
      try {
        this.waiting.push(JSON.parse(message.data) as RunEvent);
      } catch {
        return; // One event that cannot be read stops nothing; the journal has it.
      }
      this.draw();
    };
    source.addEventListener("reset", () => {
      this.waiting = [];
      this.snapshot = { ...this.snapshot, view: emptyRun(), events: [] };
    });
    source.addEventListener("end", () => {
      source.close();
      this.commit("ended");
    });
    source.onerror = () => {
      if (this.source !== source) return;
      source.close();
      this.source = null;
      this.pause(null);
    };
  }

  /** Commits with the next frame of the screen that is due. */
  private draw(): void {
    this.pending ??= setTimeout(() => (this.frame = requestAnimationFrame(() => this.commit("live"))), Math.max(0, DrawEveryMs - (performance.now() - this.drawnAt)));
  }

  /** Waits longer after every attempt that failed, and never as long as anybody else. */
  private pause(error: Error | null): void {
    this.commit("reconnecting", error);
    const longest = Math.min(LongestPauseMs, 500 * 2 ** this.attempts++);
    this.retry = setTimeout(() => void this.open(), longest * (0.5 + Math.random() / 2));
  }

  private close(): void {
    clearTimeout(this.retry);
    this.undraw();
    this.source?.close();
    this.source = null;
    this.aborted?.abort();
  }

  private undraw(): void {
    clearTimeout(this.pending);
    cancelAnimationFrame(this.frame);
    this.pending = undefined;
  }

  private isEnded(): boolean {
    return this.snapshot.connection === "ended";
  }

  private position(): number {
    return Math.max(this.snapshot.view.lastSequence, this.waiting.at(-1)?.sequence ?? 0);
  }

  private commit(connection: Connection, error: Error | null = null): void {
    this.undraw();
    this.drawnAt = performance.now();
    const last = this.snapshot.view.lastSequence;
    const fresh = this.waiting.filter((event) => event.sequence > last);
    this.waiting = [];
    this.snapshot = {
      view: fresh.length > 0 ? fold(this.snapshot.view, fresh) : this.snapshot.view,
      events: fresh.length > 0 ? [...this.snapshot.events, ...fresh] : this.snapshot.events,
      connection,
      error,
    };
    for (const listener of this.listeners) listener();
  }
}

function isOver(state: RunState): boolean {
  return state === "finished" || state === "cancelled" || state === "failed";
}
