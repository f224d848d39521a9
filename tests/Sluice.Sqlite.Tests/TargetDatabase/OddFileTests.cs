using System.Text;
using Sluice.Data;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>Files that are empty, broken or held, and databases with names and values that are legal and rare.</summary>
public sealed class OddFileTests : IDisposable
{
    private const int PageBytes = 4096;

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-odd-").FullName;
    private readonly SqliteDataProvider _provider = new();

    private string File => Path.Combine(_folder, "odd.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task File_WithoutAByte_IsADatabaseWithoutTables()
    {
        await System.IO.File.WriteAllBytesAsync(File, []);
        await using var database = await OpenAsync();

        (await database.ReadSchemaAsync(default)).ShouldBeEmpty();
        (await database.RunAsync("SELECT 1")).Rows.Single()[0].ShouldBe(1L);
        (await database.FailAsync("SELECT * FROM orders")).Rule.ShouldBe("no_such_table");
        new FileInfo(File).Length.ShouldBe(0);
    }

    [Fact]
    public async Task File_WithADamagedTable_SaysSoAndReadsTheOthers()
    {
        Create("CREATE TABLE good (a); INSERT INTO good VALUES (1); CREATE TABLE bad (a); INSERT INTO bad VALUES (zeroblob(20000)), (zeroblob(20000));");
        Damage(2 * PageBytes);
        await using var database = await OpenAsync();

        (await database.RunAsync("SELECT a FROM good")).Rows.Single()[0].ShouldBe(1L);
        var failure = await database.FailAsync("SELECT length(hex(a)) FROM bad");
        (failure.Code, failure.Rule).ShouldBe((ErrorCodes.QueryFailed, "file"));
        failure.Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task File_WithADamagedSchema_IsUnavailable()
    {
        Create("CREATE TABLE good (a);");
        Damage(100);

        await UnavailableAsync();
    }

    [Fact]
    public async Task File_ThatEndsTooSoon_IsUnavailableOrSaysSo()
    {
        Create("CREATE TABLE a (b); INSERT INTO a VALUES (zeroblob(100000));");
        using (var stream = System.IO.File.OpenWrite(File)) stream.SetLength(5 * PageBytes);
        try
        {
            await using var database = await OpenAsync();
            (await database.FailAsync("SELECT b FROM a")).Rule.ShouldBe("file");
        }
        catch (SluiceException e) when (e is not QueryException)
        {
            e.Code.ShouldBe(ErrorCodes.StoreUnavailable);
        }
    }

    [Fact]
    public async Task File_ThatAnotherProgramHolds_IsBusyAndReadAfterwards()
    {
        Create("CREATE TABLE a (b); INSERT INTO a VALUES (1);");
        await using var database = await OpenAsync();
        using (var writer = Connection.Open(File, TemporaryStore.Patience))
        {
            writer.Execute("BEGIN EXCLUSIVE");
            var failure = await Should.ThrowAsync<SluiceException>(() => database.RunAsync(new ReadOnlyQuery { Sql = "SELECT b FROM a", Timeout = TimeSpan.FromMilliseconds(50) }));
            (failure.Code, failure.Retryable).ShouldBe((ErrorCodes.StoreBusy, true));
        }

        (await database.RunAsync("SELECT b FROM a")).Rows.Single()[0].ShouldBe(1L);
    }

    [Fact]
    public async Task View_OfATableThatIsGone_NamesTheTable()
    {
        Create("CREATE TABLE a (b); CREATE VIEW broken AS SELECT * FROM gone; CREATE VIEW circle AS SELECT 1 AS a;");
        await using var database = await OpenAsync();

        (await database.ReadSchemaAsync(default)).Select(table => table.Name).ShouldBe(["a", "circle"]);
        (await database.FailAsync("SELECT * FROM broken")).Message.ShouldContain("gone");
    }

    [Fact]
    public async Task Table_WithTwoThousandColumns_IsDescribedAndRead()
    {
        Create($"CREATE TABLE wide ({string.Join(", ", Enumerable.Range(0, 2000).Select(i => $"c{i} INTEGER DEFAULT {i}"))}); INSERT INTO wide DEFAULT VALUES;");
        await using var database = await OpenAsync();

        (await database.ReadSchemaAsync(default)).Single().Columns.Count.ShouldBe(2000);
        var result = await database.RunAsync("SELECT * FROM wide");
        (result.Columns.Count, result.Rows.Single()[1999]).ShouldBe((2000, 1999L));
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("two words")]
    [InlineData("a.b")]
    [InlineData("main")]
    [InlineData("main.orders")]
    [InlineData("say \"hi\"")]
    [InlineData("[brackets]")]
    [InlineData("`ticks`")]
    [InlineData("select")]
    [InlineData("Größe 数量 😀")]
    [InlineData("line\nbreak")]
    [InlineData("semi;colon--")]
    [InlineData("@name")]
    public async Task Names_OfEveryKind_AreDescribedReadAndGuarded(string name)
    {
        var quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        Create($"CREATE TABLE {quoted} ({quoted} TEXT, mine TEXT, derived TEXT AS ({quoted} || '!')); INSERT INTO {quoted} VALUES ('x', 'me'), ('y', 'you'); CREATE TABLE other (a);");
        await using var open = await OpenAsync();
        await using var narrow = await OpenAsync(new QueryGuard { Tables = [$"main.{name}"], DeniedColumns = [$"main.{name}.{name}"] });
        await using var filtered = await OpenAsync(new QueryGuard { RowFilters = new Dictionary<string, string> { [$"main.{name}"] = $"{quoted} = 'x'" } });

        (await open.ReadSchemaAsync(default)).Single(table => table.Name == name).Columns.Select(column => column.Name).ShouldBe([name, "mine", "derived"]);
        (await open.RunAsync($"SELECT {quoted}, derived FROM main.{quoted}")).Rows[0].ShouldBe(["x", "x!"]);
        (await narrow.RunAsync($"SELECT mine FROM {quoted}")).Rows.Count.ShouldBe(2);
        foreach (var sql in new[] { $"SELECT {quoted} FROM {quoted}", $"SELECT derived FROM {quoted}", "SELECT a FROM other" }) (await narrow.FailAsync(sql)).Code.ShouldBe(ErrorCodes.QueryRefused);
        (await filtered.RunAsync($"SELECT mine FROM {quoted}")).Rows.Single()[0].ShouldBe("me");
        (await filtered.FailAsync($"SELECT mine FROM main.{quoted}")).Code.ShouldBe(ErrorCodes.QueryRefused);
    }

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("UTF-16le")]
    [InlineData("UTF-16be")]
    public async Task Texts_OfEachEncoding_ComeWholeOrCutBetweenCharacters(string encoding)
    {
        Create($"CREATE TABLE a (b TEXT); INSERT INTO a VALUES ('Grüße 😀'), ('');", $"PRAGMA encoding = '{encoding}';");
        await using var database = await OpenAsync();

        (await database.RunAsync("SELECT b, length(b) FROM a")).Rows[0].ShouldBe(["Grüße 😀", 7L]);
        var cut = await database.RunAsync(new ReadOnlyQuery { Sql = "SELECT b FROM a WHERE b REGEXP '^Gr.+ße' AND instr(b, 'ü') = 3", MaxValueBytes = 10 });
        (cut.Rows.Single()[0], cut.Truncation).ShouldBe(("Grüße ", QueryTruncation.Value));
    }

    [Fact]
    public async Task Values_ThatAreNoText_ComeAsWhatCanBeReadOfThem()
    {
        Create("CREATE TABLE a (b TEXT, c BLOB); INSERT INTO a VALUES (CAST(x'41ff42' AS TEXT), x'ff00'), (CAST(x'410042' AS TEXT), NULL), (CAST(x'eda080' AS TEXT), x'');");
        await using var database = await OpenAsync();

        var rows = (await database.RunAsync("SELECT b, c FROM a")).Rows;
        rows[0].ShouldBe(["A\uFFFDB", new byte[] { 255, 0 }]);
        rows[1][0].ShouldBe("A\0B");
        ((string)rows[2][0]!).ShouldAllBe(character => character == '\uFFFD');
        rows[2][1].ShouldBe(Array.Empty<byte>());
    }

    [Theory]
    [InlineData("with space.db")]
    [InlineData("Größe#100%.db")]
    [InlineData("it's;a=b.db")]
    public async Task Path_OfEveryKind_IsOpened(string name)
    {
        SampleDatabase.Create(Path.Combine(_folder, name), "CREATE TABLE a (b)");
        await using var database = await _provider.OpenTargetDatabaseAsync(new DataSource { Url = $"sqlite:{Path.Combine(_folder, name)}" }, new QueryGuard(), default);

        (await database.ReadSchemaAsync(default)).Single().Name.ShouldBe("a");
    }

    private void Create(string script, string settings = "")
    {
        using (System.IO.File.Create(File))
        {
            // An empty file, which becomes a database with its first table.
        }
        using var connection = Connection.Open(File, TemporaryStore.Patience);
        connection.Execute($"PRAGMA page_size = {PageBytes}; {settings} {script}");
    }

    private void Damage(int from)
    {
        using var stream = System.IO.File.OpenWrite(File);
        stream.Position = from;
        stream.Write(Encoding.ASCII.GetBytes(new string('\u007f', 3000)));
    }

    private async Task UnavailableAsync() => (await Should.ThrowAsync<SluiceException>(() => OpenAsync())).Code.ShouldBe(ErrorCodes.StoreUnavailable);

    private Task<ITargetDatabase> OpenAsync(QueryGuard? guard = null) => _provider.OpenTargetDatabaseAsync(new DataSource { Url = File }, guard ?? new QueryGuard(), default);
}
