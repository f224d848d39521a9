import { Pencil, Plus, X } from "lucide-react";
import { useState } from "react";
import { NavLink, useNavigate } from "react-router";
import { useRenameThread, useThreads, useWorkspaceKey } from "../api/queries";
import type { ThreadSummary } from "../api/types";
import { Button, IconButton } from "../ui/Button";
import { ago } from "../ui/format";
import { ErrorPanel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";
import { toast } from "../ui/toast";
import { useNow } from "../ui/useNow";
import { titleOf } from "./threads";

/** The conversations, last used first. On a narrow page it lies over the conversation while it is open. */
export function ThreadList({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const threads = useThreads();
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const [renamed, setRenamed] = useState<string | null>(null);
  const shown = threads.data?.items ?? [];
  return (
    <aside
      aria-label="Threads"
      className={`w-60 shrink-0 flex-col border-r border-line bg-bg lg:flex ${isOpen ? "absolute inset-y-0 left-0 z-30 flex shadow-over" : "hidden"}`}
    >
      <div className="flex h-11 shrink-0 items-center justify-between border-b border-line px-3">
        <h2 className="font-semibold">Threads</h2>
        <div className="flex gap-1">
          <IconButton
            label="New thread"
            icon={<Plus className="size-4" aria-hidden />}
            onClick={() => {
              onClose();
              void navigate(`/w/${workspace}/playground`);
            }}
          />
          <IconButton label="Close threads" className="lg:hidden" icon={<X className="size-4" aria-hidden />} onClick={onClose} />
        </div>
      </div>
      {threads.isPending && <Skeleton rows={7} height={30} />}
      {threads.isError && !threads.data && <ErrorPanel error={threads.error} what="The threads cannot be read." onRetry={() => void threads.refetch()} />}
      {threads.data && shown.length === 0 && <p className="p-3 text-muted">Your conversations will be here.</p>}
      <ul className="scroll min-h-0 flex-1 p-1.5">
        {shown.map((thread) => (
          <li key={thread.thread.threadId} className="group relative">
            {renamed === thread.thread.threadId ? (
              <Rename thread={thread} onDone={() => setRenamed(null)} />
            ) : (
              <>
                <ThreadLink thread={thread} workspace={workspace} onOpen={onClose} />
                <IconButton
                  label={`Rename ${titleOf(thread)}`}
                  icon={<Pencil className="size-3" aria-hidden />}
                  className="absolute top-1 right-1 size-6 bg-hover opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
                  onClick={() => setRenamed(thread.thread.threadId)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
    </aside>
  );
}

function ThreadLink({ thread, workspace, onOpen }: { thread: ThreadSummary; workspace: string; onOpen: () => void }) {
  const now = useNow();
  return (
    <NavLink
      to={`/w/${workspace}/playground/${thread.thread.threadId}`}
      onClick={onOpen}
      className={({ isActive }) => `block rounded-md px-2 py-1.5 ${isActive ? "bg-accent-soft" : "hover:bg-hover"}`}
    >
      <span className="block truncate font-medium">{titleOf(thread)}</span>
      {thread.lastRun && (
        <span className="flex items-center justify-between gap-2 text-xs text-muted">
          <State of={thread.lastRun.state} />
          <span className="num">{ago(thread.lastRun.updatedAt, now)}</span>
        </span>
      )}
    </NavLink>
  );
}

function Rename({ thread, onDone }: { thread: ThreadSummary; onDone: () => void }) {
  const [title, setTitle] = useState(thread.title ?? titleOf(thread));
  const rename = useRenameThread();
  return (
    <form
      className="flex gap-1 p-1"
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate({ id: thread.thread.threadId, title }, { onSuccess: onDone, onError: (error) => toast(error.message, "bad") });
      }}
    >
      <input
        autoFocus
        aria-label="Title"
        value={title}
        maxLength={200}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && onDone()}
        className="min-w-0 flex-1 rounded-md border border-accent bg-surface px-2 py-0.5"
      />
      <Button type="submit" disabled={rename.isPending}>
        Save
      </Button>
    </form>
  );
}
