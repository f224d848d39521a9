import { Problem } from "../api/client";
import { useDeleteThread } from "../api/queries";
import type { ThreadSummary } from "../api/types";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { plural } from "../ui/format";
import { ErrorPanel } from "../ui/Panels";
import { toast } from "../ui/toast";
import { titleOf } from "./threads";

/** Asks before a thread is removed, and says what goes with it. */
export function DeleteThread({ thread, onClose, onDeleted }: { thread: ThreadSummary; onClose: () => void; onDeleted: () => void }) {
  const remove = useDeleteThread();
  const runs = thread.thread.runCount;
  return (
    <Dialog title="Delete this thread?" isOpen onClose={onClose}>
      <p className="font-medium break-words">{titleOf(thread)}</p>
      <p className="mt-1">
        {runs === 0 ? "It has no runs." : `Its ${plural(runs, "run")} go with it: what was said, their journals and traces, requests and plans. What plans have changed stays changed.`} This
        cannot be undone.
      </p>
      {remove.isError && <ErrorPanel error={remove.error} what={remove.error instanceof Problem && remove.error.code === "thread_busy" ? "A run of it has not ended, or a plan is being executed." : "The thread was not deleted."} />}
      <div className="mt-3 flex gap-2">
        <Button
          kind="danger"
          disabled={remove.isPending}
          onClick={() =>
            remove.mutate(thread.thread.threadId, {
              onSuccess: () => {
                toast("Thread deleted");
                onDeleted();
              },
            })
          }
        >
          {runs === 0 ? "Delete thread" : `Delete thread and ${plural(runs, "run")}`}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Keep it
        </Button>
      </div>
    </Dialog>
  );
}
