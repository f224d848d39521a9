using Sluice.Bench.Measuring;
using Sluice.Bench.Stores;
using Sluice.Data;
using Sluice.Data.Relations;

namespace Sluice.Bench.Paths;

/// <summary>What it costs to find the twenty best ways of at most six joins between two of a thousand tables.</summary>
internal static class PathsBenchmark
{
    private const string Floor = "one breadth-first search over the same graph, for the length of the shortest path";

    public static async Task RunAsync()
    {
        var warehouse = new Warehouse();
        var graph = new RelationGraph(warehouse.Relations);
        Table.Title($"Paths: {warehouse.Tables.Count:N0} tables, {warehouse.Relations.Count:N0} relations, 20 paths of at most 6 joins; aim 50 ms", Floor);
        Table.Costs("search alone", await Comparison.RunAsync(
            () => Task.FromResult(CountJoins(graph, warehouse)), () => Task.FromResult(Search(graph, warehouse)), warehouse.Pairs.Count));
        await MeasureAsync("inline", new() { Entries = warehouse.Entries }, [], graph, warehouse);
        using var folder = new StoreFolder();
        await MeasureAsync("SQLite", new() { Url = $"sqlite:{folder.PathOf("catalog.db")}" }, [new SqliteDataProvider()], graph, warehouse);
        await using var postgres = await PostgresDatabase.TryStartAsync();
        if (postgres is not null) await MeasureAsync("PostgreSQL", new() { Url = postgres.Url }, [new PostgresDataProvider()], graph, warehouse);
    }

    /// <summary>The tool as an agent calls it: a run each, whose relations are read from the store.</summary>
    private static async Task MeasureAsync(
        string catalog, CatalogSettings settings, IReadOnlyList<IDataProvider> providers, RelationGraph graph, Warehouse warehouse)
    {
        await using var data = await new DataEnvironment { TenantId = Warehouse.Scope.TenantId, Catalog = settings }.OpenAsync(providers);
        if (!data.Catalog.IsReadOnly) await data.Catalog.UpsertAsync(Warehouse.Scope, warehouse.Entries, default);
        await using var desk = new PathsDesk(data);
        Table.Costs($"a question, catalog {catalog}", await Comparison.RunAsync(
            () => Task.FromResult(CountJoins(graph, warehouse)),
            async () =>
            {
                foreach (var (from, to) in warehouse.Pairs) await desk.AskAsync(from.QualifiedName, to.QualifiedName);
            },
            warehouse.Pairs.Count, warmUps: 4));
    }

    private static int Search(RelationGraph graph, Warehouse warehouse) => warehouse.Pairs.Sum(pair =>
        new PathSearch(graph, graph.Find(pair.From)!.Value, graph.Find(pair.To)!.Value, 6).Find(20, default).Count);

    private static int CountJoins(RelationGraph graph, Warehouse warehouse) =>
        warehouse.Pairs.Sum(pair => CountJoins(graph, graph.Find(pair.From)!.Value, graph.Find(pair.To)!.Value));

    private static int CountJoins(RelationGraph graph, int start, int end)
    {
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

        throw new InvalidOperationException("There is no path.");
    }
}
