import type { RelationInfo } from "./data";

export interface GraphNode {
  table: string;
  side: "center" | "in" | "out";
  x: number;
  y: number;
}

export interface GraphEdge {
  key: string;
  /** The path of the line, from the table that refers to the one that is referred to. */
  path: string;
  isInferred: boolean;
  label: string;
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  width: number;
  height: number;
  nodeWidth: number;
  /** Tables that are not drawn: the list below has them. */
  leftOut: number;
  /** Whether the table refers to itself. */
  isSelfReferring: boolean;
}

export const NodeHeight = 30;
const RowGap = 10;
const Wide = 600;
const WidestNode = 230;
const NarrowestGap = 80;
const Gutter = 28;
const MostPerSide = 12;

/** The tables that one table can be joined with, placed around it: who refers to it at the left, what it refers to at the right. */
export function layOut(center: string, relations: readonly RelationInfo[], width: number): Graph {
  const others = new Map<string, "in" | "out">();
  for (const { from, to } of relations) {
    if (from === to) continue;
    if (from === center) others.set(to, "out");
    else if (!others.has(from)) others.set(from, "in");
  }
  const of = (side: "in" | "out") => [...others].filter(([, known]) => known === side).map(([table]) => table);
  const [referring, referred] = [of("in"), of("out")];
  const shown = { in: referring.slice(0, MostPerSide), out: referred.slice(0, MostPerSide) };
  const isWide = width >= Wide;
  const nodeWidth = isWide ? Math.min(WidestNode, (width - 2 * NarrowestGap) / 3) : width - Gutter;
  const nodes = isWide ? beside(center, shown, width, nodeWidth) : below(center, shown);
  return {
    nodes,
    edges: edgesOf(nodes, relations, nodeWidth, isWide),
    width,
    height: Math.max(...nodes.map(({ y }) => y)) + NodeHeight,
    nodeWidth,
    leftOut: referring.length + referred.length - shown.in.length - shown.out.length,
    isSelfReferring: relations.some(({ from, to }) => from === to),
  };
}

type Sides = { in: string[]; out: string[] };

function beside(center: string, { in: left, out: right }: Sides, width: number, nodeWidth: number): GraphNode[] {
  const most = Math.max(left.length, right.length, 1);
  const top = (rows: number) => ((most - rows) * (NodeHeight + RowGap)) / 2;
  const column = (tables: string[], side: "in" | "out", x: number): GraphNode[] =>
    tables.map((table, row) => ({ table, side, x, y: top(tables.length) + row * (NodeHeight + RowGap) }));
  return [
    ...column(left, "in", 0),
    { table: center, side: "center", x: (width - nodeWidth) / 2, y: top(1) },
    ...column(right, "out", width - nodeWidth),
  ];
}

function below(center: string, { in: above, out: under }: Sides): GraphNode[] {
  const all = [...above.map((table) => ({ table, side: "in" as const })), { table: center, side: "center" as const }, ...under.map((table) => ({ table, side: "out" as const }))];
  return all.map((node, row) => ({ ...node, x: Gutter, y: row * (NodeHeight + RowGap) }));
}

function edgesOf(nodes: readonly GraphNode[], relations: readonly RelationInfo[], nodeWidth: number, isWide: boolean): GraphEdge[] {
  const places = new Map(nodes.map((node) => [node.table, node]));
  const edges = new Map<string, GraphEdge>();
  for (const relation of relations) {
    const [from, to] = [places.get(relation.from), places.get(relation.to)];
    if (!from || !to || from === to) continue;
    const key = `${relation.from} ${relation.to}`;
    const label = `${relation.fromColumns.join(", ")} → ${relation.toColumns.join(", ")}`;
    const known = edges.get(key);
    edges.set(key, {
      key,
      path: isWide ? across(from, to, nodeWidth) : along(from, to),
      isInferred: (known?.isInferred ?? true) && relation.origin === "inferred",
      label: known ? `${known.label}; ${label}` : label,
    });
  }
  return [...edges.values()];
}

function across(from: GraphNode, to: GraphNode, nodeWidth: number): string {
  const goesRight = from.x < to.x;
  const [x1, x2] = goesRight ? [from.x + nodeWidth, to.x] : [from.x, to.x + nodeWidth];
  const [y1, y2] = [from.y + NodeHeight / 2, to.y + NodeHeight / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

function along(from: GraphNode, to: GraphNode): string {
  const [y1, y2] = [from.y + NodeHeight / 2, to.y + NodeHeight / 2];
  const x = from.side === "in" ? 8 : 16;
  return `M${from.x} ${y1}H${x}V${y2}H${to.x}`;
}
