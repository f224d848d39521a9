using System.Diagnostics;
using System.Security.Cryptography;
using Inventory.Data;
using Microsoft.Data.Sqlite;

namespace Inventory.Tests.Data;

public sealed class UntrustedSqlTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteExplorer _explorer;

    public UntrustedSqlTests()
    {
        using var connection = SqliteFile.Open(_folder.File("shop.db"), SqliteOpenMode.ReadWriteCreate);
        connection.Execute("""
            CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, price REAL);
            INSERT INTO items VALUES (1, 'Boot', 99.99), (2, 'Semi; colon', 5), (3, 'DELETE', 1);
            CREATE VIEW cheap AS SELECT * FROM items WHERE price < 10;
            CREATE TABLE log (line TEXT);
            CREATE TRIGGER noted AFTER DELETE ON items BEGIN INSERT INTO log VALUES ('gone'); END;
            """);
        _explorer = new SqliteExplorer(_folder.File("shop.db"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("DELETE FROM items")]
    [InlineData("\uFEFFDELETE FROM items")]
    [InlineData("\f/* SELECT */ DELETE FROM items -- SELECT")]
    [InlineData("DELETE FROM items RETURNING *")]
    [InlineData("INSERT INTO items VALUES (4, 'x', 1) RETURNING id")]
    [InlineData("UPDATE items SET price = 0 WHERE id = (SELECT 1)")]
    [InlineData("WITH gone AS (SELECT 1) DELETE FROM items")]
    [InlineData("REPLACE INTO items VALUES (1, 'x', 1)")]
    [InlineData("SELECT 1; DELETE FROM items")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1; /* quiet */ ; nonsense")]
    [InlineData(";;SELECT 1;; DROP TABLE items;")]
    [InlineData("DROP TABLE items")]
    [InlineData("CREATE TABLE mine AS SELECT * FROM items")]
    [InlineData("CREATE TEMP TABLE mine AS SELECT * FROM items")]
    [InlineData("CREATE TEMP VIEW items AS SELECT 'fake' AS name")]
    [InlineData("ATTACH 'other.db' AS other")]
    [InlineData("ATTACH ':memory:' AS other")]
    [InlineData("DETACH main")]
    [InlineData("VACUUM INTO 'copy.db'")]
    [InlineData("VACUUM")]
    [InlineData("REINDEX")]
    [InlineData("ANALYZE")]
    [InlineData("BEGIN")]
    [InlineData("BEGIN IMMEDIATE")]
    [InlineData("COMMIT")]
    [InlineData("SAVEPOINT mine")]
    [InlineData("PRAGMA query_only = OFF")]
    [InlineData("PRAGMA writable_schema(1)")]
    [InlineData("PRAGMA table_info(items)")]
    [InlineData("PRAGMA locking_mode = EXCLUSIVE")]
    [InlineData("SELECT * FROM pragma_database_list")]
    [InlineData("SELECT (SELECT file FROM pragma_database_list LIMIT 1)")]
    [InlineData("UPDATE sqlite_master SET sql = 'x'")]
    [InlineData("SELECT load_extension('/tmp/evil.so')")]
    [InlineData("SELECT writefile('/tmp/evil', name) FROM items")]
    [InlineData("SELECT fts3_tokenizer('simple')")]
    [InlineData("SELECT printf('%.*c', 1000000000, 'x')")]
    [InlineData("SELECT * FROM (SELECT PRINTF('%d', id) FROM items)")]
    [InlineData("EXPLAIN DELETE FROM items")]
    [InlineData("SELECT ?1")]
    [InlineData("SELECT \"misspelt\" FROM items")]
    [InlineData("SELECT 1\0; DELETE FROM items")]
    [InlineData("")]
    [InlineData(" -- nothing")]
    [InlineData("SELECT FROM WHERE")]
    [InlineData("SELECT zeroblob(1000000000)")]
    [InlineData("SELECT hex(zeroblob(250000))")]
    public async Task Query_ThatDoesMoreThanRead_IsRefusedAndChangesNothing(string sql)
    {
        var before = Fingerprint();

        var error = await Should.ThrowAsync<QueryRefusedException>(_explorer.QueryAsync(sql, cancellationToken: Token));

        error.Message.Length.ShouldBeGreaterThan(15);
        Fingerprint().ShouldBe(before);
        Directory.GetFiles(_folder.FullPath).ShouldBe([_folder.File("shop.db")]);
    }

    [Theory]
    [InlineData("SELECT name FROM items WHERE name = 'Semi; colon'", "Semi; colon")]
    [InlineData("SELECT name FROM items WHERE name = 'DELETE'", "DELETE")]
    [InlineData("select name from cheap order by id limit 1;  -- ; DROP TABLE items", "Semi; colon")]
    [InlineData("/* ; */ ; WITH t AS (SELECT max(id) AS id FROM items) SELECT name FROM items JOIN t USING (id) ; ; ", "DELETE")]
    [InlineData("VALUES ('one')", "one")]
    [InlineData("SELECT group_concat(n, '') FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT n FROM c)", "12345")]
    [InlineData("SELECT name FROM (SELECT name, row_number() OVER (ORDER BY price DESC) AS r FROM items) WHERE r = 1", "Boot")]
    [InlineData("SELECT json_extract('{\"a\": \"b\"}', '$.a')", "b")]
    [InlineData("SELECT value FROM json_each('[\"x\"]')", "x")]
    [InlineData("SELECT type FROM sqlite_master WHERE name = 'cheap'", "view")]
    [InlineData("SELECT strftime('%Y', '2026-06-30')", "2026")]
    [InlineData("SELECT name FROM items EXCEPT SELECT name FROM cheap", "Boot")]
    [InlineData("SELECT \"name\" FROM items WHERE name LIKE 'B%' AND name GLOB 'B*'", "Boot")]
    public async Task Query_ThatOnlyReads_IsRun(string sql, string expected)
    {
        var result = await _explorer.QueryAsync(sql, cancellationToken: Token);

        result.Rows.ShouldHaveSingleItem()[0].ShouldBe(expected);
        result.Truncated.ShouldBeFalse();
    }

    [Fact]
    public async Task Query_WithMoreRowsThanAllowed_IsCutAndSaysSo()
    {
        var result = await _explorer.QueryAsync("SELECT id AS a, name AS a FROM items ORDER BY id", maxRows: 2, cancellationToken: Token);

        result.Columns.ShouldBe(["a", "a"]);
        result.Rows.Count.ShouldBe(2);
        result.Truncated.ShouldBeTrue();
        (await _explorer.QueryAsync("SELECT id FROM items", maxRows: 3, cancellationToken: Token)).Truncated.ShouldBeFalse();
    }

    [Fact]
    public async Task Query_WithManyBytes_IsCutAndSaysSo()
    {
        const string Wide = """
            WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000)
            SELECT replace(hex(zeroblob(900)), '0', 'x') AS a, replace(hex(zeroblob(900)), '0', 'y') AS b FROM c
            """;

        var result = await _explorer.QueryAsync(Wide, maxRows: 1000, cancellationToken: Token);

        result.Truncated.ShouldBeTrue();
        result.Rows.Sum(row => row.Sum(cell => ((string)cell!).Length)).ShouldBeInRange(900_000, 1_010_000);
    }

    [Theory]
    [InlineData("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c")]
    [InlineData("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n < 0")]
    [InlineData("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 100000) SELECT count(*) FROM c a, c b, c d")]
    [InlineData("WITH RECURSIVE c(s) AS (SELECT 'ab' UNION ALL SELECT substr(s, 1, 100000) || substr(s, 1, 100000) FROM c) SELECT max(instr(s, 'zz')) FROM c")]
    public async Task Query_WithoutEnd_IsStoppedInTime(string sql)
    {
        var started = Stopwatch.GetTimestamp();

        var error = await Should.ThrowAsync<QueryRefusedException>(_explorer.QueryAsync(sql, timeout: TimeSpan.FromMilliseconds(300), cancellationToken: Token));

        error.Message.ShouldContain("took longer than 0.3 s");
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Query_Cancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        var endless = _explorer.QueryAsync(
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c",
            timeout: TimeSpan.FromMinutes(1),
            cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(endless);
    }

    [Fact]
    public async Task Refusal_OfASyntaxError_CarriesWhatTheEngineSays() =>
        (await Should.ThrowAsync<QueryRefusedException>(_explorer.QueryAsync("SELECT nme FROM items", cancellationToken: Token)))
            .Message.ShouldContain("no such column: nme");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1001, 1)]
    [InlineData(10, 0)]
    [InlineData(10, 61)]
    public async Task Limits_OutOfRange_AreRefused(int maxRows, int seconds) => await Should.ThrowAsync<ArgumentOutOfRangeException>(
        () => _explorer.QueryAsync("SELECT 1", maxRows, TimeSpan.FromSeconds(seconds), Token));

    private string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder.File("shop.db"))));
}
