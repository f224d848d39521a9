using Sluice.Data;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>Whatever a database holds is described, and read as it is described, or refused with one clear error.</summary>
public sealed class OddSchemaTests(OddDatabase odd) : IClassFixture<OddDatabase>
{
    private const string OddSchema = "Odd.S\"x";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Table_WithAsManyColumnsAsThereCanBe_IsDescribedAndRead()
    {
        await using var database = await odd.OpenAsync();

        var wide = await FindAsync(database, "wide");
        var row = (await SampleAsync(database, wide)).Rows.ShouldHaveSingleItem();

        wide.Columns.Select(column => column.Name).ShouldBe(Enumerable.Range(1, 1600).Select(number => $"c{number}"));
        row.ShouldBe(Enumerable.Range(1, 1600).Select(number => (object?)(long)number));
    }

    [Fact]
    public async Task Names_OfEveryForm_AreDescribedAndCanBeQueried()
    {
        await using var database = await odd.OpenAsync(new() { Schemas = [OddSchema] });

        var tables = await database.ReadSchemaAsync(Token);

        tables.Count.ShouldBe(32);
        foreach (var table in tables)
        {
            table.Schema.ShouldBe(OddSchema);
            table.Comment.ShouldBe(table.Name);
            table.PrimaryKey.ShouldBe(["id"]);
            table.Columns.Select(column => column.Name).Take(2).ShouldBe(["id", table.Name]);
            var sample = await SampleAsync(database, table);
            sample.Columns.Select(column => column.Name).ShouldBe(table.Columns.Select(column => column.Name));
            sample.Rows.Select(row => row[1]).ShouldBe([table.Name, null], table.Name);
            (await database.ReadAsync($"select count({Quote(table.Name)}) as {Quote(table.Name)} from {NameOf(table)} t where t.{Quote(table.Name)} is not null")).Rows[0][0].ShouldBe(1L);
        }
    }

    [Fact]
    public async Task Names_OfEveryForm_CanBeListedAndDeniedInTheGuard()
    {
        await using var all = await odd.OpenAsync(new() { Schemas = [OddSchema] });
        foreach (var table in await all.ReadSchemaAsync(Token))
        {
            await using var database = await odd.OpenAsync(new() { Schemas = [OddSchema], Tables = [table.Name], DeniedColumns = [$"{table.Name}.{table.Name}"] });

            (await database.ReadSchemaAsync(Token)).ShouldHaveSingleItem().Columns.Select(column => column.Name).ShouldBe(["id", "other"], table.Name);
            (await database.ReadAsync($"select id from {NameOf(table)} order by id")).Rows.Count.ShouldBe(2);
            (await database.RefusalAsync($"select {Quote(table.Name)} from {NameOf(table)}")).Rule.ShouldBe("column_denied", table.Name);
            (await database.RefusalAsync($"select id from {NameOf(table)} where {Quote(table.Name)} is null")).Rule.ShouldBe("column_denied", table.Name);
        }
    }

    [Fact]
    public async Task Schema_ThatIsEmptyOrNotThere_HasNoTablesAndAnswersQueries()
    {
        foreach (var schema in new[] { "empty", "nowhere" })
        {
            await using var database = await odd.OpenAsync(new() { Schemas = [schema] });

            (await database.ReadSchemaAsync(Token)).ShouldBeEmpty();
            (await database.ReadAsync("select 1")).Rows[0].ShouldBe([1L]);
            (await database.RefusalAsync("select * from customers")).Rule.ShouldBe("42P01");
        }
    }

    [Fact]
    public async Task Table_ThatTheRoleMayNotRead_IsNotDescribedAndSaidToBeRefused()
    {
        await using var database = await odd.OpenAsync();

        var tables = await database.ReadSchemaAsync(Token);
        var partly = tables.Single(table => table.Name == "partly");

        tables.Select(table => table.Name).ShouldNotContain("hidden");
        partly.Columns.Select(column => column.Name).ShouldBe(["id", "shown", "hidden_id"]);
        partly.ForeignKeys.ShouldBeEmpty();
        (await SampleAsync(database, partly)).Rows.ShouldHaveSingleItem().ShouldBe([1L, "seen", 1L]);
        foreach (var sql in new[] { "select * from hidden", "select secret from partly", "select * from partly", "select count(*) from partly where secret is null" })
        {
            var error = await database.RefusalAsync(sql);
            (error.Code, error.Rule).ShouldBe((ErrorCodes.QueryRefused, "42501"), sql);
            error.ToString().ShouldNotContain("planted");
        }
    }

    [Fact]
    public async Task PartitionsAndChildren_OfATable_AreReadWithItAndAlone()
    {
        await using var database = await odd.OpenAsync();

        var tables = await database.ReadSchemaAsync(Token);

        tables.Select(table => table.Name).ShouldNotContain(name => name.StartsWith("sales_"));
        tables.Single(table => table.Name == "sales").PrimaryKey.ShouldBe(["region", "at"]);
        tables.Single(table => table.Name == "refunds").ForeignKeys.ShouldHaveSingleItem().ReferencedTable.ShouldBe("sales");
        (await database.ReadAsync("select region, amount from sales order by 1")).Rows.Select(row => row[1]).ShouldBe([5L, 7L]);
        (await database.ReadAsync("select amount from sales_eu")).Rows[0].ShouldBe([5L]);
        (await database.ReadAsync("select count(*) from parent")).Rows[0].ShouldBe([2L]);
        (await database.ReadAsync("select count(*) from only parent")).Rows[0].ShouldBe([1L]);
    }

