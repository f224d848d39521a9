using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Data.Tests.Profiling;

/// <summary>The same data in two engines gives the same catalog, but for names and types.</summary>
public sealed class ChinookProfileTests(PostgresFixture postgres)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SLUICE_TEST_DATA") is { Length: > 0 } data ? Path.Combine(data, "chinook") : null;

    /// <summary>Where it lies, how it is asked, and what only one engine knows.</summary>
    private static readonly string[] OfTheEngine = ["signature", "relationsSignature", "query", "storedTypes", "comment", "sampleMethod"];

    [Fact]
    public async Task Profiles_OfBothEngines_AgreeOnTablesColumnsKeysRelationsAndValues()
    {
        await using var sqlite = await ProfilingDesk.OpenAsync(File("Chinook_Sqlite.sqlite"));
        var script = await System.IO.File.ReadAllTextAsync(File("Chinook_PostgreSql.sql"), TestContext.Current.CancellationToken);
        // The script writes its texts as N'…', which lose blanks at their end in PostgreSQL.
        await using var other = await ProfilingDesk.OpenAsync(await postgres.CreateAsync(
            script[(script.IndexOf("\\c chinook;", StringComparison.Ordinal) + "\\c chinook;".Length)..],
            "update customer set city = 'Edinburgh ' where city = 'Edinburgh'; update invoice set billing_city = 'Edinburgh ' where billing_city = 'Edinburgh'"));
        await sqlite.RunAsync();
        await other.RunAsync();

        var (left, right) = (await NormalizedAsync(sqlite), await NormalizedAsync(other));
        left.Count.ShouldBeGreaterThan(90);
        left.Keys.Union(right.Keys).Where(name => left.GetValueOrDefault(name) != right.GetValueOrDefault(name))
            .Select(name => $"{name}\n  {left.GetValueOrDefault(name)}\n  {right.GetValueOrDefault(name)}").ShouldBeEmpty();
    }

    [Fact]
    public async Task Profile_OfColumns_HasTheFiguresOfTheData()
    {
        await using var desk = await ProfilingDesk.OpenAsync(File("Chinook_Sqlite.sqlite"));
        await desk.RunAsync();
        var total = (await desk.EntryAsync("main.Invoice.Total")).Metadata.Profile!.Value;
        total.GetProperty("min").GetDecimal().ShouldBe(0.99m);
        total.GetProperty("max").GetDecimal().ShouldBe(25.86m);
        total.GetProperty("mean").GetDecimal().ShouldBe(5.65194175m);
        total.GetProperty("quartiles").EnumerateArray().Select(value => value.GetDecimal()).ShouldBe([1.98m, 3.96m, 8.91m]);
        var country = (await desk.EntryAsync("main.Customer.Country")).Metadata.Profile!.Value;
        country.GetProperty("topValues")[0].GetRawText().ShouldBe("""{"value":"USA","count":13,"share":0.220339}""");
        (await desk.EntryAsync("main.Customer.Email")).Metadata.Profile!.Value.GetProperty("personalData").GetString().ShouldBe("email");
        var track = await desk.EntryAsync("main.Track(AlbumId)->main.Album(AlbumId)");
        track.Metadata.Extra["maxFanOut"].GetInt64().ShouldBe(57);
        track.Metadata.Extra["orphanCount"].GetInt64().ShouldBe(0);
    }

    private static string File(string name)
    {
        var file = Folder is null ? null : Path.Combine(Folder, name);
        Assert.SkipUnless(System.IO.File.Exists(file), "The Chinook database is not on this machine. Name the parent of its folder in SLUICE_TEST_DATA.");
        return file!;
    }

    /// <summary>The entries by name, without schema, case and underscores, and without types.</summary>
    private static async Task<SortedDictionary<string, string>> NormalizedAsync(ProfilingDesk desk)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in await desk.EntriesAsync())
        {
            var metadata = JsonSerializer.SerializeToNode(entry.Metadata, Json.SluiceJson.Options)!.AsObject();
            metadata.Remove("dataType");
            if (entry.ItemType == CatalogItemType.Column) Plain(metadata, "columnName");
            Plain(metadata, "tableName");
            Plain(metadata, "schemaName");
            foreach (var member in OfTheEngine)
            {
                (metadata["extra"] as JsonObject)?.Remove(member);
                (metadata["profile"] as JsonObject)?.Remove(member);
            }

            foreach (var name in new[] { "columns", "referencedTable", "referencedColumns", "referencedSchema" }) Plain(metadata["extra"]!.AsObject(), name);
            Plain(metadata, "primaryKey");
            Plain(metadata, "columnName");
            entries.Add($"{JsonSerializer.Serialize(entry.ItemType)} {Plain(entry.QualifiedName)}", metadata.ToJsonString());
        }

        return entries;
    }

    private static void Plain(JsonObject parent, string name)
    {
        if (parent[name] is { } value) parent[name] = Plain(value.ToJsonString());
    }

    private static string Plain(string text) => text.Replace("public.", "main.", StringComparison.Ordinal).Replace("\"public\"", "\"main\"", StringComparison.Ordinal)
        .Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
