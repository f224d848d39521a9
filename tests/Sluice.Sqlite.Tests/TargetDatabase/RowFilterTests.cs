using System.Text.Json;
using Sluice.Data;

namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>Row filters: a filtered database answers as one that has no other rows at all, or not.</summary>
public sealed class RowFilterTests : IAsyncLifetime
{
    private const string Schema = """
        CREATE TABLE members (tenant_id TEXT, customer_id INTEGER);
        CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, tenant TEXT);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, tenant_id TEXT, customer_id INTEGER, total REAL, note TEXT, cents INTEGER AS (CAST(total * 100 AS INTEGER)));
        CREATE TABLE lines (order_id INTEGER, line INTEGER, customer_id INTEGER, note TEXT, PRIMARY KEY (order_id, line)) WITHOUT ROWID;
        CREATE TABLE tokens (token TEXT);
        CREATE TABLE products (name TEXT);
        CREATE INDEX orders_customer ON orders (customer_id);
        CREATE VIEW open_orders AS SELECT * FROM orders WHERE total > 0;
        CREATE VIEW order_totals (name, total) AS SELECT c.name, sum(o.total) FROM open_orders o JOIN customers c ON c.id = o.customer_id GROUP BY c.name;
        CREATE VIEW qualified_orders AS SELECT * FROM main.orders;
        CREATE VIEW hidden_name AS SELECT * FROM "or""ders" UNION SELECT id, note FROM [orders];
        CREATE VIEW "or""ders" AS SELECT id, note FROM orders;
        CREATE VIEW product_names AS SELECT name FROM products;
        CREATE VIRTUAL TABLE order_search USING fts5 (note, content = 'orders', content_rowid = 'id');
        INSERT INTO members VALUES ('acme', 1), ('globex', 2);
        INSERT INTO customers VALUES (1, 'Ada', 'acme'), (2, 'Grace', 'globex'), (3, 'Alan', 'acme');
        INSERT INTO orders (id, tenant_id, customer_id, total, note) VALUES (1, 'acme', 1, 10.5, 'acme-first'), (2, 'globex', 2, 99, 'globex-secret'), (3, 'globex', 2, 1, 'globex-other'),
            (4, 'acme', 3, 7, 'acme-second'), (5, NULL, 2, 5, 'globex-nobody');
        INSERT INTO lines VALUES (1, 1, 1, 'acme-line'), (2, 1, 2, 'globex-line');
        INSERT INTO tokens VALUES ('acme-token'), ('globex-token');
        INSERT INTO products VALUES ('boot'), ('tent');
        """;

    private const string Index = "INSERT INTO order_search (order_search) VALUES ('rebuild'); ANALYZE;";

