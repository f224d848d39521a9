using Sluice.Data;

namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>What refusals and errors say, and what guards, addresses and descriptions do.</summary>
public sealed class GuardTests : IDisposable
{
    private readonly SampleDatabase _sample = new();
    private readonly SqliteDataProvider _provider = new();

    public void Dispose() => _sample.Dispose();

    [Theory]
    [InlineData("SELECT nmae FROM customers", ErrorCodes.QueryFailed, "no_such_column", "There is no column \"nmae\"; did you mean \"contact_view.name\", \"customer_totals.name\", \"customers.name\"?")]
    [InlineData("SELECT \"Countri\" FROM customers", ErrorCodes.QueryFailed, "no_such_column", "There is no column \"Countri\"; did you mean \"customers.country\"?")]
    [InlineData("SELECT c.countri FROM customers c", ErrorCodes.QueryFailed, "no_such_column", "There is no column \"c.countri\"; did you mean \"customers.country\"?")]
    [InlineData("SELECT * FROM custmers", ErrorCodes.QueryFailed, "no_such_table", "There is no table \"custmers\"; did you mean \"customers\"?")]
    [InlineData("SELECT lenght(name) FROM customers", ErrorCodes.QueryFailed, "no_such_function", "There is no function \"lenght\"; did you mean \"length\"?")]
    [InlineData("SELECT email FROM customers", ErrorCodes.QueryRefused, "column", "The column \"customers.email\" may not be read. Leave it out; name the columns you need instead of *.")]
    [InlineData("SELECT load_extension('x')", ErrorCodes.QueryRefused, "function", "The function \"load_extension\" may not be called.")]
    [InlineData("SELECT 1; SELECT 2", ErrorCodes.QueryRefused, "one_statement", "There is more than one statement. Send one SELECT statement alone; use a WITH clause to combine several.")]
    [InlineData("DELETE FROM orders", ErrorCodes.QueryRefused, "statement_kind", "The statement does more than read. Send one SELECT, WITH or VALUES statement.")]
    [InlineData("SELECT abs(-9223372036854775808)", ErrorCodes.QueryFailed, "sqlite_1", "SQLite says: integer overflow. Check the values that the statement computes with.")]
    [InlineData("SELECT 1 FORM customers", ErrorCodes.QueryFailed, "sqlite_1", "SQLite says: near \"customers\": syntax error. Correct the statement.")]
    public async Task Error_OfAStatement_NamesTheRuleAndTheWayOut(string sql, string code, string rule, string message)
    {
        await using var database = _sample.Open(SampleDatabase.Narrow);
        var failure = await database.FailAsync(sql);

        failure.Message.ShouldBe(message);
        (failure.Code, failure.Rule).ShouldBe((code, rule));
    }

    [Theory]
    [InlineData("SELECT json_extract('{}', '$' || status) FROM orders")]
    [InlineData("SELECT title FROM notes WHERE notes MATCH (SELECT '\"' || status FROM orders)")]
    [InlineData("SELECT json_extract('{}', status) FROM orders")]
    public async Task Error_WhileRunning_HoldsNoValue(string sql)
    {
        await using var database = _sample.Open();
        var failure = await database.FailAsync(sql);

        foreach (var status in new[] { "paid", "open", "late" }) failure.Message.ShouldNotContain(status);
    }

    [Fact]
    public async Task Guard_WithAFunction_OpensItUnlessItRunsCode()
    {
        var guard = new QueryGuard { Functions = ["json_patch", "load_extension"] };
        await using var database = _sample.Open(guard);

        (await database.RunAsync("SELECT json_patch('{\"a\":1}', '{\"b\":2}')")).Rows.Single()[0].ShouldBe("{\"a\":1,\"b\":2}");
        (await database.FailAsync("SELECT load_extension('x')")).Rule.ShouldBe("function");
    }

