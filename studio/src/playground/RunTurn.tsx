import { useState } from "react";
import { Link } from "react-router";
import { useResumeRun, useWorkspaceKey } from "../api/queries";
import type { RunRecord } from "../api/types";
import { ApprovalCard } from "../plans/ApprovalCard";
import { useRun } from "../run/useRun";
import { openApprovals, stateOf, type RunView } from "../run/view";
import { Button } from "../ui/Button";
import { count, duration, plural, price, time } from "../ui/format";
import { ErrorPanel, Panel, Skeleton } from "../ui/Panels";
import { State } from "../ui/State";
import { useNow } from "../ui/useNow";
import { Frame } from "./Frame";

interface RunTurnProps {
  run: RunRecord;
  prompt: string;
  /** Whether single keys answer the request that waits longest. */
  hasKeys: boolean;
  /** Asks the same once more; null: it cannot be asked now. */
  onAgain: (() => void) | null;
}

/** What a person asked, and what came of it. */
export function RunTurn({ run, prompt, hasKeys, onAgain }: RunTurnProps) {
  const workspace = useWorkspaceKey();
  const { view, connection, error, reconnect } = useRun(workspace, run.runId);
  const root = view.frames[""];
  const [first] = openApprovals(view);
  const blocked = connection === "reconnecting" ? "The connection is lost: nothing can be answered until it is back." : null;
  const state = run.state === "interrupted" && !view.end ? "interrupted" : stateOf(view);
  return (
    <article data-testid="run" data-state={state} aria-busy={state === "running"} className="flex flex-col gap-3">
      <Prompt text={prompt} />
      <Panel name="This answer" resetKey={run.runId}>
        {connection === "loading" && !root && <Skeleton rows={3} height={20} />}
        {root && (
          <Frame
            frame={root}
            view={view}
            drawApproval={(id) => {
              const approval = view.approvals[id];
              return approval ? <ApprovalCard approval={approval} view={view} blocked={blocked} hasKeys={hasKeys && id === first?.id} /> : null;
            }}
          />
        )}
        {connection === "reconnecting" && (
          <p role="status" className="flex items-center gap-2 rounded-md bg-warn-soft px-3 py-1.5 text-warn">
            <span className="flex-1">Reconnecting…{error ? ` ${error.message}` : view.lastAt ? ` The last event came at ${time(view.lastAt)}.` : ""}</span>
            <Button onClick={reconnect}>Now</Button>
          </p>
        )}
        <Ending view={view} onAgain={onAgain} />
        {state === "interrupted" && <Interrupted run={run.runId} />}
        <Footer view={view} run={run} state={state} workspace={workspace} />
      </Panel>
    </article>
  );
}

const LongPrompt = 600;

function Prompt({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > LongPrompt;
  return (
    <div className="ml-auto max-w-[85%] rounded-lg bg-hover px-3 py-2">
      <h2 className="sr-only">You asked</h2>
      <p className="text-base break-words whitespace-pre-wrap">{isLong && !isWhole ? `${text.slice(0, LongPrompt)}…` : text}</p>
      {isLong && (
        <Button kind="quiet" className="mt-1" onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Show less" : "Show all"}
        </Button>
      )}
    </div>
  );
}

/** How it ended, where that is not just the answer. */
function Ending({ view, onAgain }: { view: RunView; onAgain: (() => void) | null }) {
  const end = view.end;
  if (!end) return null;
  if (end.kind === "error") {
    return (
      <ErrorPanel
        error={Object.assign(new Error(end.error.message), { name: end.error.code })}
        what="The run failed. What it did until then is above."
        {...(onAgain ? { onRetry: onAgain } : {})}
      />
    );
  }
  const said: Partial<Record<typeof end.reason, string>> = {
    max_turns: "The agent used all its turns before it was done.",
    limit: `The run passed its limit${end.limit ? ` ${end.limit}` : ""} and was ended.`,
    cancelled: "Stopped. What was done until then stays done.",
  };
  return said[end.reason] ? <p className="rounded-md bg-sunken px-3 py-2 text-muted">{said[end.reason]}</p> : null;
}

function Interrupted({ run }: { run: string }) {
  const resume = useResumeRun();
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-md bg-warn-soft px-3 py-2 text-warn">
      <span className="flex-1">The run was interrupted. It goes on from its last recorded step.</span>
      <Button onClick={() => resume.mutate(run)} disabled={resume.isPending}>
        Resume
      </Button>
      {resume.isError && <span className="w-full text-bad">{resume.error.message}</span>}
    </div>
  );
}

function Footer({ view, run, state, workspace }: { view: RunView; run: RunRecord; state: string; workspace: string }) {
  const tokens = view.usage?.totalTokens ?? Object.values(view.frames).reduce((sum, frame) => sum + (frame.usage?.totalTokens ?? 0), 0);
  const references = Object.keys(view.references).length;
  return (
    <footer className="num flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
      <State of={state} />
      {view.startedAt && <Elapsed view={view} />}
      {tokens > 0 && <span>{count(tokens)} tokens</span>}
      {price(view.costUsd) && <span>{price(view.costUsd)}</span>}
      {references > 0 && <span>{plural(references, "reference")}</span>}
      <Link to={`/w/${workspace}/runs/${run.runId}`} className="underline underline-offset-2 hover:text-text">
        Open run
      </Link>
      <span role="status" className="sr-only">
        {state === "finished" ? `Answer complete, ${plural(references, "reference")}` : ""}
        {state === "waiting" ? "The run waits for your approval" : ""}
      </span>
    </footer>
  );
}

function Elapsed({ view }: { view: RunView }) {
  const now = useNow();
  const end = view.end ? Date.parse(view.end.at) : now;
  return <span>{duration(Math.max(0, view.totalMs ?? end - Date.parse(view.startedAt!)))}</span>;
}
