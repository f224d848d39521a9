using System.Text.Json;
using Sluice.Data;
using Sluice.Postgres.TargetDatabase;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>Values, parameters, limits and the end of queries.</summary>
public sealed class QueryTests(TargetServer server) : IClassFixture<TargetServer>
{
    [Fact]
    public async Task Values_OfEachType_ComeAsTheContractSays()
    {
        await using var database = await server.OpenAsync();

        var result = await database.ReadAsync("""
            select true, 5::smallint, 6, 7::bigint, 1.50::numeric, -0.001::numeric, 20000.0::numeric, 0::numeric, 0.5::real, 2.5::float8, 'text', '\x0102'::bytea,
                date '2024-02-29', time '10:20:30.5', timestamp '2024-02-29 10:20:30', timestamptz '2024-02-29 10:20:30+02', null,
                'b5f1b0a0-0000-4000-8000-000000000001'::uuid, array[1, 2], int4range(1, 5), row(1, 'x'), interval '1 day', 'NaN'::numeric,
                12345678901234567890123456789.5::numeric, timestamp '0044-03-15 10:00 BC', date 'infinity', time '24:00'
            """);

        result.Rows[0].ShouldBe(
        [
            true, 5L, 6L, 7L, 1.50m, -0.001m, 20000.0m, 0m, 0.5, 2.5, "text", new byte[] { 1, 2 }, new DateOnly(2024, 2, 29), new TimeOnly(10, 20, 30, 500),
            new DateTime(2024, 2, 29, 10, 20, 30), new DateTimeOffset(2024, 2, 29, 8, 20, 30, TimeSpan.Zero), null,
            Guid.Parse("b5f1b0a0-0000-4000-8000-000000000001"), "{1,2}", "[1,5)", "(1,x)", "1 day", "NaN", "12345678901234567890123456789.5",
            "0044-03-15 10:00:00 BC", "infinity", "24:00:00",
        ]);
        result.Columns[18].ShouldBe(new QueryColumn("array", "integer[]"));
        result.Truncation.ShouldBe(QueryTruncation.None);
    }

