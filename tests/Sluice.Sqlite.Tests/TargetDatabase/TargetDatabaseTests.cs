using Sluice.Data;
using Sluice.Sqlite.TargetDatabase;

namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>Rows, limits and parameters of queries.</summary>
public sealed class TargetDatabaseTests : IDisposable
{
    private const string Endless = "WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c) SELECT count(*) FROM c";

    private readonly SampleDatabase _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task Values_OfEachStorageClass_ComeAsTheyAreStored()
    {
        await using var database = _sample.Open();
        var result = await database.RunAsync("SELECT NULL, 9007199254740993, 1.5, 'Grüße', '', x'00ff', x'', id FROM orders LIMIT 1");

        result.Rows.Single()[..5].ShouldBe([null, 9007199254740993L, 1.5, "Grüße", ""]);
        result.Rows.Single()[5].ShouldBe(new byte[] { 0, 255 });
        result.Rows.Single()[6].ShouldBe(Array.Empty<byte>());
        result.Columns[7].ShouldBe(new QueryColumn("id", "INTEGER"));
        result.Columns[1].DataType.ShouldBeNull();
        result.Truncation.ShouldBe(QueryTruncation.None);
    }

    [Fact]
    public async Task Rows_UpToTheLimit_SayWhetherThereAreMore()
    {
        await using var database = _sample.Open();
        var exact = await database.RunAsync(new ReadOnlyQuery { Sql = "SELECT id FROM orders ORDER BY id", MaxRows = 60 });
        var cut = await database.RunAsync(new ReadOnlyQuery { Sql = "SELECT id FROM orders ORDER BY id", MaxRows = 59 });

        (exact.Rows.Count, exact.Truncation).ShouldBe((60, QueryTruncation.None));
        (cut.Rows.Count, cut.Truncation).ShouldBe((59, QueryTruncation.Rows));
        cut.Rows.Select(row => row[0]).ShouldBe(Enumerable.Range(1, 59).Select(id => (object?)(long)id));
    }

    [Fact]
    public async Task Rows_OverTheBytes_EndBeforeTheRowThatIsTooMuch()
    {
        await using var database = _sample.Open();
        var result = await database.RunAsync(new ReadOnlyQuery { Sql = "SELECT id, 'twelve bytes' FROM orders", MaxBytes = 65 });

        (result.Rows.Count, result.Truncation).ShouldBe((3, QueryTruncation.Bytes));
    }

    [Fact]
    public async Task Value_OverItsLimit_IsCutBetweenCharacters()
    {
        await using var database = _sample.Open();
        var result = await database.RunAsync(new ReadOnlyQuery { Sql = "SELECT 'aüü', x'010203', 'abc'", MaxValueBytes = 2 });

        result.Rows.Single()[0].ShouldBe("a");
        result.Rows.Single()[1].ShouldBe(new byte[] { 1, 2 });
        result.Truncation.ShouldBe(QueryTruncation.Value);
    }

    [Fact]
    public async Task Parameters_OfEveryType_AreBound()
    {
        await using var database = _sample.Open();
        var result = await database.RunAsync(new ReadOnlyQuery
        {
            Sql = "SELECT @text, @empty, @number, @real, @flag, @bytes, @date, @time, @nothing, @text || @number, typeof(@noBytes)",
            Parameters = new Dictionary<string, object?>
            {
                ["text"] = "'; DROP TABLE orders; --",
                ["empty"] = "",
                ["number"] = 7,
                ["real"] = 2.5m,
                ["flag"] = true,
                ["bytes"] = new byte[] { 1 },
                ["noBytes"] = Array.Empty<byte>(),
                ["date"] = new DateOnly(2026, 1, 31),
                ["time"] = new DateTime(2026, 1, 31, 12, 30, 0, DateTimeKind.Utc),
                ["nothing"] = null,
            },
        });

        result.Rows.Single()[..5].ShouldBe(["'; DROP TABLE orders; --", "", 7L, 2.5, 1L]);
        result.Rows.Single()[6..].ShouldBe(["2026-01-31", "2026-01-31 12:30:00", null, "'; DROP TABLE orders; --7", "blob"]);
    }

