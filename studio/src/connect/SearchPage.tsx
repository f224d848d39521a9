import { BookOpen, ChartLine, Columns3, FileText, Link2, ListTree, Table2, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { leaveOnEscape, useShortcut } from "../shell/keys";
import { usePageTitle } from "../shell/usePageTitle";
import { Button } from "../ui/Button";
import { count } from "../ui/format";
import { Empty, ErrorPanel, Skeleton } from "../ui/Panels";
import type { CatalogEntry, SearchHit } from "./data";
import { kinds, oneOf } from "./kinds";
import { pathOf } from "./paths";
import { useSearch, useSources } from "./queries";

const PauseMs = 200;
const ShownCharacters = 280;
const icons: Record<string, typeof Table2> = {
  table: Table2,
  column: Columns3,
  relationship: Link2,
  enum_value: ListTree,
  metric: ChartLine,
  document: FileText,
  knowledge: BookOpen,
  data_quality_finding: TriangleAlert,
};

/** What the catalog has on a question, as agents find it, with the reasons why. */
export default function SearchPage() {
  usePageTitle("Search");
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.get("q") ?? "";
  const kind = Object.keys(kinds).find((known) => known === parameters.get("kind")) ?? null;
  const sources = useSources();
  const [draft, setDraft] = useState(text);
  const field = useRef<HTMLInputElement>(null);
  useShortcut("/", "Search the catalog", "Connect", () => field.current?.focus());
  useEffect(() => setDraft(text), [text]);
  const change = (name: string, value: string | null) =>
    setParameters(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  useEffect(() => {
    if (draft === text) return;
    const timer = setTimeout(() => change("q", draft), PauseMs);
    return () => clearTimeout(timer);
  }, [draft]);

  if (sources.data && !sources.data.hasSearch) {
    return (
      <div className="flex-1">
        <h1 className="sr-only">Search</h1>
        <Empty title="The catalog has no search index.">
          <p>
            Give the data environment a <code className="font-mono text-xs">catalogSearch</code>; until then tables are found by their names.
          </p>
        </Empty>
      </div>
    );
  }
  return (
    <>
      <div className="flex shrink-0 flex-col gap-2 border-b border-line px-3 py-2">
        <h1 className="sr-only">Search</h1>
        <input
          ref={field}
          type="search"
          autoFocus={text === ""}
          aria-label="Search the catalog"
          placeholder="A question, a word or a name  /"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={leaveOnEscape}
          className="h-9 w-full max-w-3xl rounded-md border border-line bg-surface px-3 text-base"
        />
        <div role="group" aria-label="Kinds" className="flex flex-wrap gap-1">
          {[null, ...Object.keys(kinds).filter((known) => known === kind || sources.data?.entries[known])].map((choice) => (
            <button
              key={choice ?? "all"}
              type="button"
              aria-pressed={kind === choice}
              onClick={() => change("kind", choice)}
              className={`h-6 rounded-full border px-2.5 text-xs font-medium ${kind === choice ? "border-accent bg-accent-soft text-accent" : "border-line text-muted hover:bg-hover"}`}
            >
              {choice ? kinds[choice] : "all"} {choice && sources.data?.entries[choice] !== undefined && <span className="num font-normal">{count(sources.data.entries[choice])}</span>}
            </button>
          ))}
        </div>
      </div>
      {text.trim() === "" ? (
        <Empty title="Search what is known of the data.">
          <p>Tables, columns, documents and rules are found by words and by meaning, as the agents find them.</p>
        </Empty>
      ) : (
        <Results text={text.trim()} kind={kind} onAllKinds={() => change("kind", null)} />
      )}
    </>
  );
}

function Results({ text, kind, onAllKinds }: { text: string; kind: string | null; onAllKinds: () => void }) {
  const search = useSearch(text, kind);
  const hits = (search.data?.pages ?? []).flatMap((page) => page.candidates);
  if (search.isPending) return <Skeleton rows={6} height={60} />;
  if (search.isError && !search.data) return <ErrorPanel error={search.error} what="The search failed." onRetry={() => void search.refetch()} />;
  if (hits.length === 0) {
    const elsewhere = search.data?.pages[0]?.elsewhere ?? [];
    return (
      <Empty title="Nothing is found.">
        {elsewhere.length > 0 && <p>Of other kinds there is {elsewhere.join(", ")}.</p>}
        {kind && <Button onClick={onAllKinds}>Search all kinds</Button>}
      </Empty>
    );
  }
  return (
    <div className="scroll min-h-0 flex-1">
      <ol aria-label="Results" className={`max-w-3xl p-1.5 ${search.isPlaceholderData ? "opacity-60" : ""}`}>
        {hits.map((hit) => (
          <Hit key={hit.entry.id} hit={hit} />
        ))}
      </ol>
      {search.hasNextPage && (
        <div className="px-3 pb-4">
          <Button disabled={search.isFetchingNextPage} onClick={() => void search.fetchNextPage()}>
            {search.isFetchingNextPage ? "Searching…" : "Show more"}
          </Button>
        </div>
      )}
    </div>
  );
}

function Hit({ hit: { entry, reasons, parts } }: { hit: SearchHit }) {
  const workspace = useWorkspaceKey();
  const Icon = icons[entry.itemType] ?? FileText;
  const to = linkOf(workspace, entry);
  const [isWhole, setWhole] = useState(false);
  const isLong = entry.content.length > ShownCharacters;
  return (
    <li className="flex gap-2.5 rounded-md px-2 py-2 hover:bg-hover">
      <Icon className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          {to ? (
            <Link to={to} className="min-w-0 font-medium break-words text-accent underline-offset-2 hover:underline">
              {entry.qualifiedName}
            </Link>
          ) : (
            <span className="min-w-0 font-medium break-words">{entry.name}</span>
          )}
          <span className="text-xs text-muted">{oneOf(entry.itemType)}</span>
        </p>
        {entry.content && (
          <p className="break-words whitespace-pre-line">
            {isLong && !isWhole ? `${entry.content.slice(0, ShownCharacters)}… ` : `${entry.content} `}
            {isLong && (
              <button type="button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)} className="text-accent underline underline-offset-2">
                {isWhole ? "less" : "all of it"}
              </button>
            )}
          </p>
        )}
        {parts.length > 0 && <p className="truncate text-muted">{parts.map((part) => part.entry.name).join(" · ")}</p>}
        {reasons.length > 0 && <p className="text-xs break-words text-muted">{reasons.join(" · ")}</p>}
      </div>
    </li>
  );
}

/** Where an entry is shown; null: it has no page. */
function linkOf(workspace: string, { itemType, qualifiedName, metadata }: CatalogEntry): string | null {
  const { tableName, schemaName, columnName } = metadata;
  if (itemType === "table") return pathOf.table(workspace, qualifiedName);
  if (!tableName) return null;
  const table = schemaName ? `${schemaName}.${tableName}` : tableName;
  if ((itemType === "column" || itemType === "enum_value") && columnName) return pathOf.column(workspace, table, columnName);
  if (itemType === "relationship") return pathOf.table(workspace, table, "relations");
  if (itemType === "data_quality_finding") return pathOf.table(workspace, table, "findings");
  return null;
}
