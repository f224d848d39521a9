import { Plus } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import type { TestDocument } from "../evals/types";
import { useShortcut } from "../shell/keys";
import { usePageTitle } from "../shell/usePageTitle";
import { Button } from "../ui/Button";
import { Pill } from "../ui/Form";
import { plural } from "../ui/format";
import { Empty, ErrorPanel, Panel, Skeleton } from "../ui/Panels";
import { EditTest, NewTest } from "./OpenTest";
import { useTests } from "./queries";

const ShownTags = 12;

/** The test cases as a list, and one of them as a form. */
export default function TestsPage() {
  const { test: id } = useParams();
  usePageTitle(id === "new" ? "New test" : (id ?? "Tests"));
  const workspace = useWorkspaceKey();
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const search = useRef<HTMLInputElement>(null);
  const tests = useTests();
  const all = useMemo(() => (tests.data?.pages ?? []).flatMap(({ items }) => items), [tests.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = tests;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const [words, tag] = [(parameters.get("q") ?? "").toLowerCase(), parameters.get("tag")];
  const shown = useMemo(() => all.filter((test) => fits(test, words, tag)), [all, words, tag]);
  const tags = useMemo(() => [...new Set(all.flatMap((test) => test.case.tags ?? []))].sort().slice(0, ShownTags), [all]);
  const listed = parameters.size > 0 ? `?${listParameters(parameters)}` : "";
  const goTo = (test: TestDocument | undefined) => test && void navigate(`/w/${workspace}/tests/${encodeURIComponent(test.id)}${listed}`);
  const place = shown.findIndex((test) => test.id === id);
  useShortcut("j", "Next test", "Tests", () => goTo(shown[place + 1]));
  useShortcut("k", "Previous test", "Tests", () => goTo(shown[Math.max(0, place - 1)]));
  useShortcut("n", "New test", "Tests", () => void navigate(`/w/${workspace}/tests/new`));
  useShortcut("/", "Search tests", "Tests", () => search.current?.focus());
  const set = (name: string, value: string | null) =>
    setParameters(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );

  return (
    <div className="flex min-h-0 flex-1">
      <section aria-label="All tests" className={`flex min-h-0 min-w-0 flex-col border-line lg:w-72 lg:shrink-0 lg:border-r ${id ? "max-lg:hidden" : "max-lg:flex-1"}`}>
        <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-3">
          {id ? <h2 className="font-semibold">Tests</h2> : <h1 className="font-semibold">Tests</h1>}
          <span className="num text-xs text-muted">{tests.data ? plural(all.length, "case") : ""}</span>
          <span className="flex-1" />
          <Button onClick={() => void navigate(`/w/${workspace}/tests/new`)}>
            <Plus className="size-3.5" aria-hidden /> New
          </Button>
        </div>
        {all.length > 0 && (
          <div className="flex flex-col gap-1.5 border-b border-line p-2">
            <input
              ref={search}
              type="search"
              aria-label="Search tests"
              placeholder="Search"
              value={parameters.get("q") ?? ""}
              onChange={(event) => set("q", event.target.value)}
              className="h-7 w-full rounded-md border border-line bg-surface px-2"
            />
            {tags.length > 0 && (
              <div role="group" aria-label="Filter by tag" className="flex flex-wrap gap-1">
                {tags.map((name) => (
                  <Pill key={name} isOn={name === tag} onClick={() => set("tag", name === tag ? null : name)}>
                    {name}
                  </Pill>
                ))}
              </div>
            )}
          </div>
        )}
        <div className="scroll min-h-0 flex-1">
          {tests.isPending && <Skeleton rows={5} height={40} />}
          {tests.isError && all.length === 0 && <ErrorPanel error={tests.error} what="The tests cannot be read." onRetry={() => void tests.refetch()} />}
          {tests.data && all.length > 0 && shown.length === 0 && <p className="p-3 text-muted">No test is like this.</p>}
          <ul aria-label="Tests" className={shown.length > 0 ? "p-1.5" : ""}>
            {shown.map((test) => (
              <Row key={test.id} test={test} isSelected={test.id === id} to={`/w/${workspace}/tests/${encodeURIComponent(test.id)}${listed}`} />
            ))}
          </ul>
          {id === undefined && tests.data && all.length === 0 && <NoTests className="lg:hidden" />}
        </div>
        {all.length > 0 && (
          <div className="border-t border-line p-2">
            <Button className="w-full" onClick={() => void navigate(`/w/${workspace}/evals/new${tag ? `?tag=${encodeURIComponent(tag)}` : ""}`)}>
              {tag ? `Evaluate those tagged ${tag}` : `Evaluate all ${all.length}`}
            </Button>
          </div>
        )}
      </section>
      <section aria-label="Test" className={`flex min-h-0 min-w-0 flex-1 flex-col ${id ? "" : "max-lg:hidden"}`}>
        {id === undefined ? (
          tests.data && (all.length === 0 ? <NoTests /> : <Empty title="Choose a test, or write a new one." />)
        ) : (
          <Panel name="This test" resetKey={id}>
            {id === "new" ? <NewTest key={parameters.get("run") ?? parameters.get("like") ?? ""} /> : <EditTest key={id} id={id} />}
          </Panel>
        )}
      </section>
    </div>
  );
}

function NoTests({ className = "" }: { className?: string }) {
  const workspace = useWorkspaceKey();
  return (
    <div className={className}>
      <Empty title="Make your first test from a run.">
        <p>Open a run that went well and choose “Make test case”: what it did becomes what is expected. Or write one from scratch.</p>
        <div className="flex gap-4">
          <Link to={`/w/${workspace}/runs?state=finished`} className="text-accent underline underline-offset-2">
            Choose a run
          </Link>
          <Link to={`/w/${workspace}/tests/new`} className="text-accent underline underline-offset-2">
            Write one
          </Link>
        </div>
      </Empty>
    </div>
  );
}

function Row({ test, isSelected, to }: { test: TestDocument; isSelected: boolean; to: string }) {
  return (
    <li className="[contain-intrinsic-size:auto_44px] [content-visibility:auto]">
      <Link to={to} aria-current={isSelected ? "true" : undefined} className={`block rounded-md px-2 py-1.5 ${isSelected ? "bg-accent-soft" : "hover:bg-hover"}`}>
        <span className="block truncate font-medium">{test.id}</span>
        <span className="block truncate text-xs text-muted">{test.case.input}</span>
      </Link>
    </li>
  );
}

function fits(test: TestDocument, words: string, tag: string | null): boolean {
  if (tag && !test.case.tags?.includes(tag)) return false;
  return words === "" || test.id.toLowerCase().includes(words) || test.case.input.toLowerCase().includes(words);
}

function listParameters(parameters: URLSearchParams): string {
  return new URLSearchParams([...parameters].filter(([name]) => name === "q" || name === "tag")).toString();
}
