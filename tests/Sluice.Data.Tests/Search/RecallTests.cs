using Sluice.Data.Search;
using Sluice.DataSets;
using Sluice.DataSets.Chinook;
using Sluice.DataSets.Questions;
using Sluice.DataSets.Warehouse;

namespace Sluice.Data.Tests.Search;

/// <summary>How many of the tables that questions need are found. The questions that are kept aside are not looked at here.</summary>
public sealed class RecallTests : IAsyncLifetime
{
    private const int Found = 10;

    private static readonly DataScope Scope = new("acme");

    private OpenDataEnvironment? _data;

    public async ValueTask InitializeAsync()
    {
        IReadOnlyList<CatalogEntry> entries =
        [
            .. SchemaEntries.Of("warehouse", WarehouseSchema.Instance.Tables), .. SchemaEntries.Of("chinook", ChinookSchema.Tables),
        ];
        _data = await new DataEnvironment { TenantId = Scope.TenantId, Catalog = new() { Entries = entries } }.OpenAsync([new SqliteDataProvider()]);
    }

    public ValueTask DisposeAsync() => _data!.DisposeAsync();

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
            var query = new CatalogSearchQuery { Text = question.Text, Kinds = [CatalogItemType.Table], DatabaseId = isScoped ? database : null };
            var tables = (await _data!.Search!.SearchAsync(Scope, query, TestContext.Current.CancellationToken)).Candidates.Select(hit => hit.Entry.Id).ToHashSet(StringComparer.Ordinal);
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
