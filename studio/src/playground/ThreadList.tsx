import { Pencil, Plus, Trash2, X } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { NavLink, useNavigate, useParams } from "react-router";
import { useRenameThread, useThreadPages, useWorkspaceKey } from "../api/queries";
import type { ThreadSummary } from "../api/types";
import { leaveOnEscape } from "../shell/keys";
import { Button, IconButton } from "../ui/Button";
import { ago } from "../ui/format";
import { ErrorPanel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";
import { toast } from "../ui/toast";
import { useNow } from "../ui/useNow";
import { DeleteThread } from "./DeleteThread";
import { matches, titleOf } from "./threads";

/** The conversations, last used first. On a narrow page it lies over the conversation while it is open. */
export function ThreadList({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const threads = useThreadPages();
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const { thread: current } = useParams();
  const [renamed, setRenamed] = useState<string | null>(null);
  const [removed, setRemoved] = useState<ThreadSummary | null>(null);
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search);
  const all = (threads.data?.pages ?? []).flatMap((page) => page.items);
  const shown = all.filter((thread) => matches(thread, wanted));
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
      {all.length > 0 && (
        <div className="shrink-0 border-b border-line p-1.5">
          <input
            type="search"
            aria-label="Search the threads"
            placeholder="Search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={leaveOnEscape}
            className="h-7 w-full rounded-md border border-line bg-surface px-2"
          />
        </div>
      )}
      {threads.data && shown.length === 0 && (
        <p role="status" className="p-3 text-muted">
          {all.length === 0 ? "Your conversations will be here." : threads.hasNextPage ? `None of the last ${all.length} threads has this text.` : "No thread has this text."}
        </p>
      )}
      <ul className="scroll min-h-0 flex-1 p-1.5">
        {shown.map((thread) => (
          <li key={thread.thread.threadId} className="group relative">
            {renamed === thread.thread.threadId ? (
              <Rename thread={thread} onDone={() => setRenamed(null)} />
            ) : (
              <>
                <ThreadLink thread={thread} workspace={workspace} onOpen={onClose} />
                <span className="absolute top-1 right-1 flex rounded-md bg-hover opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
                  <IconButton label={`Rename ${titleOf(thread)}`} icon={<Pencil className="size-3" aria-hidden />} className="size-6" onClick={() => setRenamed(thread.thread.threadId)} />
                  <IconButton label={`Delete ${titleOf(thread)}`} icon={<Trash2 className="size-3" aria-hidden />} className="size-6" onClick={() => setRemoved(thread)} />
                </span>
              </>
            )}
          </li>
        ))}
        {threads.hasNextPage && (
          <li className="flex justify-center p-2">
            <Button disabled={threads.isFetchingNextPage} onClick={() => void threads.fetchNextPage()}>
              {threads.isFetchingNextPage ? "Loading…" : "Show older threads"}
            </Button>
          </li>
        )}
      </ul>
      {removed && (
        <DeleteThread
          thread={removed}
          onClose={() => setRemoved(null)}
          onDeleted={() => {
            setRemoved(null);
            if (removed.thread.threadId === current) void navigate(`/w/${workspace}/playground`, { replace: true });
          }}
        />
      )}
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
      {!thread.lastRun && <span className="block text-xs text-muted">nothing asked yet</span>}
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
