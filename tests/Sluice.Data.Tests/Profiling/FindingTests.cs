using Sluice.Data.Profiling;

namespace Sluice.Data.Tests.Profiling;

public sealed class FindingTests(PostgresFixture postgres)
{
    private const string Data = """
        create table customers (id integer primary key, email text, city text, empty text, planet text, joined text, seen date, score numeric, note text, born date);
        create table orders (id integer, customer_id integer, placed date, amount numeric);
        create table labels (label text, weight integer);
        """;

    private const string Rows = """
        insert into customers values (1, 'ann@example.com', 'Paris', null, 'Earth', '2020-01-31', '2020-01-01', 1, 'x', '1980-01-01');
        """;

    [Fact]
    public async Task Findings_OfSqlite_AreThereWithQueriesThatGiveTheirCount()
    {
        using var file = new SqliteFile(Data + Rows + Filling() + """
            create table oddities (id integer primary key, kind, at date);
            insert into oddities (kind, at) values (1, '2020-01-01'), (2, '31.12.2020'), ('three', '2020-01-03'), (x'04', '2020-01-04'), (5, '2020-01-05'), (6.5, '2020-01-06');
            """);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await desk.RunAsync();
        var findings = await FindingsAsync(desk);
        findings.Keys.Order(StringComparer.Ordinal).ShouldBe(Expected("main").Append("main.oddities.kind:mixed_types").Append("main.oddities.at:dates_in_text").Order(StringComparer.Ordinal));
        findings["main.oddities.kind:mixed_types"].ShouldBe((2, "three"));
        await AssertReproducesAsync(desk, findings.Count);
    }

    [Fact]
    public async Task Findings_OfPostgres_AreTheSame()
    {
        await using var desk = await ProfilingDesk.OpenAsync(await postgres.CreateAsync(Data.Replace("score numeric", "score double precision", StringComparison.Ordinal) + Rows + Filling() + "update customers set score = 'NaN' where id = 17;"));
        await desk.RunAsync();
        var findings = await FindingsAsync(desk);
        findings.Keys.Order(StringComparer.Ordinal).ShouldBe(Expected("public").Append("public.customers.score:not_finite").Order(StringComparer.Ordinal));
        await AssertReproducesAsync(desk, findings.Count);
    }

    private static IEnumerable<string> Expected(string schema) => new[]
    {
        "customers.city:case_variants", "customers.city:surrounding_blanks", "customers.city:empty_text", "customers.empty:all_null", "customers.planet:constant",
        "customers.joined:dates_in_text", "customers.seen:future_dates", "customers.seen:placeholder_values", "customers.score:outliers", "customers.note:placeholder_values",
        "orders.customer_id:orphans", "orders.id:duplicates_in_likely_key", "labels:near_duplicate_rows", "labels.label:surrounding_blanks", "labels.label:case_variants", "customers.note:case_variants", "customers.email:case_variants",
    }.Select(name => $"{schema}.{name}");

    /// <summary>A hundred customers and orders with what the rules look for.</summary>
    private static string Filling() => string.Concat(Enumerable.Range(2, 99).Select(i => $"""
        insert into customers values ({i}, '{(i == 50 ? "Ann@example.com" : $"c{i}@example.com")}', '{(i % 9 == 0 ? " Rome" : i == 20 ? "" : i % 2 == 0 ? "paris" : "Paris")}', null, 'Earth',
            '{(i % 2 == 0 ? $"{(i % 28) + 1}.3.2021" : $"2021-03-{(i % 28) + 1:00}")}', '{(i == 7 ? "2999-01-01" : i == 8 ? "2100-05-05" : i == 9 ? "1900-01-01" : $"2021-0{(i % 9) + 1}-01")}',
            {(i == 30 ? 100000 : i)}, '{(i == 40 ? "N/A" : i == 41 ? "n/a" : $"note {i}")}', '1990-02-{(i % 28) + 1:00}');
        insert into orders values ({(i == 90 ? 91 : i)}, {(i == 60 ? 4711 : i)}, '2021-0{(i % 9) + 1}-11', {i % 10});
        """)) + "insert into labels values ('Blue', 1), ('blue ', 1), ('blue', 2), ('red', 1), ('Blue', 3);";

    private static async Task<Dictionary<string, (long Count, string? Example)>> FindingsAsync(ProfilingDesk desk) =>
        (await desk.EntriesAsync(CatalogItemType.DataQualityFinding)).ToDictionary(entry => entry.QualifiedName, entry => (
            entry.Metadata.Extra["count"].GetInt64(), entry.Metadata.Extra.TryGetValue("examples", out var examples) ? examples[0].GetString() : null));

    private static async Task AssertReproducesAsync(ProfilingDesk desk, int least)
    {
        var checkedOnes = 0;
        foreach (var entry in await desk.EntriesAsync())
        {
            if (!entry.Metadata.Extra.TryGetValue("query", out var query)) continue;
            var rows = await desk.Data.TargetDatabase!.OpenAsync(new() { Sql = query.GetString()! }, TestContext.Current.CancellationToken);
            await using (rows)
            {
                (await rows.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeTrue(entry.Id);
                rows.GetValue(0).ShouldBe(entry.Metadata.Extra[entry.ItemType == CatalogItemType.Relationship ? "orphanCount" : "count"].GetInt64(), entry.Id);
            }

            checkedOnes++;
        }

        checkedOnes.ShouldBeGreaterThanOrEqualTo(least);
        (await desk.EntriesAsync(CatalogItemType.DataQualityFinding)).Where(entry => entry.Metadata.ColumnName == "email").ShouldAllBe(entry => !entry.Metadata.Extra.ContainsKey("examples"));
    }
}
