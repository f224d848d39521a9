import { useQueryClient } from "@tanstack/react-query";
import { Copy, History, Play, Trash2 } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Link, useBlocker, useNavigate } from "react-router";
import { Problem } from "../api/client";
import { useWorkspaceKey } from "../api/queries";
import type { EvalInfo, TestCase } from "../evals/types";
import { useShortcut } from "../shell/keys";
import { Button, IconButton } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import type { FieldProblem } from "../ui/problem";
import { plural } from "../ui/format";
import { ErrorPanel } from "../ui/Panels";
import { toast } from "../ui/toast";
import { useKept } from "../ui/useKept";
import { CaseForm } from "./CaseForm";
import { Conflict, type Other } from "./Conflict";
import { toCase, toDraft, withinCase, type Draft } from "./draft";
import { useRemoveTest, useSaveTest, useTryTest } from "./queries";
import { TestHistory } from "./TestHistory";
import { useTryConfig, VerdictPane } from "./VerdictPane";

interface TestEditorProps {
  /** What the draft is kept under. */
  place: string;
  saved: Draft;
  /** The version that was read; 0: there is none yet. */
  version: number;
  /** What a new case begins with. */
  start?: Draft;
}

/** A case as a form. What was written is kept in the tab until it is saved or discarded. */
export function TestEditor({ place, saved, version, start = saved }: TestEditorProps) {
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [kept, setKept] = useKept<{ draft: Draft; version: number } | null>(`test-draft/${workspace}/${place}`, null);
  const draft = kept?.draft ?? start;
  const base = kept?.version ?? version;
  const isNew = version === 0;
  const isChanged = kept !== null || start !== saved;
  const change = (part: Partial<Draft>) => {
    guard.arm();
    setRefused([]);
    setKept({ draft: { ...draft, ...part }, version: base });
  };
  const written = useMemo(() => toCase(draft), [draft]);
  const [isChecked, setChecked] = useState(false);
  const [refused, setRefused] = useState<FieldProblem[]>([]);
  const [other, setOther] = useState<Other | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const [isHistoryOpen, setHistoryOpen] = useState(false);
  const [tried, setTried] = useState<EvalInfo | null>(null);
  const [config] = useTryConfig();
  const save = useSaveTest();
  const remove = useRemoveTest();
  const attempt = useTryTest();
  const guard = useUnsavedGuard(isChanged);
  const problems = isChecked ? [...written.problems, ...refused] : refused;

  const keep = async (over = base): Promise<string | null> => {
    setChecked(true);
    setOther(null);
    if (written.problems.length > 0) return null;
    try {
      const document = await save.mutateAsync({ id: written.case.id, version: over, case: written.case });
      client.setQueryData([workspace, "test", "tests", document.id, ""], document);
      guard.release();
      setKept(null);
      setRefused([]);
      setChecked(false);
      toast(`Saved as version ${document.version}`);
      return document.id;
    } catch (error) {
      if (!(error instanceof Problem)) toast((error as Error).message, "bad");
      else if (error.code === "conflict") setOther(otherOf(error));
      else if (error.errors.length > 0) setRefused(withinCase(error.errors));
      else toast(error.message, "bad");
      return null;
    }
  };
  const saveAndShow = async (over?: number) => {
    const id = await keep(over);
    if (id !== null && id !== place) void navigate(`/w/${workspace}/tests/${encodeURIComponent(id)}`, { replace: true });
  };
  const tryIt = async () => {
    const id = isChanged ? await keep() : written.case.id;
    if (id === null) return;
    const hasScript = written.case.script !== undefined;
    try {
      const begun = await attempt.mutateAsync({ id, config, useScripts: hasScript });
      if (id === place) setTried(begun);
      else void navigate(`/w/${workspace}/evals/${begun.id}`);
    } catch (error) {
      if (error instanceof Problem && error.errors.length > 0) setRefused(withinCase(error.errors));
      else toast((error as Error).message, "bad");
    }
  };
  useShortcut("mod+s", "Save", "Test", () => void saveAndShow());
  useShortcut("mod+enter", "Save and try", "Test", () => void tryIt());

  return (
    <>
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1.5">
        <h1 className="flex min-w-0 items-center gap-2 font-semibold">
          <Link to={`/w/${workspace}/tests`} className="text-muted hover:text-text lg:hidden">
            Tests /
          </Link>
          <span className="truncate">{isNew ? "New test" : draft.id}</span>
        </h1>
        <span role="status" className="num text-xs text-muted">
          {isChanged ? <span className="font-medium text-warn">not saved</span> : `version ${version}`}
        </span>
        <span className="flex-1" />
        {!isNew && (
          <>
            <IconButton label="Versions" icon={<History className="size-3.5" aria-hidden />} onClick={() => setHistoryOpen(true)} />
            <IconButton label="Duplicate" icon={<Copy className="size-3.5" aria-hidden />} onClick={() => void navigate(`/w/${workspace}/tests/new?like=${encodeURIComponent(place)}`)} />
            <IconButton label="Delete" icon={<Trash2 className="size-3.5" aria-hidden />} onClick={() => setRemoving(true)} />
          </>
        )}
        {kept !== null && (
          <Button
            kind="quiet"
            onClick={() => {
              setKept(null);
              setRefused([]);
              setChecked(false);
              setOther(null);
            }}
          >
            Discard
          </Button>
        )}
        <Button onClick={() => void tryIt()} disabled={save.isPending || attempt.isPending}>
          <Play className="size-3.5" aria-hidden /> {isChanged ? "Save and try" : "Try"}
        </Button>
        <Button kind="primary" onClick={() => void saveAndShow()} disabled={!isChanged || save.isPending}>
          Save
        </Button>
      </header>
      <div className="scroll flex min-h-0 flex-1 flex-col xl:flex-row xl:overflow-hidden">
        <div className="min-w-0 flex-1 p-4 xl:overflow-auto">
          {other && <Conflict mine={written.case} other={other} onSaveMine={() => void saveAndShow(other.version)} onTakeOther={() => takeOther()} />}
          {problems.length > 0 && <Problems problems={problems} />}
          <CaseForm draft={draft} isNew={isNew} problems={problems} onChange={change} />
        </div>
        <VerdictPane testCase={written.problems.length === 0 ? written.case : null} tried={tried} />
      </div>
      {isRemoving && (
        <Dialog title={`Delete ‘${place}’?`} description="The case is removed for everybody. Evals that ran it keep their record." isOpen onClose={() => setRemoving(false)}>
          {remove.isError && <ErrorPanel error={remove.error} what="The test was not deleted." />}
          <div className="flex gap-2">
            <Button
              kind="danger"
              disabled={remove.isPending}
              onClick={() =>
                remove.mutate(
                  { id: place, version },
                  {
                    onSuccess: () => {
                      guard.release();
                      setKept(null);
                      void navigate(`/w/${workspace}/tests`);
                    },
                  },
                )
              }
            >
              Delete
            </Button>
            <Button kind="quiet" onClick={() => setRemoving(false)}>
              Keep it
            </Button>
          </div>
        </Dialog>
      )}
      {isHistoryOpen && (
        <TestHistory
          id={place}
          onClose={() => setHistoryOpen(false)}
          onTakeUp={(version) => {
            setHistoryOpen(false);
            change(toDraft(version.case));
          }}
        />
      )}
      {guard.isAsking && (
        <Dialog title="This test is not saved" description="What you wrote can stay here as a draft, for as long as this tab is open." isOpen onClose={guard.stay}>
          <div className="flex flex-wrap gap-2">
            <Button kind="primary" onClick={guard.stay}>
              Keep editing
            </Button>
            <Button onClick={guard.leave}>Leave, keep the draft</Button>
            <Button
              kind="danger"
              onClick={() => {
                setKept(null);
                guard.leave();
              }}
            >
              Discard and leave
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );

  function takeOther(): void {
    setKept(null);
    setOther(null);
    if (isNew && other?.case) void navigate(`/w/${workspace}/tests/${encodeURIComponent(other.case.id)}`);
  }
}

function Problems({ problems }: { problems: FieldProblem[] }) {
  return (
    <div role="alert" className="mb-4 rounded-lg border border-line bg-bad-soft p-3">
      <p className="font-medium text-bad">{plural(problems.length, "problem")} to mend before this can be run</p>
      <ul className="mt-1 list-disc pl-4">
        {problems.map(({ path, message }, index) => (
          <li key={index} className="break-words">
            {path !== "" && <code className="mr-1.5 font-mono text-xs">{path}</code>}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What is there in place of the version that was read. */
function otherOf(error: Problem): Other {
  const current = error.current as { version: number; value: TestCase } | null;
  return { version: current?.version ?? 0, case: current?.value ?? null };
}

/** Asks before a page with something unsaved is left, within Studio and by the browser. */
function useUnsavedGuard(isChanged: boolean) {
  const isReleased = useRef(false);
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isChanged && !isReleased.current && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isChanged]);
  return {
    isAsking: blocker.state === "blocked",
    stay: () => blocker.reset?.(),
    leave: () => blocker.proceed?.(),
    /** What was written is kept elsewhere now, or not wanted any more: until something is written again, nobody is asked. */
    release: () => {
      isReleased.current = true;
    },
    arm: () => {
      isReleased.current = false;
    },
  };
}