    [Fact]
    public async Task Guard_WithADeniedColumnOfASearchTable_ClosesItWhole()
    {
        await using var database = _sample.Open(new QueryGuard { DeniedColumns = ["notes.body"] });

        (await database.RunAsync("SELECT count(*) FROM orders")).Rows.ShouldNotBeEmpty();
        foreach (var sql in new[] { "SELECT title FROM notes", "SELECT body FROM notes", "SELECT title FROM notes WHERE notes MATCH 'body: late'", "SELECT title FROM notes('late')", "SELECT snippet(notes, 1, '', '', '', 9) FROM notes" })
            (await database.FailAsync(sql)).Rule.ShouldBe("table");
    }

    [Fact]
    public async Task Guard_WithTheWholeDatabase_ReadsNamesOfTheCatalogAndNoStatements()
    {
        await using var database = _sample.Open();

        (await database.RunAsync("SELECT name FROM sqlite_schema WHERE type = 'view'")).Rows.ShouldNotBeEmpty();
        (await database.FailAsync("SELECT sql FROM sqlite_schema")).Rule.ShouldBe("table");
        (await database.FailAsync("SELECT * FROM notes_content")).Rule.ShouldBe("table");
    }

    [Fact]
    public async Task File_InWalMode_IsReadAndWarnedOf()
    {
        var path = Path.Combine(_sample.Folder, "wal.db");
        SampleDatabase.Create(path, "CREATE TABLE a (b); INSERT INTO a VALUES (1)");
        using (var writer = Sluice.Sqlite.Connections.Connection.Open(path, TemporaryStore.Patience)) writer.Text("PRAGMA journal_mode = WAL").ShouldBe("wal");
        var hash = await File.ReadAllBytesAsync(path);

        await using var database = await OpenAsync(path);
        (await database.RunAsync("SELECT b FROM a")).Rows.Single()[0].ShouldBe(1L);
        (await database.CheckAsync(default)).Select(warning => warning.Code).ShouldBe(["file_writable", "write_ahead_log"]);
        (await File.ReadAllBytesAsync(path)).ShouldBe(hash);
    }

    [Fact]
    public async Task Schema_UnderAGuard_DescribesWhatMayBeRead()
    {
        await using var database = _sample.Open(SampleDatabase.Narrow);
        var tables = await database.ReadSchemaAsync(default);

        tables.Select(table => table.Name).ShouldBe(["contact_view", "customer_totals", "customers", "leaking_view", "notes", "order_items", "orders"]);
        var customers = tables.Single(table => table.Name == "customers");
        customers.Columns.Select(column => column.Name).ShouldBe(["id", "name", "country", "referred_by"]);
        customers.Columns.Select(column => column.IsNullable).ShouldBe([false, false, true, true]);
        customers.PrimaryKey.ShouldBe(["id"]);
        customers.UniqueKeys.ShouldBeEmpty();
        customers.ForeignKeys.Single().ReferencedColumns.ShouldBe(["id"]);
        tables.Single(table => table.Name == "order_items").PrimaryKey.ShouldBe(["order_id", "line"]);
        tables.Single(table => table.Name == "orders").ForeignKeys.Single().ReferencedTable.ShouldBe("customers");
        tables.Single(table => table.Name == "customer_totals").IsView.ShouldBeTrue();
    }

    [Fact]
    public async Task Schema_WithoutAGuard_HasUniqueKeysAndLeavesOutBrokenViews()
    {
        await using var database = _sample.Open();
        var tables = await database.ReadSchemaAsync(default);

        tables.Single(table => table.Name == "customers").UniqueKeys.Single().ShouldBe(["email"]);
        tables.ShouldNotContain(table => table.Name == "broken_view");
        tables.ShouldNotContain(table => table.Name.StartsWith("notes_"));
    }

    [Theory]
    [InlineData("sqlite:{0}")]
    [InlineData("sqlite://{0}")]
    [InlineData("SQLITE:{0}")]
    [InlineData("{0}")]
    public async Task Address_OfAFile_OpensIt(string format)
    {
        await using var database = await OpenAsync(string.Format(format, _sample.Path));
        database.Kind.ShouldBe("sqlite");
        (await database.RunAsync("SELECT count(*) FROM orders")).Rows.Single()[0].ShouldBe(60L);
    }

