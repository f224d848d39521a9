import { useEffect, useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import { useWorkspaceKey } from "../api/queries";
import { plural } from "../ui/format";
import { Empty } from "../ui/Panels";
import type { RelationInfo } from "./data";
import { parts, percent } from "./format";
import { layOut, NodeHeight } from "./graph";
import { pathOf } from "./paths";

/** What a table can be joined with: as a picture of its neighbours, and as a list of all. */
export function Relations({ table, relations }: { table: string; relations: RelationInfo[] }) {
  if (relations.length === 0) {
    return (
      <Empty title="Nothing is known that it can be joined with.">
        <p>The database declares no key from it or to it. Profiling finds relations by names and values.</p>
      </Empty>
    );
  }
  return (
    <div className="scroll min-h-0 flex-1 p-3">
      <Graph table={table} relations={relations} />
      <List table={table} relations={relations} />
    </div>
  );
}

function Graph({ table, relations }: { table: string; relations: RelationInfo[] }) {
  const workspace = useWorkspaceKey();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);
  const graph = useMemo(() => (width > 0 ? layOut(table, relations, width) : null), [table, relations, width]);
  return (
    <section aria-label="Neighbours" className="mb-4 rounded-lg border border-line bg-surface p-4">
      <div ref={frame}>
        {graph && (
          <div className="relative" style={{ height: graph.height }} data-testid="graph">
            <svg aria-hidden width={graph.width} height={graph.height} className="absolute inset-0 fill-none stroke-edge">
              <defs>
                <marker id="refers-to" viewBox="0 0 8 8" refX={8} refY={4} markerWidth={8} markerHeight={8} orient="auto-start-reverse">
                  <path d="M0 0L8 4L0 8z" className="fill-edge stroke-none" />
                </marker>
              </defs>
              {graph.edges.map(({ key, path, isInferred, label }) => (
                <path key={key} d={path} strokeWidth={1.5} strokeDasharray={isInferred ? "4 4" : undefined} markerEnd="url(#refers-to)">
                  <title>{label}</title>
                </path>
              ))}
            </svg>
            {graph.nodes.map(({ table: name, side, x, y }) => (
              <Node key={name} name={name} isCenter={side === "center"} to={pathOf.table(workspace, name, "relations")} place={{ left: x, top: y, width: graph.nodeWidth, height: NodeHeight }} />
            ))}
          </div>
        )}
      </div>
      {graph && (
        <p className="mt-3 text-xs text-muted">
          An arrow leads from the table that refers to the one that it refers to; a dashed one was inferred from names and values.
          {graph.isSelfReferring && " The table refers to itself too."}
          {graph.leftOut > 0 && ` ${plural(graph.leftOut, "more table")} in the list below.`}
        </p>
      )}
    </section>
  );
}

function Node({ name, isCenter, to, place }: { name: string; isCenter: boolean; to: string; place: React.CSSProperties }) {
  const [schema, bare] = parts(name);
  const look = "absolute flex items-center justify-center rounded-md border px-2 text-center";
  const text = (
    <span className="truncate">
      {schema !== "main." && <span className={isCenter ? "" : "text-muted"}>{schema}</span>}
      {bare}
    </span>
  );
  return isCenter ? (
    <span style={place} className={`${look} border-accent bg-accent-soft font-semibold text-accent`} title={name}>
      {text}
    </span>
  ) : (
    <Link to={to} style={place} className={`${look} border-edge bg-bg hover:bg-hover`} title={name}>
      {text}
    </Link>
  );
}

function List({ table, relations }: { table: string; relations: RelationInfo[] }) {
  const workspace = useWorkspaceKey();
  const other = ({ from, to }: RelationInfo) => (from === table ? to : from);
  return (
    <div tabIndex={0} role="region" aria-label="Relations" className="scroll">
      <table className="w-full min-w-[40rem] text-left">
        <thead className="text-xs text-muted">
          <tr className="border-b border-line">
            {["Table", "Columns", "Kind", "Known", "Without a match"].map((name) => (
              <th key={name} scope="col" className="px-2 py-1.5 font-medium last:text-right">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {relations.map((relation) => (
            <tr key={`${relation.from} ${relation.fromColumns} ${relation.to} ${relation.toColumns}`} className="border-b border-line">
              <td className="px-2 py-1.5">
                <Link to={pathOf.table(workspace, other(relation), "relations")} className="font-medium text-accent underline-offset-2 hover:underline">
                  {other(relation)}
                </Link>
              </td>
              <td className="px-2 py-1.5 font-mono text-xs">
                {relation.from === table ? "" : `${parts(relation.from)[1]}.`}
                {relation.fromColumns.join(", ")} → {relation.to === table ? "" : `${parts(relation.to)[1]}.`}
                {relation.toColumns.join(", ")}
              </td>
              <td className="px-2 py-1.5 whitespace-nowrap text-muted">{relation.cardinality.replaceAll("_", " ")}</td>
              <td className="px-2 py-1.5 whitespace-nowrap text-muted">
                {relation.origin}
                {typeof relation.confidence === "number" && `, ${percent(relation.confidence)} sure`}
              </td>
              <td className={`num px-2 py-1.5 text-right whitespace-nowrap ${relation.orphanRate ? "text-warn" : "text-muted"}`}>
                {typeof relation.orphanRate === "number" ? `${percent(relation.orphanRate)} of rows` : "not known"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