    private static readonly QueryGuard Guard = new()
    {
        RowFilters = new Dictionary<string, string>
        {
            ["orders"] = "tenant_id = @tenant -- not '@other'",
            ["main.customers"] = "tenant = @tenant",
            ["lines"] = "customer_id IN (SELECT id FROM customers) AND EXISTS (SELECT 1 FROM members m WHERE m.customer_id = lines.customer_id AND m.tenant_id = @tenant)",
            ["Tokens"] = "token LIKE 'acme%'",
        },
        RowFilterParameters = new Dictionary<string, object?> { ["tenant"] = "acme" },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-filters-").FullName;
    private readonly SqliteDataProvider _provider = new();
    private ITargetDatabase? _filtered;
    private ITargetDatabase? _own;

    public static TheoryData<string> Hostile => [.. FilteredStatements.Hostile.Select(statement => statement.ToString())];

    public static TheoryData<string> Legitimate => [.. FilteredStatements.Legitimate.Select(statement => statement.ToString())];

    private string File => Path.Combine(_folder, "all.db");

    public async ValueTask InitializeAsync()
    {
        var own = Path.Combine(_folder, "own.db");
        SampleDatabase.Create(File, Schema + Index);
        SampleDatabase.Create(own, Schema + "DELETE FROM orders WHERE tenant_id IS NOT 'acme'; DELETE FROM customers WHERE tenant <> 'acme'; DELETE FROM lines WHERE customer_id = 2; DELETE FROM tokens WHERE token LIKE 'globex%';" + Index);
        _filtered = await OpenAsync(File, Guard);
        _own = await OpenAsync(own, new QueryGuard());
    }

    public async ValueTask DisposeAsync()
    {
        await _filtered!.DisposeAsync();
        await _own!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Corpus_OfFilteredTables_IsLargeAndHasNoNameTwice()
    {
        FilteredStatements.Hostile.Count.ShouldBeGreaterThanOrEqualTo(50);
        FilteredStatements.Hostile.Concat(FilteredStatements.Legitimate).Count().ShouldBeGreaterThanOrEqualTo(70);
        FilteredStatements.Hostile.Select(statement => statement.ToString()).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_OverFilteredTables_AnswersAsIfNoOtherRowsWereThereOrIsRefused(string name)
    {
        var sql = FilteredStatements.Hostile.Single(statement => statement.ToString() == name).Sql;
        var answer = await AnswerAsync(_filtered!, sql);

        answer.ShouldNotContain("globex");
        if (!IsRefusal(answer)) answer.ShouldBe(await AnswerAsync(_own!, sql));
    }

    [Theory]
    [MemberData(nameof(Legitimate))]
    public async Task Legitimate_OverFilteredTables_AnswersAsIfNoOtherRowsWereThere(string name)
    {
        var sql = FilteredStatements.Legitimate.Single(statement => statement.ToString() == name).Sql;
        var answer = await AnswerAsync(_filtered!, sql);

        answer.ShouldStartWith("[[");
        answer.ShouldBe(await AnswerAsync(_own!, sql));
    }

    [Fact]
    public async Task Table_WithTheTemporarySchema_ShowsTheSameRows() =>
        (await AnswerAsync(_filtered!, "SELECT id FROM temp.orders ORDER BY id")).ShouldBe("[[1],[4]]");

    /// <summary>Most statements of the corpus do tell of other rows where nothing is filtered, or it shows nothing.</summary>
    [Fact]
    public async Task Hostile_WithoutFilters_TellsOfOtherRows()
    {
        await using var open = await OpenAsync(File, new QueryGuard());
        var told = 0;
        foreach (var statement in FilteredStatements.Hostile)
            if (await AnswerAsync(open, statement.Sql) != await AnswerAsync(_own!, statement.Sql)) told++;

        told.ShouldBeGreaterThan(FilteredStatements.Hostile.Count / 2);
    }

    [Fact]
    public async Task Schema_OfFilteredTables_IsThatOfTheTables()
    {
        var orders = (await _filtered!.ReadSchemaAsync(default)).Single(table => table.Name == "orders");

        orders.IsView.ShouldBeFalse();
        orders.PrimaryKey.ShouldBe(["id"]);
        orders.Columns.Select(column => column.Name).ShouldBe(["id", "tenant_id", "customer_id", "total", "note", "cents"]);
    }

    [Fact]
    public async Task Filter_ByAColumnThatMayNotBeRead_FiltersAndHidesIt()
    {
        await using var database = await OpenAsync(File, Guard with { DeniedColumns = ["orders.tenant_id", "orders.note"] });

        (await database.RunAsync("SELECT * FROM orders ORDER BY id")).Columns.Select(column => column.Name).ShouldBe(["id", "customer_id", "total"]);
        (await database.RunAsync("SELECT count(*) FROM orders")).Rows.Single()[0].ShouldBe(2L);
        foreach (var sql in new[] { "SELECT note FROM orders", "SELECT tenant_id FROM orders", "SELECT note FROM main.orders", "SELECT count(*) FROM open_orders WHERE note > ''" })
            (await Should.ThrowAsync<QueryException>(() => database.RunAsync(sql))).Message.ShouldContain("no");
    }

    [Theory]
    [InlineData("tenant_id = @value", "acme", 2)]
    [InlineData("note = '@value' OR customer_id = @value", 2L, 3)]
    [InlineData("total = @value", 10.5, 1)]
    [InlineData("tenant_id IS @value", null, 1)]
    [InlineData("note = @value", "it's ' OR 1 = 1 --", 0)]
    public async Task Parameters_OfFilters_AreValuesAndNothingElse(string filter, object? value, int rows)
    {
        var guard = new QueryGuard { RowFilters = new Dictionary<string, string> { ["orders"] = filter }, RowFilterParameters = new Dictionary<string, object?> { ["value"] = value } };
        await using var database = await OpenAsync(File, guard);

        (await database.RunAsync("SELECT id FROM orders")).Rows.Count.ShouldBe(rows);
    }

    [Fact]
    public async Task Filters_ThatDoNotFit_AreOneErrorThatNamesAll()
    {
        var guard = new QueryGuard
        {
            Tables = ["orders", "customers", "lines", "open_orders", "order_search"],
            RowFilters = new Dictionary<string, string>
            {
                ["order"] = "1",
                ["open_orders"] = "1",
                ["order_search"] = "1",
                ["members"] = "1",
                ["customers"] = "tenant = ",
                ["main.customers"] = "1",
                ["orders"] = "tenent_id = @tenant",
                ["lines"] = "order_id IN (SELECT 1 FROM tokens)",
            },
            RowFilterParameters = new Dictionary<string, object?> { ["unused"] = 1 },
        };
        var shape = await Should.ThrowAsync<SluiceException>(() => OpenAsync(File, guard));
        var names = await Should.ThrowAsync<SluiceException>(() => OpenAsync(File, guard with
        {
            RowFilters = new Dictionary<string, string> { ["orders"] = "tenent_id = 1", ["lines"] = "order_id IN (SELECT 1 FROM tokens)" },
            RowFilterParameters = new Dictionary<string, object?>(),
        }));

        shape.Code.ShouldBe(ErrorCodes.InvalidDataEnvironment);
        foreach (var problem in new[] { "\"order\" that may be read (did you mean \"orders\"?)", "\"open_orders\" is a view", "\"order_search\" is a view or a virtual table", "\"members\"", "\"customers\" is no condition", "@tenant has no value", "@unused does not occur" })
            shape.Message.ShouldContain(problem);
        names.Message.ShouldContain("the filter of \"orders\": There is no column \"tenent_id\"");
        names.Message.ShouldContain("the filter of \"lines\": The table \"tokens\" may not be read");
    }

    private static bool IsRefusal(string answer) => answer.StartsWith(ErrorCodes.QueryRefused, StringComparison.Ordinal) || answer.StartsWith("query_failed no_such_column", StringComparison.Ordinal);

    private static async Task<string> AnswerAsync(ITargetDatabase database, string sql)
    {
        try
        {
            return JsonSerializer.Serialize((await database.RunAsync(sql)).Rows);
        }
        catch (QueryException failure)
        {
            return $"{failure.Code} {failure.Rule}";
        }
    }

    private Task<ITargetDatabase> OpenAsync(string path, QueryGuard guard) => _provider.OpenTargetDatabaseAsync(new DataSource { Url = path }, guard, default);
}