    [Theory]
    [InlineData("sqlite:")]
    [InlineData("sqlite::memory:")]
    [InlineData("sqlite:{0}?mode=rwc")]
    [InlineData("sqlite:file:{0}")]
    [InlineData("sqlite://host/{0}")]
    [InlineData("postgres://host/db")]
    [InlineData("sqlite:{1}")]
    [InlineData("sqlite:{1}/missing.db")]
    public async Task Address_OfNoFile_IsUnavailableAndMakesNone(string format)
    {
        var failure = await Should.ThrowAsync<SluiceException>(() => OpenAsync(string.Format(format, _sample.Path, _sample.Folder)));

        failure.Code.ShouldBe(ErrorCodes.StoreUnavailable);
        _sample.IsUntouched.ShouldBeTrue();
    }

    [Fact]
    public async Task File_ThatIsNoDatabase_IsUnavailable()
    {
        var path = Path.Combine(_sample.Folder, "text.db");
        await File.WriteAllTextAsync(path, new string('x', 5000));

        (await Should.ThrowAsync<SluiceException>(() => OpenAsync(path))).Code.ShouldBe(ErrorCodes.StoreUnavailable);
    }

    [Fact]
    public async Task Guard_WithSessionSettings_IsRefusedAndToldOfRowFilters()
    {
        var guard = new QueryGuard { SessionSettings = new Dictionary<string, string> { ["app.tenant"] = "acme" } };

        var refusal = await Should.ThrowAsync<SluiceException>(() => _provider.OpenTargetDatabaseAsync(new DataSource { Url = _sample.Path }, guard, default));

        refusal.Code.ShouldBe(ErrorCodes.InvalidDataEnvironment);
        refusal.Message.ShouldContain("RowFilters");
    }

    [Fact]
    public async Task File_ThatMayBeWritten_IsWarnedOfOrRefused()
    {
        await using var database = await OpenAsync(_sample.Path);
        (await database.CheckAsync(default)).Select(warning => warning.Code).ShouldBe(["file_writable"]);

        var refusal = await Should.ThrowAsync<SluiceException>(() => _provider.OpenTargetDatabaseAsync(
            new DataSource { Url = _sample.Path }, new QueryGuard { RefusePrivilegedRole = true }, default));
        refusal.Code.ShouldBe(ErrorCodes.QueryRefused);
    }

    [Fact]
    public async Task Catalog_AndDocumentsOfTheProvider_ShareAFileAndKeepApartByPrefix()
    {
        (_provider.Kind, _provider.Parts).ShouldBe(("sqlite", DataParts.TargetDatabase | DataParts.Catalog | DataParts.KeyValue | DataParts.SearchIndex));
        var (scope, source) = (new DataScope("acme"), new DataSource { Url = $"sqlite:{_sample.Path}.data" });
        var entry = new CatalogEntry { Id = "t", ItemType = CatalogItemType.Table, Name = "orders", QualifiedName = "main.orders" };
        await using (var catalog = await _provider.OpenCatalogAsync(source, default)) await catalog.UpsertAsync(scope, [entry], default);
        await using (var documents = await _provider.OpenKeyValueAsync(source with { Prefix = "a" }, default))
            await documents.SetAsync(scope, "k", "body"u8.ToArray(), default);

        await using var again = await _provider.OpenCatalogAsync(source, default);
        (await again.GetAsync(scope, ["t"], default)).Single().Name.ShouldBe("orders");
        await using var others = await _provider.OpenKeyValueAsync(source with { Prefix = "b" }, default);
        (await others.GetAsync(scope, "k", default)).ShouldBeNull();
        var refused = await Should.ThrowAsync<SluiceException>(() => _provider.OpenCatalogAsync(new DataSource { Url = _sample.Path }, default));
        refused.Code.ShouldBe(ErrorCodes.StoreSchema);
    }

    private Task<ITargetDatabase> OpenAsync(string url) => _provider.OpenTargetDatabaseAsync(new DataSource { Url = url }, new QueryGuard(), default);
}
