using System.Diagnostics;
using Sluice.Bench.Measuring;
using Sluice.Data;
using Sluice.Data.Search;
using Sluice.Data.Search.Documents;
using Sluice.Data.Search.Words;
using Sluice.DataSets.Questions;
using Sluice.Sqlite.Connections;

namespace Sluice.Bench.Searching;

/// <summary>What searching a catalog of 100 000 entries costs beside a bare query of the same index, and building it beside bare insertion.</summary>
internal static class SearchBenchmark
{
    private const int Rounds = 3;
    private const int BatchSize = 1_000;
    private const int Limit = 10;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-bench-").FullName;
        try
        {
            await RunAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder)
    {
        var entries = LargeCatalog.Make();
        var file = Path.Combine(folder, "index.db");
        var environment = new DataEnvironment { TenantId = QuestionSet.Scope.TenantId, Catalog = new() { Entries = entries }, CatalogSearch = new() { IndexPath = file } };
        await using var data = await environment.OpenAsync([new SqliteDataProvider()]);
        Table.Title(
            $"Search of a catalog with {entries.Count:N0} entries; aims: building at most 2.50, half of the searches at most 3, 99 of 100 at most 10",
            "the same texts put into a bare FTS5 table; a bare query of the same file for the same words, ten best");
        Table.Costs("building, an entry", await CompareBuildingAsync(Path.Combine(folder, "bare.db"), entries, data.Search!));

        string[] questions = [.. SearchQuestions.All.Where(question => question.Database == "warehouse").Select(question => question.Text)];
        using var index = Connection.Open(file, TimeSpan.FromSeconds(10));
        await MeasureAsync("tables and columns", questions, index, data.Search!, new() { Text = "" });
        await MeasureAsync("of one database", questions, index, data.Search!, new() { Text = "", DatabaseId = "warehouse" });
        await MeasureAsync("columns alone", questions, index, data.Search!, new() { Text = "", Kinds = [CatalogItemType.Column] });
        await MeasureAsync("all kinds", questions, index, data.Search!, new() { Text = "", Kinds = Enum.GetValues<CatalogItemType>() });
    }

    private static async Task MeasureAsync(string what, string[] questions, Connection index, CatalogSearch search, CatalogSearchQuery query)
    {
        var (floors, subjects) = (new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var question in questions)
            {
                var floor = await TimeAsync(() => Task.FromResult(FindBare(index, question)));
                var subject = await TimeAsync(() => search.SearchAsync(QuestionSet.Scope, query with { Text = question }));
                if (round < 0) continue;
                floors.Add(floor.TotalMicroseconds);
                subjects.Add(subject.TotalMicroseconds);
            }
        }

        foreach (var share in (ReadOnlySpan<double>)[0.5, 0.9, 0.99]) Table.Row($"{what}, p{share * 100:0}, µs", At(floors, share), At(subjects, share));
    }

    private static int FindBare(Connection index, string question)
    {
        var words = NameWords.Split(question).Where(word => word.Length > 1 && !StopWords.Contains(word)).Distinct().Select(word => $"\"{word}\"");
        using var row = index.Prepare("SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?").Bind(string.Join(" OR ", words)).Bind((long)Limit);
        var count = 0;
        while (row.Step()) count++;
        return count;
    }

    private static Task<Comparison> CompareBuildingAsync(string file, IReadOnlyList<CatalogEntry> entries, CatalogSearch search)
    {
        var maker = new DocumentMaker(entries);
        var documents = entries.Select(maker.Make).ToArray();
        return Comparison.RunAsync(
            () =>
            {
                InsertBare(file, documents);
                return Task.CompletedTask;
            },
            async () => await search.RebuildAsync(new(QuestionSet.Scope.TenantId)).LastAsync(), entries.Count, rounds: 1, warmUps: 0);
    }

    private static void InsertBare(string file, SearchDocument[] documents)
    {
        File.WriteAllBytes(file, []);
        using var connection = Connection.Open(file, TimeSpan.FromSeconds(10));
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE VIRTUAL TABLE words USING fts5 (name, parts, tags, content, sample_values, tokenize = 'porter unicode61')");
        foreach (var batch in documents.Chunk(BatchSize))
        {
            connection.Execute("BEGIN IMMEDIATE");
            foreach (var document in batch)
            {
                connection.Prepare("INSERT INTO words (name, parts, tags, content, sample_values) VALUES (?, ?, ?, ?, ?)")
                    .Bind(document.Name).Bind(document.Parts).Bind(document.Tags).Bind(document.Content).Bind(document.Values).Execute();
            }

            connection.Execute("COMMIT");
        }
    }

    private static async Task<TimeSpan> TimeAsync<T>(Func<Task<T>> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started);
    }

    private static double At(List<double> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));
}
