import { Link } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { count, words } from "../ui/format";
import { Empty } from "../ui/Panels";
import type { CatalogEntry } from "./data";
import { inline } from "./format";
import { pathOf } from "./paths";

/** What profiling found wrong with a table's data, each with the query that counts it. */
export function Findings({ findings, isProfiled }: { findings: CatalogEntry[]; isProfiled: boolean }) {
  const workspace = useWorkspaceKey();
  if (findings.length === 0) {
    return <Empty title={isProfiled ? "Nothing was found wrong." : "The table is not profiled."}>{isProfiled ? null : <p>Profile it to see what is wrong with its data.</p>}</Empty>;
  }
  return (
    <ul aria-label="Findings" className="scroll min-h-0 flex-1 p-3">
      {findings.map((finding) => {
        const { count: found, examples, query: counted } = finding.metadata.extra ?? {};
        const query = typeof counted === "string" ? counted : null;
        return (
          <li key={finding.id} className="mb-2 max-w-3xl rounded-lg border border-line bg-surface p-3">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3 font-medium">
              <span className="min-w-0 break-words">
                {words(finding.name)}
                {finding.metadata.columnName && <span className="font-normal text-muted"> in {finding.metadata.columnName}</span>}
              </span>
              {query && (
                <Link to={pathOf.query(workspace, query)} className="text-xs font-normal text-accent underline underline-offset-2">
                  Open its query<span className="sr-only"> of {words(finding.name)}</span>
                </Link>
              )}
            </p>
            <p className="mt-1 break-words whitespace-pre-line text-muted">{finding.content}</p>
            <p className="num mt-1 break-words">
              {typeof found === "number" && <span className="font-medium text-warn">{count(found)} found</span>}
              {Array.isArray(examples) && <span className="text-muted"> such as {examples.map(inline).join(" · ")}</span>}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