    [Fact]
    public async Task Json_OfAColumn_ComesAsAnElement()
    {
        await using var database = await server.OpenAsync();

        var row = (await database.ReadAsync("""select '{"a": [1, 2.50]}'::json, '{"b": 1}'::jsonb""")).Rows[0];

        row[0].ShouldBeOfType<JsonElement>().GetProperty("a")[1].GetRawText().ShouldBe("2.50");
        row[1].ShouldBeOfType<JsonElement>().GetProperty("b").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Parameters_OfEachKind_AreBound()
    {
        await using var database = await server.OpenAsync();
        var query = TargetQueries.Query("""
            select count(*), @text::text || '', @text::text from customers
            where joined >= @from and id=@id and id <= @id and country = any(@countries) and credit > @least and '@id' <> '' and tags @> array['a'] -- @none
            """) with
        {
            Parameters = new Dictionary<string, object?>
            {
                ["text"] = "'; drop table customers; --",
                ["from"] = "2024-01-01",
                ["id"] = 3,
                ["countries"] = JsonElement.Parse("""["DE", "FR", "IT"]"""),
                ["least"] = JsonElement.Parse("1.5"),
                ["unused"] = null,
            },
        };

        (await database.ReadAsync(query)).Rows[0].ShouldBe([1L, "'; drop table customers; --", "'; drop table customers; --"]);
    }

    [Fact]
    public async Task Parameter_WithoutAValue_IsRefusedByName()
    {
        await using var database = await server.OpenAsync();

        var error = await database.RefusalAsync("select * from customers where id = @customer");

        (error.Rule, error.ObjectName).ShouldBe(("parameter_missing", "customer"));
    }

    [Theory]
    [InlineData("select g from generate_series(1, 10) g", 3, 1000, 100, 3, QueryTruncation.Rows)]
    [InlineData("select g from generate_series(1, 3) g", 3, 1000, 100, 3, QueryTruncation.None)]
    [InlineData("select repeat('x', 60) from generate_series(1, 10)", 10, 200, 100, 3, QueryTruncation.Bytes)]
    [InlineData("select repeat('x', 101)", 10, 1000, 100, 1, QueryTruncation.Value)]
    [InlineData("select array_fill(1, array[1000])", 10, 1000, 100, 1, QueryTruncation.Value)]
    public async Task Rows_BeyondALimit_AreCutAndSaidToBe(string sql, int rows, int bytes, int value, int expected, QueryTruncation truncation)
    {
        await using var database = await server.OpenAsync();

        var result = await database.ReadAsync(TargetQueries.Query(sql) with { MaxRows = rows, MaxBytes = bytes, MaxValueBytes = value });

        result.Rows.Count.ShouldBe(expected);
        result.Truncation.ShouldBe(truncation);
        result.Rows.ShouldAllBe(row => !(row[0] is string && ((string)row[0]!).Length > value));
    }

    [Fact]
    public async Task Value_ThatIsCutInACharacter_EndsBeforeIt()
    {
        await using var database = await server.OpenAsync();

        var result = await database.ReadAsync(TargetQueries.Query("select repeat('ä', 10), 1") with { MaxValueBytes = 5 });

        result.Rows[0].ShouldBe(["ää", 1L]);
    }

    [Fact]
    public async Task Query_ThatIsCancelled_EndsInTheServerToo()
    {
        var (database, pool) = server.Open(GuardLayers.All, isSuperuser: false, new() { MaxCost = null });
        await using var target = database;
        using var cancelled = new CancellationTokenSource();
        var running = database.OpenAsync(TargetQueries.Query("select count(*) from customers a, customers b, customers c, customers d, customers e"), cancelled.Token);
        while (await ActiveAsync() == 0) await Task.Yield();

        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
        (await ActiveAsync()).ShouldBe(0L);
        (await database.ReadAsync("select 1")).Rows.Count.ShouldBe(1);
        pool.ShouldNotBeNull();

        async Task<long> ActiveAsync() => (long)(await ServerFixture.ExecuteAsync(
            server.SuperuserConnection, "select count(*) from pg_stat_activity where usename = 'reader' and state = 'active' and query like '%customers e%'"))!;
    }

    [Fact]
    public async Task Query_ThatTakesTooLong_FailsWithTimeout()
    {
        await using var database = await server.OpenAsync(new() { MaxCost = null });

        var error = (await database.FailureAsync(new()
        {
            Sql = "with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r",
            Timeout = TimeSpan.FromMilliseconds(300),
        })).ShouldBeOfType<QueryException>();

        error.Code.ShouldBe(ErrorCodes.QueryTimeout);
        (await database.ReadAsync("select 1")).Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Rows_ThatAreLeftBehind_AreEndedByDisposing()
    {
        await using var database = await server.OpenAsync(new() { MaxCost = null });
        var rows = await database.OpenAsync(TargetQueries.Query("select a.id from customers a, customers b, customers c, customers d") with { MaxRows = int.MaxValue }, CancellationToken.None);
        (await rows.ReadAsync(CancellationToken.None)).ShouldBeTrue();

        await rows.DisposeAsync();

        (await database.ReadAsync("select 1")).Rows.Count.ShouldBe(1);
        (await ServerFixture.ExecuteAsync(server.SuperuserConnection, "select count(*) from pg_stat_activity where usename = 'reader' and state <> 'idle'")).ShouldBe(0L);
    }

    [Theory]
    [InlineData("select nmae from customers", "42703", "nmae", "'customers.name'")]
    [InlineData("select c.coutry from customers c", "42703", "c.coutry", "'customers.country'")]
    [InlineData("select * from custmers", "42P01", "custmers", "'public.customers'")]
    [InlineData("select date_trunk('month', now())", "42883", "date_trunk", "'date_trunc'")]
    [InlineData("select from where", "42601", null, "syntax")]
    [InlineData("select 1 / 0", "22012", null, "nullif")]
    [InlineData("delete from customers", "statement_kind", "delete", "SELECT, WITH")]
    public async Task Error_OfAStatement_Teaches(string sql, string rule, string? name, string hint)
    {
        await using var database = await server.OpenAsync();

        var error = await database.RefusalAsync(sql);

        (error.Rule, error.ObjectName).ShouldBe((rule, name));
        error.Message.ShouldContain(hint);
    }

    [Theory]
    [InlineData("select cast(email as int) from customers")]
    [InlineData("select email::date from customers")]
    [InlineData("select (email || '{')::json from customers")]
    public async Task Error_OfAValue_DoesNotTellIt(string sql)
    {
        await using var database = await server.OpenAsync();

        (await database.RefusalAsync(sql)).ToString().ShouldNotContain("example.org");
    }

    [Fact]
    public async Task Calls_AtOnce_HaveSessionsOfTheirOwn()
    {
        var url = server.UrlOf(isSuperuser: false).Replace("pool_max_conns=1", "pool_max_conns=4", StringComparison.Ordinal);
        await using var database = await new PostgresDataProvider().OpenTargetDatabaseAsync(new() { Url = url }, new(), CancellationToken.None);

        var results = await Task.WhenAll(Enumerable.Range(1, 16).Select(number => database.ReadAsync($"select {number} from customers")));

        results.Select(result => result.Rows[59][0]).ShouldBe(Enumerable.Range(1, 16).Select(number => (object?)(long)number));
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsSaidToBeUnavailableWithoutThePassword()
    {
        var error = await Should.ThrowAsync<SluiceException>(() => new PostgresDataProvider().OpenTargetDatabaseAsync(
            new() { Url = "postgres://reader:planted-secret@127.0.0.1:1/shop" }, new(), CancellationToken.None));

        error.Code.ShouldBe(ErrorCodes.StoreUnavailable);
        error.ToString().ShouldNotContain("planted");
    }
}