    [Fact]
    public async Task View_ThatFails_IsDescribedAndItsErrorTellsNoValue()
    {
        await using var database = await odd.OpenAsync();

        foreach (var (name, hint) in new[] { ("divides", "nullif"), ("raises", "could not run"), ("unfilled", "materialized view") })
        {
            var view = await FindAsync(database, name);
            view.IsView.ShouldBeTrue();
            var error = (await database.FailureAsync(SampleOf(view))).ShouldBeOfType<QueryException>();
            error.Code.ShouldBe(ErrorCodes.QueryFailed);
            error.Message.ShouldContain(hint);
            error.ToString().ShouldNotContain("planted");
        }

        (await SampleAsync(database, await FindAsync(database, "filled"))).Rows.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Table_WithoutColumnsOrWithDroppedOnes_IsDescribedAsItIs()
    {
        await using var database = await odd.OpenAsync();

        (await FindAsync(database, "dropped")).Columns.Select(column => column.Name).ShouldBe(["a", "b", "c"]);
        (await SampleAsync(database, await FindAsync(database, "dropped"))).Rows[0].ShouldBe([1L, "x", 1L]);
        (await database.ReadAsync("select from none")).Rows.ShouldBeEmpty();
        (await database.ReadAsync("select from dropped")).Rows.ShouldHaveSingleItem().ShouldBeEmpty();
    }

    [Fact]
    public async Task Values_OfUsersTypes_ComeAsTheEnginesText()
    {
        await using var database = await odd.OpenAsync();
        var types = await FindAsync(database, "types");

        var sample = await SampleAsync(database, types);

        types.Columns.Select(column => column.DataType).Take(10).ShouldBe(
            ["integer", "positive", "code", "mood", "odd.point", "integer[]", "text[]", "mood[]", "odd.point[]", "positive[]"]);
        sample.Rows.ShouldHaveSingleItem().Select(Shown).ShouldBe(
        [
            "1", "5", "A", "it's ok", "(1,\"a \"\"b\"\"\")", "{1,NULL,3}", "{\"a,b\",NULL,\"\"}", "{sad}", "{\"(1,x)\",\"(2,)\"}", "{1,2}",
            "[1,5)", "1 day 02:00:00", "10.0.0.1/8", "101", "$12.50", "infinity", "0044-03-15 BC", "NaN", "-Infinity", "00FF", "'a' 'b'", "{{1,2},{3,4}}", "{}",
        ]);
    }

    [Fact]
    public async Task Value_OfATypeThatIsMadeWhileTheDatabaseIsOpen_IsRead()
    {
        await using var database = await odd.OpenAsync();
        await database.ReadAsync("select 1");
        await odd.AddAsync("create type odd.later as enum ('new'); create table odd.late (id int, kind odd.later, kinds odd.later[]); insert into odd.late values (1, 'new', '{new}')");

        (await database.ReadAsync("select kind, kinds from late where kind = 'new'")).Rows[0].ShouldBe(["new", "{new}"]);
    }

    [Fact]
    public async Task ForeignTable_OfAServerThatIsAwayOrThere_IsDescribedAndReadOrSaidToFail()
    {
        if ((await ServerFixture.ExecuteAsync(odd.SuperuserConnection, "select count(*) from pg_available_extensions where name = 'postgres_fdw'")) is 0L)
            Assert.Skip("The server has no extension 'postgres_fdw'.");
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(odd.SuperuserConnection);
        await odd.AddAsync($"""
            create extension postgres_fdw;
            create server here foreign data wrapper postgres_fdw options (host '127.0.0.1', port '{settings.Port}', dbname '{settings.Database}');
            create server away foreign data wrapper postgres_fdw options (host '127.0.0.1', port '1', dbname 'planted');
            create user mapping for public server here options (user '{settings.Username}', password '{settings.Password}');
            create user mapping for public server away options (user 'planted', password 'planted');
            create foreign table odd.near (id int, region text) server here options (schema_name 'odd', table_name 'parent');
            create foreign table odd.far (id int) server away
            """);
        await using var database = await odd.OpenAsync();

        (await FindAsync(database, "near")).Columns.Count.ShouldBe(2);
        (await SampleAsync(database, await FindAsync(database, "near"))).Rows.Count.ShouldBe(2);
        var error = (await database.FailureAsync(SampleOf(await FindAsync(database, "far")))).ShouldBeOfType<QueryException>();
        error.Code.ShouldBe(ErrorCodes.QueryFailed);
        error.Message.ShouldContain("another server");
        error.ToString().ShouldNotContain("planted");
    }

    private static string? Shown(object? value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        double number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static async Task<TableDescription> FindAsync(ITargetDatabase database, string name) =>
        (await database.ReadSchemaAsync(Token)).Single(table => table.Name == name);

    private static Task<TargetResult> SampleAsync(ITargetDatabase database, TableDescription table) => database.ReadAsync(SampleOf(table));

    /// <summary>As the tools write it.</summary>
    private static ReadOnlyQuery SampleOf(TableDescription table) => TargetQueries.Query(
        $"SELECT {string.Join(", ", table.Columns.Select(column => Quote(column.Name)))} FROM {NameOf(table)} LIMIT 5");

    private static string NameOf(TableDescription table) => $"{Quote(table.Schema)}.{Quote(table.Name)}";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
