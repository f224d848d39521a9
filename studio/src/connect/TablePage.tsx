import { ScanSearch, SquareTerminal } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { useShortcut } from "../shell/keys";
import { Button } from "../ui/Button";
import { plural } from "../ui/format";
import { Empty, ErrorPanel, Panel, Skeleton } from "../ui/Panels";
import { Columns } from "./Columns";
import type { TableDetails } from "./data";
import { Findings } from "./Findings";
import { parts } from "./format";
import { pathOf } from "./paths";
import { ProfileDialog } from "./ProfileDialog";
import { useSample, useSources, useTable } from "./queries";
import { Relations } from "./Relations";
import { ResultTable } from "./ResultTable";
import { selectAll } from "./sql";

const tabs = ["columns", "sample", "relations", "findings"] as const;
const SampleRows = 50;

/** One table from several sides. */
export function TablePage({ name }: { name: string }) {
  const workspace = useWorkspaceKey();
  const { tab: asked } = useParams();
  const tab = tabs.find((known) => known === asked) ?? "columns";
  const [parameters] = useSearchParams();
  const filter = parameters.get("filter");
  const query = filter ? `?filter=${encodeURIComponent(filter)}` : "";
  const navigate = useNavigate();
  const details = useTable(name);
  const turn = (by: number) => void navigate(pathOf.table(workspace, name, tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length]) + query);
  useShortcut("[", "Previous side", "Table", () => turn(-1));
  useShortcut("]", "Next side", "Table", () => turn(1));
  useShortcut("Escape", "Back to all tables", "Table", () => void navigate(pathOf.tables(workspace) + query));

  if (details.isError && !details.data) return <ErrorPanel error={details.error} what={`Table '${name}' cannot be read.`} onRetry={() => void details.refetch()} />;
  if (!details.data) return <Skeleton rows={10} height={28} />;
  const counts = { columns: details.data.columns.length, sample: null, relations: details.data.relations.length, findings: details.data.findings.length };
  return (
    <>
      <Header details={details.data} />
      <nav aria-label="Sides of the table" className="scroll flex shrink-0 gap-1 border-b border-line px-3">
        {tabs.map((side) => (
          <Link
            key={side}
            to={pathOf.table(workspace, name, side) + query}
            aria-current={side === tab ? "page" : undefined}
            className={`border-b-2 px-2.5 py-1.5 font-medium capitalize ${side === tab ? "border-accent text-text" : "border-transparent text-muted hover:text-text"}`}
          >
            {side} {counts[side] !== null && <span className="num font-normal text-muted">{counts[side]}</span>}
          </Link>
        ))}
      </nav>
      <Panel name="This side of the table" resetKey={`${name}/${tab}`}>
        {tab === "columns" && <Columns columns={details.data.columns} />}
        {tab === "sample" && <Sample table={details.data.table.qualifiedName} />}
        {tab === "relations" && <Relations table={details.data.table.qualifiedName} relations={details.data.relations} />}
        {tab === "findings" && <Findings findings={details.data.findings} isProfiled={details.data.table.isCatalogued} />}
      </Panel>
    </>
  );
}

function Header({ details: { table } }: { details: TableDetails }) {
  const workspace = useWorkspaceKey();
  const sources = useSources().data;
  const [isAsking, setAsking] = useState(false);
  const [schema, name] = parts(table.qualifiedName);
  return (
    <header className="shrink-0 px-3 pt-2 pb-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="min-w-0 text-base font-semibold break-all">
          <Link to={pathOf.tables(workspace)} className="mr-1.5 font-normal text-muted hover:text-text lg:hidden">
            Tables /
          </Link>
          <span className="font-normal text-muted">{schema}</span>
          {name}
        </h1>
        <span className="num text-xs text-muted">
          {[table.kind, typeof table.rowCount === "number" ? plural(table.rowCount, "row") : null, table.isCatalogued ? null : "not profiled"].filter(Boolean).join(" · ")}
        </span>
        {table.tags.map((tag) => (
          <span key={tag} className="rounded-full border border-line px-2 text-xs text-muted">
            {tag}
          </span>
        ))}
        <span className="flex-1" />
        <Link to={pathOf.query(workspace, selectAll(table.qualifiedName))} className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 font-medium hover:bg-hover">
          <SquareTerminal className="size-3.5" aria-hidden /> Query
        </Link>
        <Button disabled={!sources?.database || sources.isCatalogReadOnly} onClick={() => setAsking(true)}>
          <ScanSearch className="size-3.5" aria-hidden /> Profile
        </Button>
      </div>
      {table.description && <p className="mt-1 line-clamp-3 max-w-3xl break-words whitespace-pre-line text-muted">{table.description}</p>}
      {isAsking && sources && <ProfileDialog sources={sources} tables={[table.qualifiedName]} onClose={() => setAsking(false)} />}
    </header>
  );
}

function Sample({ table }: { table: string }) {
  const sample = useSample(table, SampleRows);
  if (sample.isError && !sample.data) return <ErrorPanel error={sample.error} what="No rows can be shown." onRetry={() => void sample.refetch()} />;
  if (!sample.data) return <Skeleton rows={10} height={24} />;
  if (sample.data.rowCount === 0) return <Empty title="The table is empty." />;
  return <ResultTable result={sample.data} label={`Rows of ${table}`} />;
}
