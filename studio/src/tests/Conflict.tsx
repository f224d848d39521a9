import { TextDiff } from "../diff/TextDiff";
import type { TestCase } from "../evals/types";
import { Button } from "../ui/Button";
import { caseText } from "./caseText";
import { toCase, toDraft } from "./draft";

/** What somebody else saved; no case: they deleted it. */
export interface Other {
  version: number;
  case: TestCase | null;
}

interface ConflictProps {
  mine: TestCase;
  other: Other;
  onSaveMine: () => void;
  onTakeOther: () => void;
}

/** Somebody else was faster. Nothing is overwritten until it is asked for, and what was written here stays. */
export function Conflict({ mine, other, onSaveMine, onTakeOther }: ConflictProps) {
  return (
    <div role="alert" className="mb-4 rounded-lg border border-line bg-warn-soft p-3">
      <p className="font-medium text-warn">
        {other.case ? `Somebody else saved version ${other.version} of this test meanwhile.` : "Somebody else deleted this test meanwhile."}
      </p>
      <p className="mt-1">What you wrote is still here and not saved.</p>
      {other.case && (
        <details className="mt-2" open>
          <summary>What yours changes about theirs</summary>
          <div className="scroll mt-1 max-h-72 rounded-md bg-surface p-2" tabIndex={0} role="group" aria-label="Differences">
            <TextDiff before={caseText(toCase(toDraft(other.case)).case)} after={caseText(mine)} isMono />
          </div>
        </details>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button onClick={onSaveMine}>{other.case ? "Save mine over theirs" : "Save mine anew"}</Button>
        {other.case && (
          <Button kind="quiet" onClick={onTakeOther}>
            Discard mine, show theirs
          </Button>
        )}
      </div>
    </div>
  );
}
