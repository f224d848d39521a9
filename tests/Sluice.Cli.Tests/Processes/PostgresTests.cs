using Npgsql;
using Sluice.TestServers;

namespace Sluice.Cli.Tests.Processes;

/// <summary>The commands on PostgreSQL, with a password that must not be seen anywhere.</summary>
public sealed class PostgresTests : IAsyncLifetime
{
    private const string Password = "hunter2";

    private readonly CommandDesk _desk = new();
    private PostgresServer? _server;

    private Dictionary<string, string?> Variables => new() { ["SHOP"] = $"postgres://reader:{Password}@127.0.0.1:{_server!.Port}/postgres" };

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.MissingReason is { } reason)
        {
            if (Environment.GetEnvironmentVariable("SLUICE_REQUIRE_SERVICES") == "1") Assert.Fail(reason);
            Assert.Skip(reason);
        }

        _server = await PostgresServer.StartAsync();
        await using var database = NpgsqlDataSource.Create(_server.ConnectionString);
        await using var command = database.CreateCommand(
            $"""
            CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, score numeric(10,2));
            INSERT INTO customers VALUES (1, 'Ann', 1.50), (2, 'Zoë', NULL);
            CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers);
            CREATE ROLE reader LOGIN PASSWORD '{Password}';
            GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
            GRANT CREATE ON DATABASE postgres TO reader;
            """);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _desk.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task Query_OfAServer_NeedsOneLine()
    {
        var result = await RunAsync("data", "query", "--database-env", "SHOP", "SELECT name, score FROM customers ORDER BY id");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Out.ShouldBe("name  score\nAnn    1.50\nZoë    NULL\n");
        (await RunAsync("data", "query", "--database-env", "SHOP", "DROP TABLE customers")).Error.ShouldContain("query_refused");
        (await RunAsync("data", "query", "--database-env", "SHOP", "SELECT 1 FROM custmers")).Error.ShouldContain("customers");
    }

    [Fact]
    public async Task Catalog_OfPostgres_ExportsTheBytesThatSqliteDoes()
    {
        _desk.Write("postgres.yaml", "targetDatabase:\n  urlEnv: SHOP\ncatalog:\n  urlEnv: SHOP\nkv:\n  urlEnv: SHOP\n");
        var profiled = await RunAsync("data", "profile", "database", "--database-id", "shop", "--data-environment", "postgres.yaml");
        profiled.ExitCode.ShouldBe(0, profiled.Error);
        var exported = await RunAsync("data", "catalog", "export", "--out", "a.jsonl", "--data-environment", "postgres.yaml");
        exported.ExitCode.ShouldBe(0, exported.Error);
        (await RunAsync("data", "catalog", "import", "a.jsonl", "--catalog", "catalog.db")).ExitCode.ShouldBe(0);
        (await RunAsync("data", "catalog", "export", "--out", "b.jsonl", "--catalog", "catalog.db")).ExitCode.ShouldBe(0);

        File.ReadAllText(_desk.PathOf("a.jsonl")).ShouldBe(File.ReadAllText(_desk.PathOf("b.jsonl")));
        File.ReadAllText(_desk.PathOf("a.jsonl")).ShouldContain("public.customers");
        (await RunAsync("data", "catalog", "import", "b.jsonl", "--data-environment", "postgres.yaml")).Out.ShouldStartWith("0 added, 0 changed, ");
    }

    [Fact]
    public async Task Store_OfAServer_KeepsRunsAndItsPasswordToItself()
    {
        _desk.Write("runtime.json", """{"tenant":{"resourceId":"acme","version":"v1"},"agents":[{"name":"a","role":"specialist","model":"m","systemPrompt":"p"}]}""");

        var run = await RunAsync("run", "--spec", "runtime.json", "--interpreter", "canned:Good day.", "--prompt", "Hello", "--store-env", "SHOP");
        var listed = await RunAsync("runs", "list", "--spec", "runtime.json", "--store-env", "SHOP");

        run.ShouldBe(new(0, "Good day.\n", run.Error));
        listed.Lines.Length.ShouldBe(2, listed.Error);
        (await RunAsync("audit", "verify", "--tenant-id", "acme", "--store-env", "SHOP")).ExitCode.ShouldBe(0);
        (await RunAsync("store", "check", "--store-env", "SHOP")).Out.ShouldBe("the PostgreSQL database is whole and can be used as it is.\n");
    }

    [Fact]
    public async Task Store_OfAServer_IsNotMadeByLookingAndIsToldWhereItMayNotBeWritten()
    {
        foreach (var command in (string[][])[["runs", "list"], ["store", "check"]])
        {
            var missing = await RunAsync([.. command, "--store-env", "SHOP"]);
            missing.ExitCode.ShouldBe(2, missing.Out + missing.Error);
            missing.Error.ShouldContain("There is no store in the PostgreSQL database.");
        }

        await using (PostgresStorage.Open(_server!.ConnectionString))
        {
        }

        await using var database = NpgsqlDataSource.Create(_server.ConnectionString);
        await using var rights = database.CreateCommand(
            """
            GRANT USAGE ON SCHEMA sluice TO reader; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA sluice TO reader; REVOKE INSERT ON sluice.entries FROM reader;
            """);
        await rights.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var result = await RunAsync("store", "check", "--store-env", "SHOP");

        result.ExitCode.ShouldBe(3, result.Error);
        result.Out.ShouldBe("the PostgreSQL database: The role may not read and write the table 'entries'. Grant it select, insert, update and delete.\n");
    }

    [Fact]
    public async Task Role_ThatIsRefused_IsToldWithoutItsPassword()
    {
        var variables = new Dictionary<string, string?> { ["SHOP"] = Variables["SHOP"]!.Replace("reader", "nobody", StringComparison.Ordinal) };
        using var process = SluiceProcess.Start(_desk.Folder, variables, "data", "query", "--verbose", "--database-env", "SHOP", "SELECT 1");

        var result = await process.WaitAsync();

        result.ExitCode.ShouldBe(1);
        (result.Out + result.Error).ShouldNotContain(Password);
    }

    private async Task<CommandResult> RunAsync(params IReadOnlyList<string> arguments)
    {
        using var process = SluiceProcess.Start(_desk.Folder, Variables, arguments);
        var result = await process.WaitAsync();
        (result.Out + result.Error).ShouldNotContain(Password);
        return result;
    }
}
