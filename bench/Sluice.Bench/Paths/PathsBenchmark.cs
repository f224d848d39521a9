using Sluice.Bench.Measuring;
using Sluice.Data;
using Sluice.Data.Relations;
using Sluice.Data.Schemas;
using Sluice.Data.Toolkit;

namespace Sluice.Bench.Paths;

/// <summary>What it costs to find the twenty best ways of at most six joins between two of a thousand tables.</summary>
internal static class PathsBenchmark
{
    private const int Tables = 1_000;
    private const int Hubs = 20;
    private const int Seed = 20261127;
    private static readonly DataScope Scope = new("acme");

    public static async Task RunAsync()
    {
        var random = new Random(Seed);
        var relations = Enumerable.Range(Hubs, Tables - Hubs).SelectMany(table => new[]
        {
            // Each refers to a hub, to a table of its neighbourhood, and to any other.
            Relate(table, random.Next(Hubs)), Relate(table, Math.Max(Hubs, table - random.Next(1, 10))), Relate(table, random.Next(table)),
        }).DistinctBy(relation => relation.Signature).ToArray();
        var pairs = Enumerable.Range(0, 20).Select(_ => (From: TableOf(random.Next(Tables)), To: TableOf(random.Next(Tables)))).Where(pair => pair.From != pair.To).ToArray();
        await using var data = await new DataEnvironment { TenantId = Scope.TenantId, Catalog = new() { Entries = [.. relations.Select(RelationEntries.ToEntry)] } }.OpenAsync([]);
        var graph = new RelationGraph(relations);

        Table.Title(
            $"Paths: {Tables:N0} tables, {relations.Length:N0} relations, 20 paths of at most 6 joins; aim 50 ms",
            "one breadth-first search over the same graph, for the length of the shortest path");
        Table.Costs("search alone", await Comparison.RunAsync(
            () => Each(pairs, pair => CountJoins(graph, pair.From, pair.To)),
            () => Each(pairs, pair => Search(graph, pair.From, pair.To).Count), pairs.Length));
        Table.Costs("with relations read from the catalog, and JSON", await Comparison.RunAsync(
            () => Each(pairs, pair => CountJoins(graph, pair.From, pair.To)),
            async () =>
            {
                foreach (var (from, to) in pairs)
                {
                    var known = new RelationGraph(await new CatalogReader(data, Scope, default).ReadRelationsAsync());
                    CompactJson.Of(Search(known, from, to).Select(RelationView.Of).ToArray());
                }
            },
            pairs.Length));
    }

    private static IReadOnlyList<RelationPath> Search(RelationGraph graph, TableKey from, TableKey to) =>
        new PathSearch(graph, graph.Find(from)!.Value, graph.Find(to)!.Value, 6).Find(20, default);

    private static Task Each((TableKey From, TableKey To)[] pairs, Func<(TableKey From, TableKey To), int> work)
    {
        foreach (var pair in pairs)
        {
            if (work(pair) == 0) throw new InvalidOperationException("There is no path.");
        }

        return Task.CompletedTask;
    }

    private static int CountJoins(RelationGraph graph, TableKey from, TableKey to)
    {
        var (start, end) = (graph.Find(from)!.Value, graph.Find(to)!.Value);
        var joins = new Dictionary<int, int> { [start] = 0 };
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var node))
        {
            if (node == end) return joins[node];
            foreach (var step in graph.StepsFrom(node))
            {
                if (joins.TryAdd(step.Target, joins[node] + 1)) queue.Enqueue(step.Target);
            }
        }

        return 0;
    }

    private static TableKey TableOf(int number) => new("main", $"t{number}");

    private static Relation Relate(int from, int to) => new()
    {
        From = TableOf(from),
        FromColumns = [$"t{to}_id"],
        To = TableOf(to),
        ToColumns = ["id"],
        Origin = RelationOrigin.Declared,
        Cardinality = Cardinality.ManyToOne,
    };
}
