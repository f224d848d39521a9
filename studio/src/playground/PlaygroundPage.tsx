import { ArrowDown, PanelLeft, Plus } from "lucide-react";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useCancelRun, useStartRun, useStatus, useThread, useWorkspaceKey } from "../api/queries";
import type { RunRecord } from "../api/types";
import { useRun } from "../run/useRun";
import { stateOf } from "../run/view";
import { useShortcut } from "../shell/keys";
import { usePageTitle } from "../shell/usePageTitle";
import { Button, IconButton } from "../ui/Button";
import { Empty, ErrorPanel, Skeleton } from "../ui/Panels";
import { toast } from "../ui/toast";
import { Composer } from "./Composer";
import { RunTurn } from "./RunTurn";
import { ThreadList } from "./ThreadList";
import { firstLine, newId, promptsOf } from "./threads";
import { useStickToBottom } from "./useStickToBottom";

/** Conversations with agents. */
export function PlaygroundPage() {
  const workspace = useWorkspaceKey();
  const { thread: threadId } = useParams();
  const thread = useThread(threadId ?? null);
  const navigate = useNavigate();
  const [isListOpen, setListOpen] = useState(false);
  const start = useStartRun();
  const cancel = useCancelRun();
  const runs = thread.data?.runs ?? [];
  const last = runs.at(-1)?.run;
  const { isRunning, isWaiting } = useProgress(last);
  const { scroller, content, hasMore, toEnd } = useStickToBottom();
  const title = threadId ? thread.data?.title || firstLine(runs[0]?.prompt ?? "") || "Thread" : "New thread";
  usePageTitle(title === "New thread" ? "Playground" : title);
  useShortcut("n", "New thread", "Playground", () => void navigate(`/w/${workspace}/playground`));

  const send = (prompt: string, agent: string | null, done: () => void) => {
    const target = threadId ?? newId("thread");
    start.mutate(
      { thread: target, prompt, runId: newId("run"), ...(agent ? { agent } : {}) },
      {
        onSuccess: () => {
          done();
          toEnd();
          if (!threadId) void navigate(`/w/${workspace}/playground/${target}`);
        },
      },
    );
  };
  return (
    <div className="relative flex min-h-0 flex-1">
      <ThreadList isOpen={isListOpen} onClose={() => setListOpen(false)} />
      <section aria-label="Conversation" className="flex min-w-0 flex-1 flex-col">
        <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-3">
          <IconButton label="Threads" className="lg:hidden" icon={<PanelLeft className="size-4" aria-hidden />} onClick={() => setListOpen(true)} />
          <h1 className="min-w-0 flex-1 truncate font-semibold">{title}</h1>
          {threadId && (
            <Button kind="quiet" onClick={() => void navigate(`/w/${workspace}/playground`)}>
              <Plus className="size-3.5" aria-hidden /> New thread
            </Button>
          )}
        </div>
        <div ref={scroller} tabIndex={0} role="log" aria-label="Messages" aria-live="off" className="scroll relative min-h-0 flex-1">
          <div ref={content} className="mx-auto flex w-full max-w-3xl flex-col gap-8 px-4 py-5">
            {threadId && thread.isPending && <Skeleton rows={4} height={40} />}
            {threadId && thread.isError && !thread.data && <ErrorPanel error={thread.error} what="This thread cannot be read." onRetry={() => void thread.refetch()} />}
            {(!threadId || (thread.data && runs.length === 0)) && <Start onPrompt={(prompt) => send(prompt, null, () => {})} isBusy={start.isPending} />}
            {runs.map(({ run, prompt }) => (
              <RunTurn key={run.runId} run={run} prompt={prompt} hasKeys={run === last} onAgain={run === last && !start.isPending ? () => send(prompt, run.entryAgent, () => {}) : null} />
            ))}
          </div>
        </div>
        <div className="relative mx-auto w-full max-w-3xl px-4 pt-1 pb-3">
          {hasMore && (
            <Button className="absolute -top-9 left-1/2 -translate-x-1/2 rounded-full shadow-over" onClick={toEnd}>
              <ArrowDown className="size-3.5" aria-hidden /> More below
            </Button>
          )}
          {start.isError && <ErrorPanel error={start.error} what="The prompt was not taken. It is still here." />}
          <Composer
            key={threadId ?? "new"}
            draftOf={`${workspace}/${threadId ?? "new"}`}
            isRunning={isRunning}
            isWaiting={isWaiting}
            isBusy={start.isPending || cancel.isPending}
            onSend={send}
            onStop={() => last && cancel.mutate(last.runId, { onError: (error) => toast(error.message, "bad") })}
          />
        </div>
      </section>
    </div>
  );
}

/** Whether the last run of the thread goes on, and whether it waits, as its events say. */
function useProgress(last: RunRecord | undefined): { isRunning: boolean; isWaiting: boolean } {
  const workspace = useWorkspaceKey();
  const { view, connection } = useRun(workspace, last?.runId ?? null);
  if (!last) return { isRunning: false, isWaiting: false };
  const state = connection === "loading" && view.lastSequence === 0 ? last.state : view.end === null && last.state === "interrupted" ? last.state : stateOf(view);
  return { isRunning: state === "running" || state === "waiting", isWaiting: state === "waiting" };
}

/** What there is to begin with. */
function Start({ onPrompt, isBusy }: { onPrompt: (prompt: string) => void; isBusy: boolean }) {
  const workspace = useWorkspaceKey();
  const status = useStatus().data;
  const info = status?.workspaces.find(({ key }) => key === workspace);
  const prompts = promptsOf(info?.metadata);
  return (
    <Empty title={`Talk to the agents of ${info?.displayName ?? status?.app ?? "this app"}.`}>
      <p>{prompts.length > 0 ? "Begin with one of these, or write your own below." : "Write below what you want done. Plans wait for your approval."}</p>
      <ul className="flex w-full flex-col gap-2">
        {prompts.map(({ title, prompt }) => (
          <li key={title}>
            <button
              type="button"
              disabled={isBusy}
              onClick={() => onPrompt(prompt)}
              className="w-full rounded-lg border border-line bg-surface px-3 py-2 text-left text-text shadow-card hover:border-edge disabled:opacity-50"
            >
              <span className="block font-medium">{title}</span>
              {prompt !== title && <span className="line-clamp-2 text-muted">{firstLine(prompt)}</span>}
            </button>
          </li>
        ))}
      </ul>
    </Empty>
  );
}
