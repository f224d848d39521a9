import { Play, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { leaveOnEscape, modKey, useShortcut } from "../shell/keys";
import { usePageTitle } from "../shell/usePageTitle";
import { Button } from "../ui/Button";
import { Empty } from "../ui/Panels";
import { useKept } from "../ui/useKept";
import { Failure } from "./fields";
import { useRunQuery } from "./queries";
import { ResultTable } from "./ResultTable";

const limits = [100, 1000, 10_000];
const MostInLink = 2000;
const MostRecent = 10;

/** One statement that reads, and what it returned. A link fills the text in; nothing runs before somebody says so. */
export default function QueryPage() {
  usePageTitle("Query");
  const workspace = useWorkspaceKey();
  const [parameters, setParameters] = useSearchParams();
  const linked = parameters.get("sql");
  const [sql, setSql] = useKept(`query:${workspace}`, "");
  const [recent, setRecent] = useKept<string[]>(`queries:${workspace}`, []);
  const [maxRows, setMaxRows] = useState(limits[1]!);
  const field = useRef<HTMLTextAreaElement>(null);
  const { run, stop, result, error, isRunning } = useRunQuery();
  useEffect(() => {
    if (linked !== null) setSql(linked);
  }, [linked, setSql]);
  useShortcut("/", "Write the query", "Connect", () => field.current?.focus());

  const text = sql.trim();
  const start = () => {
    if (text === "" || isRunning) return;
    run({ sql, maxRows });
    setRecent((before) => [sql, ...before.filter((other) => other !== sql)].slice(0, MostRecent));
    setParameters(sql.length <= MostInLink ? { sql } : {}, { replace: true });
  };
  return (
    <>
      <h1 className="sr-only">Query</h1>
      <div className="flex shrink-0 flex-col gap-2 border-b border-line p-3">
        <textarea
          ref={field}
          aria-label="SQL"
          aria-invalid={error !== null}
          aria-describedby={error ? "query-error" : "query-hint"}
          spellCheck={false}
          autoCapitalize="off"
          rows={Math.min(12, Math.max(4, sql.split("\n").length + 1))}
          placeholder="SELECT …"
          value={sql}
          onChange={(event) => {
            setSql(event.target.value);
            // The address names what the text was, and a reload would bring that back.
            if (linked !== null) setParameters({}, { replace: true });
          }}
          onKeyDown={(event) => {
            leaveOnEscape(event);
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
            event.preventDefault();
            start();
          }}
          className={`scroll w-full resize-y rounded-md border bg-surface p-2 font-mono text-xs leading-relaxed ${error ? "border-bad" : "border-line"}`}
        />
        {error && (
          <div id="query-error">
            <Failure error={error} />
          </div>
        )}
        <div className="flex flex-wrap items-center gap-2">
          {isRunning ? (
            <Button onClick={stop}>
              <Square className="size-3 fill-current" aria-hidden /> Stop
            </Button>
          ) : (
            <Button kind="primary" disabled={text === ""} onClick={start} shortcut={`${modKey} ⏎`}>
              <Play className="size-3.5" aria-hidden /> Run
            </Button>
          )}
          <label className="flex items-center gap-1.5 text-muted">
            at most
            <select value={maxRows} onChange={(event) => setMaxRows(Number(event.target.value))} className="num h-7 rounded-md border border-line bg-surface px-1 text-text">
              {limits.map((limit) => (
                <option key={limit} value={limit}>
                  {limit.toLocaleString("en-US")}
                </option>
              ))}
            </select>
            rows
          </label>
          <span id="query-hint" className="text-xs text-muted">
            Reads only: the guard refuses everything else.
          </span>
        </div>
      </div>
      {isRunning && !result && <p role="status" className="p-4 text-muted">The query runs…</p>}
      {result && (
        <div className={`flex min-h-0 flex-1 flex-col ${isRunning ? "opacity-60" : ""}`}>
          <ResultTable key={result.queryHash} result={result} label="Result" />
        </div>
      )}
      {!result && !isRunning && <Recent queries={recent} onChoose={(query) => { setSql(query); field.current?.focus(); }} />}
    </>
  );
}

function Recent({ queries, onChoose }: { queries: string[]; onChoose: (sql: string) => void }) {
  if (queries.length === 0) {
    return (
      <Empty title="Nothing was asked yet.">
        <p>Write a query, or begin with one of a table: its page has a button that writes one.</p>
      </Empty>
    );
  }
  return (
    <div className="scroll min-h-0 flex-1 p-3">
      <h2 className="mb-1 text-xs font-semibold text-muted">Asked before</h2>
      <ul className="max-w-3xl">
        {queries.map((query) => (
          <li key={query}>
            <button type="button" onClick={() => onChoose(query)} className="w-full truncate rounded-md px-2 py-1.5 text-left font-mono text-xs hover:bg-hover">
              {query.replaceAll(/\s+/g, " ")}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
