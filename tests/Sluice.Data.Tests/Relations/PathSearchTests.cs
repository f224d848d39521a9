using FsCheck;
using FsCheck.Fluent;
using Sluice.Data.Relations;
using Sluice.Data.Schemas;

namespace Sluice.Data.Tests.Relations;

public sealed class PathSearchTests
{
    private const int Nodes = 7;

    [Fact]
    public void Find_OnAnyGraph_GivesTheBestSimplePathsOfBruteForce() => Prop.ForAll(Graphs().ToArbitrary(), Gen.Choose(1, 6).ToArbitrary(), (edges, maxHops) =>
    {
        var graph = new RelationGraph(edges);
        if (graph.Find(Table(0)) is not { } from || graph.Find(Table(1)) is not { } to) return true;
        var all = BruteForce(graph, from, to, maxHops).OrderBy(path => path.Cost).ToArray();
        var limit = 1 + (edges.Length % 8);

        var found = new PathSearch(graph, from, to, maxHops).Find(limit, default);

        return found.Select(path => path.Cost).SequenceEqual(all.Take(limit).Select(path => path.Cost))
            && found.All(path => IsSimple(path, from, to))
            && found.Select(Key).Distinct().Count() == found.Count;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Find_FewerJoins_ComeBeforeSurerOnes()
    {
        var graph = new RelationGraph(
        [
            Relation(0, 2), Relation(2, 1),
            Relation(0, 1, RelationOrigin.Inferred, confidence: 0),
        ]);

        new PathSearch(graph, graph.Find(Table(0))!.Value, graph.Find(Table(1))!.Value, 6).Find(5, default).Select(path => path.Steps.Count).ShouldBe([1, 2]);
    }

    [Fact]
    public void Find_OfAsManyJoins_DeclaredBeforeInferredAndSurerBeforeLessSure()
    {
        var graph = new RelationGraph(
        [
            Relation(0, 1, RelationOrigin.Inferred, "a", 0.2), Relation(0, 1, RelationOrigin.Inferred, "b", 0.9), Relation(0, 1, RelationOrigin.Declared, "c"),
        ]);

        new PathSearch(graph, 0, 1, 1).Find(5, default).Select(path => path.Steps[0].SourceColumns[0]).ShouldBe(["c", "b", "a"]);
    }

    [Fact]
    public void Find_SameTable_GivesRelationsToItself()
    {
        var graph = new RelationGraph([Relation(0, 1), Relation(1, 0), Relation(0, 0)]);

        new PathSearch(graph, 0, 0, 6).Find(5, default).ShouldHaveSingleItem().Steps.ShouldHaveSingleItem().Target.ShouldBe(0);
    }

    [Fact]
    public void Find_OverAThousandTablesWithHubs_EndsWithAsManyPathsAsAsked()
    {
        // Every table refers to one of three hubs and to the one before it: almost all paths lead over the hubs.
        var relations = Enumerable.Range(3, 997).SelectMany(table => new[] { Relation(table, table % 3), Relation(table, table - 1) }).ToArray();
        var graph = new RelationGraph(relations);

        var found = new PathSearch(graph, graph.Find(Table(500))!.Value, graph.Find(Table(901))!.Value, 6).Find(20, default);

        found.Count.ShouldBe(20);
        found.ShouldAllBe(path => path.Steps.Count <= 6);
        found.Select(path => path.Cost).ShouldBe(found.Select(path => path.Cost).Order());
    }

    [Fact]
    public void Find_Cancelled_Stops()
    {
        var graph = new RelationGraph([Relation(0, 1)]);
        Should.Throw<OperationCanceledException>(() => new PathSearch(graph, 0, 1, 6).Find(5, new CancellationToken(true)));
    }

    private static Gen<Relation[]> Graphs() =>
        from count in Gen.Choose(0, 16)
        from edges in (
            from source in Gen.Choose(0, Nodes - 1)
            from target in Gen.Choose(0, Nodes - 1)
            from origin in Gen.Elements(RelationOrigin.Declared, RelationOrigin.Authored, RelationOrigin.Inferred)
            from cardinality in Gen.Elements(Enum.GetValues<Cardinality>())
            from confidence in Gen.Choose(0, 10)
            select Relation(source, target, origin, $"c{confidence}", confidence / 10.0) with { Cardinality = cardinality }).ArrayOf(count)
        select edges;

    private static IEnumerable<RelationPath> BruteForce(RelationGraph graph, int from, int to, int maxHops)
    {
        if (from == to) return [];
        return Walk(from, [], [from]);

        IEnumerable<RelationPath> Walk(int node, RelationStep[] steps, int[] passed)
        {
            if (node == to) return [new RelationPath(steps)];
            return steps.Length == maxHops ? [] : graph.StepsFrom(node).Where(step => !passed.Contains(step.Target))
                .SelectMany(step => Walk(step.Target, [.. steps, step], [.. passed, step.Target]));
        }
    }

    private static bool IsSimple(RelationPath path, int from, int to)
    {
        int[] nodes = [from, .. path.Steps.Select(step => step.Target)];
        return nodes.Distinct().Count() == nodes.Length && nodes[^1] == to
            && path.Steps.Zip(path.Steps.Skip(1)).All(pair => pair.First.TargetTable == pair.Second.Source);
    }

    private static string Key(RelationPath path) => string.Join(',', path.Steps.Select(step => step.Edge));

    private static TableKey Table(int number) => new("main", $"t{number}");

    private static Relation Relation(int from, int to, RelationOrigin origin = RelationOrigin.Declared, string column = "x", double? confidence = null) => new()
    {
        From = Table(from),
        FromColumns = [column],
        To = Table(to),
        ToColumns = ["id"],
        Origin = origin,
        Cardinality = Cardinality.ManyToOne,
        Confidence = confidence,
    };
}
