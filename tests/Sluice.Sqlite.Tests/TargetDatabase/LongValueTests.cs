using Sluice.Data;
using Sluice.Sqlite.TargetDatabase;

namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>Stored values that are longer than a query wants to see, and statements that make such values.</summary>
public sealed class LongValueTests(LongValueTests.LongValues values) : IClassFixture<LongValueTests.LongValues>
{
    private const int TextBytes = 5_000_000;

    private SqliteTargetDatabase Database => new(values.Path, new(), TimeProvider.System);

    [Theory]
    [InlineData("SELECT notes FROM documents WHERE id = 1")]
    [InlineData("SELECT scan FROM documents WHERE id = 2")]
    [InlineData("SELECT * FROM documents WHERE id < 3 ORDER BY title")]
    [InlineData("SELECT notes, count(*) FROM documents GROUP BY notes")]
    [InlineData("SELECT DISTINCT notes FROM documents WHERE notes IS NOT NULL")]
    [InlineData("SELECT min(notes) FROM documents")]
    [InlineData("SELECT a.notes FROM documents a JOIN documents b ON a.notes = b.notes")]
    [InlineData("SELECT notes FROM documents UNION SELECT scan FROM documents")]
    [InlineData("SELECT notes, row_number() OVER (ORDER BY notes DESC) FROM documents ORDER BY 2")]
    [InlineData("WITH d AS MATERIALIZED (SELECT * FROM documents) SELECT notes FROM d WHERE id = 1")]
    [InlineData("SELECT notes FROM long_documents")]
    [InlineData("SELECT coalesce(notes, title) FROM documents WHERE id = 1")]
    [InlineData("SELECT notes FROM documents WHERE notes LIKE '%needle%'")]
    [InlineData("SELECT notes || title FROM documents WHERE id = 1")]
    public async Task Value_StoredOverTheLimit_IsCutAndSaidSo(string sql)
    {
        var result = await Database.RunAsync(new ReadOnlyQuery { Sql = sql, MaxValueBytes = 1000 });

        result.Truncation.ShouldBe(QueryTruncation.Value);
        result.Rows.SelectMany(row => row).Select(LengthOf).Max().ShouldBe(1000);
    }

    [Theory]
    [InlineData("SELECT length(notes) FROM documents WHERE id = 1", (long)TextBytes)]
    [InlineData("SELECT octet_length(scan) FROM documents WHERE id = 2", 40_000_000L)]
    [InlineData("SELECT count(*) FROM documents WHERE notes LIKE '%needle'", 1L)]
    [InlineData("SELECT count(*) FROM documents WHERE upper(notes) LIKE '%NEEDLE'", 1L)]
    [InlineData("SELECT count(*) FROM documents WHERE instr(notes, 'needle') > 1000", 1L)]
    [InlineData("SELECT count(*) FROM documents WHERE notes GLOB '*needle'", 1L)]
    [InlineData("SELECT title || ': ' || substr(notes, -6) FROM documents WHERE id = 1", "report: needle")]
    [InlineData("SELECT replace(substr(notes, -6), 'e', 'E') FROM documents WHERE id = 1", "nEEdlE")]
    [InlineData("SELECT upper(title) || '!' FROM documents WHERE id = 2", "PHOTO!")]
    public async Task Value_StoredOverTheLimit_IsComputedWith(string sql, object expected) => (await Database.RunAsync(sql)).Rows.Single()[0].ShouldBe(expected);

    [Theory]
    [InlineData("SELECT hex(zeroblob(5000000))")]
    [InlineData("SELECT notes || notes FROM documents")]
    [InlineData("SELECT hex(scan) FROM documents WHERE id = 2")]
    [InlineData("SELECT replace(hex(zeroblob(500000)), '0', 'ab') LIKE '%abababababababababababababababababababababababz%'")]
    [InlineData("SELECT title || notes LIKE '%x%' FROM documents")]
    [InlineData("WITH RECURSIVE d(s) AS (VALUES ('ab') UNION ALL SELECT s || s FROM d) SELECT max(length(s)) FROM d")]
    [InlineData("SELECT group_concat(notes) FROM (SELECT notes FROM documents UNION ALL SELECT notes FROM documents)")]
    [InlineData("SELECT huge FROM huge")]
    public async Task Value_MadeOrStoredFarOverTheLimit_IsAnError(string sql)
    {
        var failure = await Database.FailAsync(sql);

        (failure.Code, failure.Rule).ShouldBe((ErrorCodes.QueryFailed, "value_size"));
    }

    private static int LengthOf(object? value) => value switch { string text => text.Length, byte[] bytes => bytes.Length, _ => 0 };

    public sealed class LongValues : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("sluice-long-").FullName;

        public LongValues() => SampleDatabase.Create(
            Path,
            $"""
            CREATE TABLE documents (id INTEGER PRIMARY KEY, title TEXT, notes TEXT, scan BLOB);
            CREATE TABLE huge (huge BLOB);
            CREATE VIEW long_documents AS SELECT * FROM documents WHERE length(notes) > 1000000;
            INSERT INTO documents VALUES (1, 'report', replace(hex(zeroblob({(TextBytes - 6) / 2})), '00', 'ab') || 'needle', NULL);
            INSERT INTO documents VALUES (2, 'photo', NULL, zeroblob(40000000));
            INSERT INTO documents VALUES (3, 'memo', 'short', x'00');
            INSERT INTO huge VALUES (zeroblob(150000000));
            """);

        public string Path => System.IO.Path.Combine(_folder, "long.db");

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
