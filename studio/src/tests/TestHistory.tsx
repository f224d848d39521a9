import { useState } from "react";
import { TextDiff } from "../diff/TextDiff";
import type { TestDocument } from "../evals/types";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { time } from "../ui/format";
import { ErrorPanel, Skeleton } from "../ui/Panels";
import { caseText } from "./caseText";
import { toCase, toDraft } from "./draft";
import { useTestVersions } from "./queries";

interface TestHistoryProps {
  id: string;
  onClose: () => void;
  /** Puts an earlier version into the form, to be saved as the next one. */
  onTakeUp: (version: TestDocument) => void;
}

/** The versions of a test, each with what it changed. */
export function TestHistory({ id, onClose, onTakeUp }: TestHistoryProps) {
  const versions = useTestVersions(id, true);
  const [chosen, setChosen] = useState<number | null>(null);
  const all = versions.data ?? [];
  const place = Math.max(0, all.findIndex(({ version }) => version === chosen));
  const [shown, before] = [all[place], all[place + 1]];
  return (
    <Dialog title={`Versions of ‘${id}’`} isOpen onClose={onClose}>
      {versions.isError && !versions.data && <ErrorPanel error={versions.error} what="The versions cannot be read." onRetry={() => void versions.refetch()} />}
      {versions.isPending && <Skeleton rows={4} height={24} />}
      {shown && (
        <div className="flex flex-col gap-3">
          <ol aria-label="Versions" className="scroll max-h-40 rounded-md border border-line" tabIndex={0}>
            {all.map(({ version, updatedAt }, index) => (
              <li key={version} className="border-line not-first:border-t">
                <button
                  type="button"
                  aria-pressed={index === place}
                  onClick={() => setChosen(version)}
                  className={`num flex w-full items-center justify-between px-2.5 py-1 text-left ${index === place ? "bg-accent-soft" : "hover:bg-hover"}`}
                >
                  <span className="font-medium">
                    version {version}
                    {index === 0 && <span className="font-normal text-muted"> · now</span>}
                  </span>
                  <span className="text-xs text-muted">{time(updatedAt)}</span>
                </button>
              </li>
            ))}
          </ol>
          <div>
            <p className="mb-1 text-xs text-muted">{before ? `What version ${shown.version} changed about version ${before.version}` : shown.version === 1 ? "The first version" : "The version before it is not kept"}</p>
            <div className="scroll max-h-72 rounded-md bg-sunken p-2" tabIndex={0} role="group" aria-label="Differences">
              <TextDiff before={textOf(before ?? shown)} after={textOf(shown)} isMono />
            </div>
          </div>
          {place > 0 && (
            <div>
              <Button onClick={() => onTakeUp(shown)}>Take up version {shown.version} again</Button>
              <p className="mt-1 text-xs text-muted">It comes into the form, and is the next version once it is saved.</p>
            </div>
          )}
        </div>
      )}
    </Dialog>
  );
}

function textOf(document: TestDocument): string {
  return caseText(toCase(toDraft(document.case)).case);
}
