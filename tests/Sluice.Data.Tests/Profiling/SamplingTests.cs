using System.Text.Json;
using Sluice.Data.Profiling;

namespace Sluice.Data.Tests.Profiling;

/// <summary>Tables that are larger than their sample.</summary>
public sealed class SamplingTests(PostgresFixture postgres)
{
    private const int Rows = 60_000;

    private static readonly ProfilingOptions Options = new() { DatabaseId = "db", SampleSize = 5_000 };

    private static readonly string Filling = $"with recursive n(i) as (select 1 union all select i + 1 from n where i < {Rows}) insert into big "
        + "select i * 10, case i % 4 when 0 then 'a' when 1 then 'b' else 'c' end, i % 3000, 'name ' || i, i % 100 from n;";

    [Theory]
    [InlineData("create table big (id integer primary key, state text, customer integer, name text, small integer);", "rowid")]
    [InlineData("create table big (id integer primary key, state text, customer integer, name text, small integer) without rowid;", "row_number")]
    public async Task LargeTable_OfSqlite_IsSampledAndStillExactWhereItCanBe(string table, string method)
    {
        using var file = new SqliteFile(table + Filling + "create view seen as select * from big;");
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await desk.RunAsync(Options);
        await AssertAsync(desk, "main", method);
        (await desk.EntryAsync("main.seen")).Metadata.Profile!.Value.GetProperty("sampleMethod").GetString().ShouldBe("row_number");
        (await desk.RunAsync(Options)).OfType<TableSkippedEvent>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task LargeTable_OfPostgres_IsSampledAlike()
    {
        await using var desk = await ProfilingDesk.OpenAsync(await postgres.CreateAsync(
            "create table big (id integer primary key, state text, customer integer, name text, small integer);", Filling, "create view seen as select * from big;"));
        await desk.RunAsync(Options);
        await AssertAsync(desk, "public", "bernoulli");
        (await desk.EntryAsync("public.seen")).Metadata.Profile!.Value.GetProperty("sampleMethod").GetString().ShouldBe("row_hash");
        (await desk.RunAsync(Options)).OfType<TableSkippedEvent>().Count().ShouldBe(2);
    }

    private static async Task AssertAsync(ProfilingDesk desk, string schema, string method)
    {
        var table = (await desk.EntryAsync($"{schema}.big")).Metadata.Profile!.Value;
        table.GetProperty("rows").GetInt64().ShouldBe(Rows);
        table.GetProperty("sampleMethod").GetString().ShouldBe(method);
        table.GetProperty("scannedRows").GetInt64().ShouldBeInRange(4_000, 6_000);

        var state = await ProfileAsync(desk, $"{schema}.big.state");
        state.GetProperty("topValues").GetRawText().ShouldBe("""[{"value":"c","count":30000,"share":0.5},{"value":"a","count":15000,"share":0.25},{"value":"b","count":15000,"share":0.25}]""");
        (state.GetProperty("isEnum").GetBoolean(), state.GetProperty("isDistinctEstimate").GetBoolean(), state.GetProperty("isSample").GetBoolean()).ShouldBe((true, false, true));

        var customer = await ProfileAsync(desk, $"{schema}.big.customer");
        customer.GetProperty("isDistinctEstimate").GetBoolean().ShouldBeTrue();
        ((double)customer.GetProperty("distinctCount").GetInt64()).ShouldBe(3000, 300);
        customer.GetProperty("max").GetInt64().ShouldBe(2999);
        customer.GetProperty("quartiles")[1].GetDouble().ShouldBe(1500, 150);
        customer.GetProperty("mean").GetDecimal().ShouldBe(1499.5m);

        (await ProfileAsync(desk, $"{schema}.big.name")).GetProperty("distinctCount").GetInt64().ShouldBe(Rows);
        (await ProfileAsync(desk, $"{schema}.big.id")).GetProperty("isDistinctEstimate").GetBoolean().ShouldBeFalse();
        (await ProfileAsync(desk, $"{schema}.big.small")).GetProperty("distinctCount").GetInt64().ShouldBe(100);
    }

    private static async Task<JsonElement> ProfileAsync(ProfilingDesk desk, string column) => (await desk.EntryAsync(column)).Metadata.Profile!.Value;
}
