import { Download, FileText, ScanSearch, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { apiUrl, inWorkspace } from "../api/client";
import { useWorkspaceKey } from "../api/queries";
import { usePageTitle } from "../shell/usePageTitle";
import { Button } from "../ui/Button";
import { count, plural, words } from "../ui/format";
import { Empty, ErrorPanel, Skeleton } from "../ui/Panels";
import type { DataSources } from "./data";
import { IngestDialog } from "./IngestDialog";
import { JobList } from "./JobList";
import { kinds } from "./kinds";
import { pathOf } from "./paths";
import { ProfileDialog } from "./ProfileDialog";
import { useSources } from "./queries";

/** What there is to work on, what the catalog knows of it, and how to learn more. */
export default function SourcesPage() {
  usePageTitle("Sources");
  const sources = useSources();
  return (
    <div className="scroll min-h-0 flex-1">
      <h1 className="sr-only">Sources</h1>
      {sources.isPending && <Skeleton rows={4} height={56} />}
      {sources.isError && !sources.data && <ErrorPanel error={sources.error} what="The sources cannot be read." onRetry={() => void sources.refetch()} />}
      {sources.data && <Sources sources={sources.data} />}
    </div>
  );
}

function Sources({ sources }: { sources: DataSources }) {
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-5 p-4">
      {sources.warnings.length > 0 && (
        <ul aria-label="Warnings" className="rounded-lg border border-line bg-warn-soft p-3">
          {sources.warnings.map(({ code, message }) => (
            <li key={code} className="flex items-start gap-2 text-warn">
              <TriangleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
              <span className="min-w-0 break-words">{message}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="grid gap-4 md:grid-cols-2">
        <Database sources={sources} />
        <Catalog sources={sources} />
      </div>
      <JobList />
    </div>
  );
}

function Database({ sources }: { sources: DataSources }) {
  const workspace = useWorkspaceKey();
  const [isAsking, setAsking] = useState(false);
  return (
    <Card title="Database">
      {sources.database ? (
        <>
          <dl className={facts}>
            <Fact name="Kind">{sources.database}</Fact>
            <Fact name="Name">{sources.databaseIds.length > 0 ? sources.databaseIds.join(", ") : <span className="text-muted">not in the catalog yet</span>}</Fact>
            <Fact name="Access">read only, through the query guard</Fact>
            <Fact name="Samples">{sources.masksPersonalData ? "personal data is masked" : "shown as they are"}</Fact>
          </dl>
          <div className="mt-auto flex flex-wrap gap-2 pt-3">
            <Button kind="primary" disabled={sources.isCatalogReadOnly} onClick={() => setAsking(true)} title={sources.isCatalogReadOnly ? readOnly : undefined}>
              <ScanSearch className="size-3.5" aria-hidden /> Profile
            </Button>
            <Link to={pathOf.tables(workspace)} className={linkButton}>
              Browse tables
            </Link>
          </div>
          {isAsking && <ProfileDialog sources={sources} tables={[]} onClose={() => setAsking(false)} />}
        </>
      ) : (
        <Empty title="There is no database.">
          <p>
            Give the data environment a <code className="font-mono text-xs">targetDatabase</code>.
          </p>
        </Empty>
      )}
    </Card>
  );
}

function Catalog({ sources }: { sources: DataSources }) {
  const workspace = useWorkspaceKey();
  const [isAsking, setAsking] = useState(false);
  const known = Object.entries(kinds).filter(([kind]) => sources.entries[kind]);
  const total = Object.values(sources.entries).reduce((sum, entries) => sum + entries, 0);
  return (
    <Card title="Catalog">
      {total === 0 ? (
        <p className="text-muted">
          It is empty. Profile the database, or ingest documents: agents find tables, columns and rules in it.
        </p>
      ) : (
        <dl className={facts}>
          {known.map(([kind, name]) => (
            <Fact key={kind} name={words(name)}>
              {sources.hasSearch ? (
                <Link to={`${pathOf.search(workspace)}?kind=${kind}`} className="num inline-block min-w-6 leading-6 underline decoration-edge underline-offset-2 hover:decoration-current">
                  {count(sources.entries[kind]!)}
                </Link>
              ) : (
                <span className="num">{count(sources.entries[kind]!)}</span>
              )}
            </Fact>
          ))}
        </dl>
      )}
      {sources.isCatalogReadOnly && <p className="mt-2 text-muted">{readOnly}</p>}
      <div className="mt-auto flex flex-wrap gap-2 pt-3">
        <Button disabled={sources.isCatalogReadOnly} onClick={() => setAsking(true)}>
          <FileText className="size-3.5" aria-hidden /> Ingest documents
        </Button>
        {total > 0 && (
          <a href={apiUrl(inWorkspace(workspace, "data", "catalog"))} download="catalog.jsonl" className={linkButton}>
            <Download className="size-3.5" aria-hidden /> Export {plural(total, "entry", "entries")}
          </a>
        )}
      </div>
      {isAsking && <IngestDialog sources={sources} onClose={() => setAsking(false)} />}
    </Card>
  );
}

const readOnly = "This catalog cannot be written: give the data environment one that is kept, such as sqlite:catalog.db.";
const facts = "grid grid-cols-[auto_1fr] gap-x-4 leading-6";
const linkButton = "inline-flex h-7 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 font-medium hover:bg-hover";

function Card({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title} className="flex min-h-44 flex-col rounded-lg border border-line bg-surface p-4 shadow-card">
      <h2 className="mb-2 text-base font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
