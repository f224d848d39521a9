using Sluice.Data.Search;
using Sluice.DataSets;
using Sluice.DataSets.Chinook;
using Sluice.DataSets.Questions;
using Sluice.DataSets.Warehouse;
using Sluice.Sqlite.Search;

namespace Sluice.Data.Tests.Search;

/// <summary>How many of the tables that questions need are found. The questions that are kept aside are not looked at here.</summary>
public sealed class RecallTests : IAsyncLifetime
{
    private const int Found = 10;

    private static readonly DataScope Scope = new("acme");

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-search-").FullName;
    private SqliteSearchIndex? _index;

    public async ValueTask InitializeAsync()
    {
        _index = SqliteSearchIndex.Open(Path.Combine(_folder, "index.db"));
        IReadOnlyList<CatalogEntry> entries =
        [
            .. SchemaEntries.Of("warehouse", WarehouseSchema.Instance.Tables), .. SchemaEntries.Of("chinook", ChinookSchema.Tables),
        ];
        var indexer = new CatalogIndexer(entries);
        foreach (var chunk in entries.Select(indexer.ToDocument).Chunk(5_000)) await _index.PutAsync(Scope, chunk, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _index!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Search_ForQuestionsOfTheWarehouseAndChinook_FindsTheTablesTheyNeed()
    {
        var warehouse = await RecallAsync("warehouse", isScoped: true);
        var chinook = await RecallAsync("chinook", isScoped: true);
        var pooled = await RecallAsync("warehouse", isScoped: false);
        Report($"search: tables among the first {Found}: warehouse {warehouse:0.000}, Chinook {chinook:0.000}, both competing {pooled:0.000} (questions for tuning)");
        warehouse.ShouldBeGreaterThan(0.88);
        chinook.ShouldBeGreaterThan(0.60);
        pooled.ShouldBeGreaterThan(0.88);
    }

    private async Task<double> RecallAsync(string database, bool isScoped)
    {
        var (needed, found) = (0, 0);
        foreach (var question in SearchQuestions.All.Where(question => question.Database == database && !question.IsKeptAside))
        {
            var hits = await new CatalogSearch(_index!).SearchAsync(Scope, question.Text, isScoped ? database : null, 200, TestContext.Current.CancellationToken);
            var tables = hits.Where(hit => hit.ItemType == CatalogItemType.Table).Take(Found).Select(hit => hit.Id).ToHashSet(StringComparer.Ordinal);
            string[] wanted = [.. question.Tables.Select(table => IdOf(database, table))];
            needed += wanted.Length;
            found += wanted.Count(tables.Contains);
            if (!wanted.All(tables.Contains))
                TestContext.Current.TestOutputHelper?.WriteLine($"{question.Number} {question.Text}: not {string.Join(", ", wanted.Where(table => !tables.Contains(table)))}");
        }

        return (double)found / needed;
    }

    private static string IdOf(string database, string table) =>
        database == "chinook" ? $"chinook:main.{table}" : $"warehouse:{WarehouseSchema.Instance.PhysicalName(table)}";

    private static void Report(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Environment.GetEnvironmentVariable("SLUICE_REPORT") is { Length: > 0 } report) File.AppendAllLines(report, [line]);
    }
}
