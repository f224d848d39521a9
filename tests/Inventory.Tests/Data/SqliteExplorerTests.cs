using Inventory.Data;
using Microsoft.Data.Sqlite;

namespace Inventory.Tests.Data;

public sealed class SqliteExplorerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteExplorer _explorer;

    public SqliteExplorerTests()
    {
        using var connection = SqliteFile.Open(_folder.File("any.db"), SqliteOpenMode.ReadWriteCreate);
        connection.Execute("""
            CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL, born);
            CREATE TABLE "odd ""name""; DROP TABLE authors" (x);
            CREATE TABLE books (author_id INTEGER REFERENCES authors (id), number INTEGER, title TEXT, cover BLOB, PRIMARY KEY (author_id, number));
            CREATE VIEW titles AS SELECT upper(title) AS title FROM books;
            INSERT INTO authors VALUES (1, 'Ada', 1815), (2, 'Émile', '1840?'), (3, 'Zoë', NULL);
            INSERT INTO "odd ""name""; DROP TABLE authors" VALUES (9e999);
            INSERT INTO books VALUES (1, 1, 'Notes', zeroblob(600000));
            INSERT INTO books VALUES (2, 1, replace(hex(zeroblob(3000)), '0', 'x'), NULL);
            """);
        _explorer = new SqliteExplorer(_folder.File("any.db"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tables_OfAnyFile_AreListedWithViews() =>
        (await _explorer.TablesAsync(Token)).Select(table => $"{table.Kind} {table.Name}")
            .ShouldBe(["table authors", "table books", "table odd \"name\"; DROP TABLE authors", "view titles"]);

    [Fact]
    public async Task Columns_OfATable_TellTypesKeysAndReferences()
    {
        var columns = await _explorer.ColumnsAsync("BOOKS", Token);

        columns.Select(column => column.Name).ShouldBe(["author_id", "number", "title", "cover"]);
        columns[0].ShouldBe(new ColumnInfo { Name = "author_id", DeclaredType = "INTEGER", IsNullable = false, KeyPosition = 1, References = "authors.id" });
        columns[2].ShouldBe(new ColumnInfo { Name = "title", DeclaredType = "TEXT", IsNullable = true, KeyPosition = 0, References = null });
        (await _explorer.ColumnsAsync("authors", Token))[2].DeclaredType.ShouldBe("");
    }

    [Theory]
    [InlineData("authors", 3)]
    [InlineData("titles", 2)]
    [InlineData("odd \"name\"; DROP TABLE authors", 1)]
    public async Task CountRows_OfATableOrView_Counts(string table, int rows) => (await _explorer.CountRowsAsync(table, Token)).ShouldBe(rows);

    [Fact]
    public async Task SampleRows_WithLongCells_CutsTextAndNamesBlobs()
    {
        var sample = await _explorer.SampleRowsAsync("books", 5, Token);

        sample.Columns.ShouldBe(["author_id", "number", "title", "cover"]);
        sample.Rows[0].ShouldBe([1L, 1L, "Notes", "<600000 bytes>"]);
        sample.Rows[1][2].ShouldBe(new string('x', 2000) + "…");
        sample.Rows[1][3].ShouldBeNull();
        sample.Truncated.ShouldBeFalse();
    }

    [Fact]
    public async Task SampleRows_WithMixedTypes_KeepsThem() =>
        (await _explorer.SampleRowsAsync("authors", 3, Token)).Rows.Select(row => row[2]).ShouldBe([1815L, "1840?", null]);

    [Fact]
    public async Task InfiniteNumber_InACell_BecomesText() =>
        (await _explorer.SampleRowsAsync("odd \"name\"; DROP TABLE authors", 1, Token)).Rows[0].ShouldBe(["Infinity"]);

    [Fact]
    public async Task UnknownTable_InAnyCall_IsAnsweredWithTheNames()
    {
        (await Should.ThrowAsync<KeyNotFoundException>(_explorer.ColumnsAsync("writers", Token))).Message.ShouldContain("authors, books");
        await Should.ThrowAsync<KeyNotFoundException>(_explorer.CountRowsAsync("authors; DROP TABLE books", Token));
        await Should.ThrowAsync<KeyNotFoundException>(_explorer.SampleRowsAsync("sqlite_master", 1, Token));
    }

    [Fact]
    public async Task MissingFile_IsAnErrorAndIsNotCreated()
    {
        await Should.ThrowAsync<SqliteException>(new SqliteExplorer(_folder.File("missing.db")).TablesAsync(Token));

        File.Exists(_folder.File("missing.db")).ShouldBeFalse();
    }
}
