import { describe, expect, it } from "vitest";
import type { RelationInfo } from "./data";
import { layOut, NodeHeight, type Graph } from "./graph";

const relation = (from: string, to: string, origin = "declared"): RelationInfo => ({ from, fromColumns: [`${to}_id`], to, toColumns: ["id"], origin, cardinality: "many_to_one" });
const overlaps = ({ nodes, nodeWidth }: Graph) =>
  nodes.some((a, index) => nodes.slice(index + 1).some((b) => Math.abs(a.y - b.y) < NodeHeight && Math.abs(a.x - b.x) < nodeWidth));

describe("the graph of a table's relations", () => {
  const relations = [relation("orders", "customers"), relation("lines", "orders"), relation("returns", "orders", "inferred"), relation("orders", "orders")];

  it("has who refers to it before it, and what it refers to after it", () => {
    const { nodes, edges, isSelfReferring } = layOut("orders", relations, 900);
    expect(nodes.map(({ table, side }) => [table, side])).toEqual([
      ["lines", "in"],
      ["returns", "in"],
      ["orders", "center"],
      ["customers", "out"],
    ]);
    expect(edges.map(({ key, isInferred }) => [key, isInferred])).toEqual([
      ["orders customers", false],
      ["lines orders", false],
      ["returns orders", true],
    ]);
    expect(isSelfReferring).toBe(true);
  });

  it("lies within its width and over itself nowhere, however wide it is and however many tables there are", () => {
    for (const width of [320, 599, 600, 760, 1400]) {
      for (const many of [0, 1, 7, 40]) {
        const graph = layOut("t", Array.from({ length: many }, (_, index) => (index % 3 ? relation(`a${index}`, "t") : relation("t", `b${index}`))), width);
        expect(overlaps(graph)).toBe(false);
        for (const { x, y } of graph.nodes) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + graph.nodeWidth).toBeLessThanOrEqual(width);
          expect(y + NodeHeight).toBeLessThanOrEqual(graph.height);
        }
        expect(graph.nodes.length + graph.leftOut).toBe(many + 1);
      }
    }
  });

  it("shows several relations of two tables as one line that names all of them", () => {
    const { edges } = layOut("a", [relation("a", "b", "inferred"), { ...relation("a", "b"), fromColumns: ["x", "y"], toColumns: ["p", "q"] }], 900);
    expect(edges).toHaveLength(1);
    expect(edges[0]).toMatchObject({ label: "b_id → id; x, y → p, q", isInferred: false });
  });
});
