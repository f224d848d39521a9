import { GitFork, ShieldAlert, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useJournal, useVerification } from "../api/queries";
import type { JournalLine } from "../api/types";
import { Button } from "../ui/Button";
import { exactTime, plural, words } from "../ui/format";
import { Json } from "../ui/Json";
import { ErrorPanel, Skeleton } from "../ui/Panels";

interface JournalProps {
  run: string;
  version: number;
  onFork: (atEntry: number) => void;
}

/** What is recorded of a run, entry by entry, and whether it is as it was written. */
export function Journal({ run, version, onFork }: JournalProps) {
  const journal = useJournal(run, version);
  const lines = (journal.data?.pages ?? []).flatMap((page) => page.items);
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <div tabIndex={0} role="region" aria-label="Journal" className="scroll min-h-0 flex-1">
      <Verification run={run} version={version} />
      {journal.isPending && <Skeleton rows={10} height={24} />}
      {journal.isError && <ErrorPanel error={journal.error} what="The journal cannot be read." onRetry={() => void journal.refetch()} />}
      <ol aria-label="Entries">
        {lines.map((line) => (
          <Entry key={line.sequence} line={line} isOpen={opened === line.sequence} onOpen={() => setOpened(opened === line.sequence ? null : line.sequence)} onFork={() => onFork(line.sequence)} />
        ))}
      </ol>
      {journal.hasNextPage && (
        <div className="p-3 text-center">
          <Button disabled={journal.isFetchingNextPage} onClick={() => void journal.fetchNextPage()}>
            Show more after {plural(lines.length, "entry", "entries")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Whether the chain of hashes holds, place by place where it does not. */
function Verification({ run, version }: { run: string; version: number }) {
  const report = useVerification(run, version);
  if (report.isError) return <ErrorPanel error={report.error} what="The records cannot be checked." onRetry={() => void report.refetch()} />;
  if (!report.data) return <p className="border-b border-line px-3 py-2 text-muted">Checking the records…</p>;
  const { isIntact, entries, problems } = report.data;
  const Icon = isIntact ? ShieldCheck : ShieldAlert;
  return (
    <div role="status" className={`flex gap-2 border-b border-line px-3 py-2 ${isIntact ? "bg-good-soft text-good" : "bg-bad-soft text-bad"}`}>
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0">
        <p className="font-medium">
          {isIntact ? `The records are as they were written: ${plural(entries, "entry", "entries")} checked, each with the hash of the one before.` : `The records are not as they were written: ${plural(problems.length, "problem")}.`}
        </p>
        {problems.map((problem) => (
          <p key={`${problem.sequence}-${problem.code}`} className="break-words">
            Entry {problem.sequence}: {problem.message} <code className="font-mono text-xs">{problem.code}</code>
          </p>
        ))}
      </div>
    </div>
  );
}

interface EntryProps {
  line: JournalLine;
  isOpen: boolean;
  onOpen: () => void;
  onFork: () => void;
}

function Entry({ line, isOpen, onOpen, onFork }: EntryProps) {
  return (
    <li className="border-b border-line">
      <div className={`flex items-center ${isOpen ? "bg-accent-soft" : "hover:bg-hover"}`}>
        <button type="button" aria-expanded={isOpen} onClick={onOpen} className="flex h-8 min-w-0 flex-1 items-center gap-3 px-3 text-left -outline-offset-2">
          <span className="num w-8 shrink-0 text-right text-xs text-muted">{line.sequence}</span>
          <span className="num w-24 shrink-0 font-mono text-xs text-muted max-sm:hidden">{exactTime(line.at)}</span>
          <span className="w-20 shrink-0 truncate text-xs text-muted max-sm:hidden">{line.agent ?? "run"}</span>
          <span className="shrink-0 font-medium">{words(line.kind)}</span>
          <span className="min-w-0 flex-1 truncate font-mono text-xs text-muted">{line.key}</span>
          <span className="font-mono text-xs text-muted max-lg:hidden" title={`Hash ${line.hash}`}>
            {line.hash.slice(0, 8)}
          </span>
        </button>
        <Button kind="quiet" aria-label={`Fork from entry ${line.sequence}`} onClick={onFork}>
          <GitFork className="size-3.5" aria-hidden />
        </Button>
      </div>
      {isOpen && (
        <div className="flex flex-col gap-2 px-3 py-2">
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 font-mono text-xs break-all">
            <dt className="text-muted">hash</dt>
            <dd>{line.hash}</dd>
            <dt className="text-muted">previous</dt>
            <dd>{line.previousHash}</dd>
          </dl>
          <Json value={line.data} label={`entry ${line.sequence}`} />
        </div>
      )}
    </li>
  );
}