    [Fact]
    public async Task Parameters_MissingUnknownAndUnnamed_AreOneError()
    {
        await using var database = _sample.Open();
        var query = new ReadOnlyQuery { Sql = "SELECT @a, @b, ?, :c, @d", Parameters = new Dictionary<string, object?> { ["a"] = 1, ["x"] = 2, ["d"] = new Version(1, 0) } };
        var failure = await Should.ThrowAsync<QueryException>(() => database.RunAsync(query));

        failure.Rule.ShouldBe("parameters");
        failure.Message.ShouldBe(
            "The parameters do not fit the statement: @b has no value; ? is not written as @name; :c is not written as @name; " +
            "@d has a value of the type Version, which SQLite has not, or that is too long; @x does not occur in the statement.");
    }

    [Fact]
    public async Task Query_PastItsTime_IsEndedInTheEngine()
    {
        await using var database = _sample.Open(time: new HurryingTimeProvider(TimeSpan.FromMilliseconds(10)));
        var failure = await Should.ThrowAsync<QueryException>(() => database.RunAsync(new ReadOnlyQuery { Sql = Endless, Timeout = TimeSpan.FromSeconds(5) }));

        (failure.Code, failure.Rule).ShouldBe((ErrorCodes.QueryTimeout, "timeout"));
    }

    [Fact]
    public async Task Query_PastItsTimeBetweenRows_IsEndedAndStaysSo()
    {
        await using var database = _sample.Open(time: new HurryingTimeProvider(TimeSpan.FromMilliseconds(10)));
        await using var rows = await database.OpenAsync(
            new ReadOnlyQuery { Sql = "WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c) SELECT i FROM c", MaxRows = int.MaxValue, Timeout = TimeSpan.FromSeconds(5) }, default);

        var failure = await Should.ThrowAsync<QueryException>(async () =>
        {
            while (await rows.ReadAsync(default))
            {
            }
        });
        failure.Code.ShouldBe(ErrorCodes.QueryTimeout);
        await Should.ThrowAsync<InvalidOperationException>(async () => await rows.ReadAsync(default));
    }

    [Fact]
    public async Task Query_ThatIsCancelled_IsEndedInTheEngine()
    {
        using var cancellation = new CancellationTokenSource();
        // The engine asks for the time while it works: cancelled then, the statement is in the middle of it.
        await using var database = _sample.Open(time: new HurryingTimeProvider(TimeSpan.Zero, looks => { if (looks == 1000) cancellation.Cancel(); }));

        await Should.ThrowAsync<OperationCanceledException>(() => database.RunAsync(new ReadOnlyQuery { Sql = Endless }, cancellation.Token));
    }

    [Fact]
    public async Task Queries_AtOnce_SeeNothingOfEachOther()
    {
        await using var database = _sample.Open();
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => database.RunAsync(
            new ReadOnlyQuery { Sql = "SELECT @i, count(*) FROM orders", Parameters = new Dictionary<string, object?> { ["i"] = i } })));

        results.Select(result => result.Rows.Single()[0]).ShouldBe(Enumerable.Range(0, 20).Select(i => (object?)(long)i));
        _sample.IsUntouched.ShouldBeTrue();
    }

    [Fact]
    public async Task Function_ThatIsBounded_GivesWhatTheEngineGives()
    {
        await using var database = _sample.Open();
        await using var plain = _sample.Open(layers: GuardLayers.All & ~GuardLayers.BoundedFunctions);
        const string sql = """
            SELECT printf('%05.1f|%-6s|%+d|%x|%%|%Q|%c|%,d', 3.14159, 'ab', 5, 255, 'it''s', 'xyz', 1234567), printf('%d'), printf('%', 1), format('%s', NULL),
                instr('abc', 'c'), instr(x'0102', x'02'), instr(NULL, 'a'), replace('aXbX', 'X', '--'), replace('a', '', 'b'), trim('xxaxx', 'x'), ltrim('xxa', 'x'),
                rtrim('', 'x'), unhex('61-62', '-'), unhex('zz', '-'), typeof(replace(1, 1, 2)), typeof(unhex('', '-')), typeof(replace(x'', 'a', 'b')), instr('abc', x''), trim('ä ü', 'ä'), printf(NULL, 1), instr('', '')
            """;

        (await database.RunAsync(sql)).Rows.Single().ShouldBe((await plain.RunAsync(sql)).Rows.Single());
    }
}
