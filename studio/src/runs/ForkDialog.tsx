import { useState } from "react";
import { useNavigate } from "react-router";
import { useForkRun, useWorkspaceKey } from "../api/queries";
import type { StartedRun } from "../api/types";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { ErrorPanel } from "../ui/Panels";

interface ForkDialogProps {
  run: string;
  lastEntry: number;
  at: number;
  onClose: () => void;
}

/** Asks where a new run branches off, and whether it may change anything. */
export function ForkDialog({ run, lastEntry, at, onClose }: ForkDialogProps) {
  const workspace = useWorkspaceKey();
  const [entry, setEntry] = useState(String(at));
  const [effects, setEffects] = useState<"from_record" | "run">("from_record");
  const fork = useForkRun();
  const navigate = useNavigate();
  const number = Number(entry);
  const isValid = Number.isInteger(number) && number >= 1 && number <= lastEntry;
  const start = (pathOf: (started: StartedRun) => string) => {
    if (!isValid) return;
    const onSuccess = (started: StartedRun) => {
      onClose();
      void navigate(`/w/${workspace}/runs/${pathOf(started)}`);
    };
    fork.mutate({ id: run, atEntry: number, effects }, { onSuccess });
  };
  return (
    <Dialog title="Fork this run" description="A new run takes over the record up to an entry and goes on from there." isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          start(({ runId }) => runId);
        }}
      >
        <label className="flex items-center gap-2">
          Last entry to take over
          <input
            type="number"
            min={1}
            max={lastEntry}
            value={entry}
            onChange={(event) => setEntry(event.target.value)}
            className="num h-7 w-20 rounded-md border border-line bg-surface px-2"
          />
          <span className="text-muted">of {lastEntry}</span>
        </label>
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1 font-medium">Where it would change something</legend>
          <label className="flex gap-2">
            <input type="radio" name="effects" checked={effects === "from_record"} onChange={() => setEffects("from_record")} className="accent-accent" />
            Nothing happens: the original's record answers
          </label>
          <label className="flex gap-2">
            <input type="radio" name="effects" checked={effects === "run"} onChange={() => setEffects("run")} className="accent-accent" />
            It happens, behind the same approvals
          </label>
        </fieldset>
        {fork.isError && <ErrorPanel error={fork.error} what="The run cannot be forked here." />}
        <div className="flex gap-2">
          <Button type="submit" kind="primary" disabled={!isValid || fork.isPending}>
            Fork
          </Button>
          <Button disabled={!isValid || fork.isPending} onClick={() => start(({ runId }) => `compare?${new URLSearchParams({ left: run, right: runId })}`)}>
            Fork and compare
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
