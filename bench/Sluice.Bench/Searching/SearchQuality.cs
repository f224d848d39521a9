using Sluice.Data;
using Sluice.Data.Search;
using Sluice.Data.Search.Ranking;
using Sluice.DataSets;
using Sluice.DataSets.Chinook;
using Sluice.DataSets.Databases;
using Sluice.DataSets.Questions;
using Sluice.DataSets.Warehouse;

namespace Sluice.Bench.Searching;

/// <summary>How much of what labelled questions need is found, and what each feature is worth: what is lost without it.</summary>
internal static class SearchQuality
{
    private static readonly (string Name, RankingWeights Weights)[] Left =
    [
        ("all", RankingWeights.Default),
        ("short forms", RankingWeights.Default with { UsualShortForms = 0, ShortForms = 0 }),
        ("glued words", RankingWeights.Default with { GluedWords = 0 }),
        ("synonyms", RankingWeights.Default with { Synonyms = 0 }),
        ("misspellings", RankingWeights.Default with { Misspellings = 0 }),
        ("beginnings", RankingWeights.Default with { Beginnings = 0 }),
        ("parts", RankingWeights.Default with { Parts = 0 }),
        ("values", RankingWeights.Default with { Values = 0 }),
        ("whole name", RankingWeights.Default with { WholeName = 0 }),
        ("whole column", RankingWeights.Default with { WholeColumn = 0 }),
        ("same database", RankingWeights.Default with { SameDatabase = 0 }),
        ("neighbours", RankingWeights.Default with { Neighbours = 0 }),
        ("shared keys", RankingWeights.Default with { SharedKeys = 0 }),
        ("second step", RankingWeights.Default with { SecondStep = 0 }),
        ("coverage", RankingWeights.Default with { Coverage = 0 }),
        ("hints", RankingWeights.Default with { Hints = 0 }),
        ("table worth", RankingWeights.Default with { TableWorth = 0 }),
        ("index rank", RankingWeights.Default with { Index = 0 }),
        ("few tables", RankingWeights.Default with { FewTables = 0 }),
    ];

    /// <summary>Prints the table for the questions that ranking is tuned on.</summary>
    public static Task RunAsync() => PrintAsync(Left, question => !question.IsKeptAside, null);

    /// <summary>Prints what is missed.</summary>
    public static Task RunMissedAsync() => PrintAsync(Left[..1], question => !question.IsKeptAside, Console.WriteLine);

    /// <summary>Prints one row for the questions that are kept aside: for the final figure only.</summary>
    public static Task RunKeptAsideAsync() => PrintAsync(Left[..1], question => question.IsKeptAside, null);

    private static async Task PrintAsync((string Name, RankingWeights Weights)[] rows, Func<SearchQuestion, bool> isAsked, Action<string>? onMissed)
    {
        await using var company = await OpenAsync([.. SchemaEntries.Of("warehouse", WarehouseSchema.Instance.Tables), .. await ReadChinookAsync()]);
        await using var published = await OpenAsync([.. PublicDatabase.All.SelectMany(database => SchemaEntries.Of(database.Id, database.Tables))]);
        SearchQuestion[] ofCompany = [.. SearchQuestions.All.Where(isAsked)];
        SearchQuestion[] ofPublished = [.. PublicQuestions.All.Where(isAsked)];
        SearchQuestion[] ofWarehouse = [.. ofCompany.Where(question => question.Database == "warehouse")];
        SearchQuestion[] ofChinook = [.. ofCompany.Where(question => question.Database == "chinook")];
        (QuestionSet Set, OpenDataEnvironment Data, bool IsStrict)[] sets =
        [
            (new("warehouse tables", ofWarehouse, WarehouseId, true), company, false),
            (new("warehouse columns", ofWarehouse, WarehouseId, true, AsksColumns: true), company, false),
            (new("warehouse nested", ofWarehouse, WarehouseId, true, AsksColumns: true, IsNested: true), company, false),
            (new("chinook tables", ofChinook, ChinookId, true), company, false),
            (new("chinook columns", ofChinook, ChinookId, true, AsksColumns: true), company, false),
            (new("chinook nested", ofChinook, ChinookId, true, AsksColumns: true, IsNested: true), company, false),
            (new("published known", ofPublished, PublishedId, true), published, true),
            (new("published typos", ofPublished, PublishedId, true, HasTypos: true), published, true),
            (new("published pooled", ofPublished, PublishedId, false), published, true),
            (new("published pooled typos", ofPublished, PublishedId, false, HasTypos: true), published, true),
        ];
        Console.WriteLine($"{"without",-16} {string.Join("  ", sets.Select(set => set.Set.Name.PadLeft(10)))}");
        foreach (var (name, weights) in rows)
        {
            var cells = new List<string>();
            foreach (var (set, data, isStrict) in sets)
            {
                var (recall, strict) = await set.AskAsync(data.Search!.With(weights), onMissed);
                cells.Add($"{(isStrict ? strict : recall):0.000}".PadLeft(Math.Max(10, set.Name.Length)));
            }

            Console.WriteLine($"{name,-16} {string.Join("  ", cells)}");
        }
    }

    private static Task<OpenDataEnvironment> OpenAsync(IReadOnlyList<CatalogEntry> entries) =>
        new DataEnvironment { TenantId = QuestionSet.Scope.TenantId, Catalog = new() { Entries = entries } }.OpenAsync([new SqliteDataProvider()]);

    /// <summary>With the values of the real file where it is there.</summary>
    private static async Task<IReadOnlyList<CatalogEntry>> ReadChinookAsync()
    {
        if (Environment.GetEnvironmentVariable("SLUICE_TEST_DATA") is not { Length: > 0 } folder) return SchemaEntries.Of("chinook", ChinookSchema.Tables);
        var file = Path.Combine(folder, "chinook", "Chinook_Sqlite.sqlite");
        await using var database = await new SqliteDataProvider().OpenTargetDatabaseAsync(new() { Url = $"sqlite:{file}" }, new(), default);
        return await ChinookEntries.ReadAsync(database, default);
    }

    private static string WarehouseId(SearchQuestion question, string label) => $"warehouse:{WarehouseSchema.Instance.PhysicalName(label)}";

    private static string ChinookId(SearchQuestion question, string label) => $"chinook:main.{label}";

    private static string PublishedId(SearchQuestion question, string label) => $"{question.Database}:main.{label}";
}
