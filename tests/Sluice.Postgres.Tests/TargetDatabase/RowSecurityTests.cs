using System.Text.Json;
using Sluice.Data;
using Sluice.Postgres.TargetDatabase;
using Sluice.Postgres.TargetDatabase.Gates;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>Policies that rest on settings of the guard: an agent of one tenant cannot tell whether there is another.</summary>
public sealed class RowSecurityTests(ServerFixture server)
{
    [Fact]
    public async Task HostileStatement_OfOneTenant_TellsTheSameWhetherOthersAreThereOrNot()
    {
        var (shared, lonely) = (await RowSecurityDatabase.CreateAsync(server, hasOthers: true), await RowSecurityDatabase.CreateAsync(server, hasOthers: false));
        await using var among = await shared.OpenAsync(RowSecurityDatabase.GuardOf("a"));
        await using var alone = await lonely.OpenAsync(RowSecurityDatabase.GuardOf("a"));
        var wrong = new List<string>();

        foreach (var (family, sql) in Statements.RowSecurity)
        {
            var (told, expected) = (await TellAsync(among, sql), await TellAsync(alone, sql));
            if (told != expected) wrong.Add($"{family}: {sql}\n  {told}\n  {expected}");
            if (told.Contains("planted-b", StringComparison.Ordinal) || told.Contains("Foreign", StringComparison.Ordinal)) wrong.Add($"told a value: {family}: {sql}: {told}");
            if (family is "set" or "setting" or "estimate" or "catalog" or "text" && !told.StartsWith("query_", StringComparison.Ordinal)) wrong.Add($"ran: {family}: {sql}: {told}");
        }

        wrong.ShouldBeEmpty();
        Statements.RowSecurity.Count.ShouldBeGreaterThan(90);
    }

    [Theory]
    [InlineData("a", 20L, 40L, 5L)]
    [InlineData("b", 40L, 40L, 40L)]
    [InlineData("nobody", 0L, 0L, 40L)]
    [InlineData("a' or '1'='1", 0L, 0L, 40L)]
    [InlineData("", 0L, 0L, 40L)]
    public async Task Query_WithATenantsSettings_SeesItsRows(string tenant, long invoices, long lines, long payments)
    {
        var shared = await RowSecurityDatabase.CreateAsync(server, hasOthers: true);
        await using var database = await shared.OpenAsync(RowSecurityDatabase.GuardOf(tenant));

        for (var call = 0; call < 3; call++)
        {
            (await database.ReadAsync("select (select count(*) from invoices), (select count(*) from lines), (select count(*) from payments)"))
                .Rows[0].ShouldBe([invoices, lines, payments]);
        }

        (await database.ReadSchemaAsync(CancellationToken.None)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Settings_OfOneCall_AreGoneFromItsConnection()
    {
        var shared = await RowSecurityDatabase.CreateAsync(server, hasOthers: true);
        await using var pool = Npgsql.NpgsqlDataSource.Create(Sluice.Postgres.Connections.PostgresUrl.Read(shared.Url));
        var reset = new PostgresTargetDatabase(pool, new Reach(RowSecurityDatabase.GuardOf("a"), null), GuardLayers.All & ~GuardLayers.Reset, TimeProvider.System, "");

        (await reset.ReadAsync("select count(*) from invoices")).Rows[0].ShouldBe([20L]);
        (await reset.FailureAsync(TargetQueries.Query("select secret::int from invoices"))).ShouldNotBeNull();

        await using var connection = await pool.OpenConnectionAsync();
        await using var command = new Npgsql.NpgsqlCommand("select coalesce(current_setting('app.tenant', true), '') || (select count(*) from invoices)", connection);
        (await command.ExecuteScalarAsync()).ShouldBe("0");
    }

    [Fact]
    public async Task Queries_OfTwoTenantsAtOnce_SeeTheirOwn()
    {
        var shared = await RowSecurityDatabase.CreateAsync(server, hasOthers: true);
        await using var ofA = await shared.OpenAsync(RowSecurityDatabase.GuardOf("a"));
        await using var ofB = await shared.OpenAsync(RowSecurityDatabase.GuardOf("b"));

        var seen = await Task.WhenAll(Enumerable.Range(0, 20).Select(async call =>
            (await (call % 2 == 0 ? ofA : ofB).ReadAsync("select distinct tenant from invoices")).Rows.Select(row => (string)row[0]!).Single()));

        seen.ShouldBe(Enumerable.Range(0, 20).Select(call => call % 2 == 0 ? "a" : "b"));
    }

    [Fact]
    public async Task Parameter_ThatNamesAnotherTenant_FindsNothing()
    {
        var shared = await RowSecurityDatabase.CreateAsync(server, hasOthers: true);
        await using var database = await shared.OpenAsync(RowSecurityDatabase.GuardOf("a"));

        var result = await database.ReadAsync(TargetQueries.Query("select * from invoices where tenant = @tenant") with { Parameters = new Dictionary<string, object?> { ["tenant"] = "b" } });

        result.Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cost_OfAQuery_RefusesNothingSinceItIsAnEstimateOfAllRows()
    {
        var shared = await RowSecurityDatabase.CreateAsync(server, hasOthers: true);
        await using var database = await shared.OpenAsync(RowSecurityDatabase.GuardOf("a") with { MaxCost = 0.001 });

        (await database.ReadAsync("select count(*) from invoices where secret < 'planted-b-120'")).Rows[0].ShouldBe([20L]);
    }

    [Fact]
    public async Task RelationOfAPolicy_ThatTheGuardDoesNotAllow_IsReadByThePolicyOnly()
    {
        var shared = await RowSecurityDatabase.CreateAsync(server, hasOthers: true);
        await using var database = await shared.OpenAsync(RowSecurityDatabase.GuardOf("a") with { Tables = ["payments"] });

        (await database.ReadAsync("select count(*) from payments")).Rows[0].ShouldBe([5L]);
        (await database.RefusalAsync("select login from payments, auth.members")).Rule.ShouldBe("relation_not_allowed");
        (await database.RefusalAsync("select count(*) from lines")).Rule.ShouldBe("relation_not_allowed");
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("")]
    [InlineData("app.")]
    [InlineData("app.tenant; drop")]
    [InlineData("app.\"x\"")]
    [InlineData("statement_timeout")]
    [InlineData("app.tenant\n")]
    public async Task Setting_WhoseNameIsNoneOfAnApplication_IsRefused(string name)
    {
        var guard = new QueryGuard { SessionSettings = new Dictionary<string, string> { [name] = "planted", ["1.2"] = "planted", ["app.x"] = "a\0", ["App.X"] = "b" } };

        var error = await Should.ThrowAsync<SluiceException>(() =>
            new PostgresDataProvider().OpenTargetDatabaseAsync(new() { Url = "postgres://u:planted@127.0.0.1:1/d" }, guard, CancellationToken.None));

        error.Code.ShouldBe(ErrorCodes.InvalidDataEnvironment);
        error.Message.ShouldContain($"'{name}'");
        error.Message.ShouldContain("'1.2'");
        error.Message.ShouldContain("is there twice");
        error.ToString().ShouldNotContain("planted");
    }

    /// <summary>All that an agent gets to know.</summary>
    private static async Task<string> TellAsync(ITargetDatabase database, string sql)
    {
        try
        {
            var result = await database.ReadAsync(sql);
            return JsonSerializer.Serialize(new { result.Rows, result.Truncation });
        }
        catch (QueryException e)
        {
            return $"{e.Code} {e.Rule} {e.ObjectName} {e.Message}";
        }
    }
}
