using Npgsql;
using Sluice.Postgres.Connections;
using static Sluice.Postgres.Tests.Rows;

namespace Sluice.Postgres.Tests.Connections;

public sealed class DatabaseTests(ServerFixture server)
{
    [Fact]
    public async Task Session_AfterAStatement_HoldsNothing()
    {
        var text = await server.CreateDatabaseAsync();
        await using (PostgresStorage.Open(text))
        {
        }

        await using var database = new Database(ConnectionText.Parse($"{text};Maximum Pool Size=1"), new(), TimeProvider.System);
        await database.ExecuteAsync(Tenant, new("delete from runs where tenant = $1"), CancellationToken.None);

        await using var connection = await database.ConnectAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand("select coalesce(current_setting('sluice.tenant', true), '') || current_setting('search_path')", connection);
        (await command.ExecuteScalarAsync()).ShouldBe("\"$user\", public");
    }

    [Fact]
    public async Task Operation_WhenTheServerStaysAway_FailsAsRetryable()
    {
        var text = await server.CreateDatabaseAsync();
        await using var storage = PostgresStorage.Open(text, new() { RetryFor = TimeSpan.Zero });
        var name = new NpgsqlConnectionStringBuilder(text).Database;
        await storage.AppendFirstAsync("run-1");
        var superuser = (await server.ServerAsync()).ConnectionString;
        await ServerFixture.ExecuteAsync(superuser, $"alter database {name} connection limit 0");
        await ServerFixture.ExecuteAsync(superuser, $"select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{name}'");

        var error = await Should.ThrowAsync<SluiceException>(async () =>
        {
            // The first may meet the connection that was closed, the next the limit.
            await storage.Threads.GetAsync(Tenant, "thread-1", CancellationToken.None);
        });

        error.Code.ShouldBe(ErrorCodes.StoreUnavailable);
        error.Retryable.ShouldBeTrue();
        error.ToString().ShouldNotContain("planted");
    }

    [Fact]
    public async Task Document_OfTheGreatestDepth_ComesBackAsItWasWritten()
    {
        await using var storage = PostgresStorage.Open(await server.CreateDatabaseAsync());
        var text = new string('[', 64) + "12.50,1E+2" + new string(']', 64);
        var payload = Sluice.Json.SluiceJson.Parse(System.Text.Encoding.UTF8.GetBytes(text));

        await storage.Approvals.TryAddAsync(Tenant, Request("apr-1") with { Payload = payload }, CancellationToken.None);
        await storage.PutAsync(Reference("ref-1", 1) with { Glimpse = payload }, [1]);

        (await storage.Approvals.GetAsync(Tenant, "apr-1", CancellationToken.None))!.Payload.GetRawText().ShouldBe(text);
        (await storage.References.GetAsync(Tenant, new() { Kind = "table", Id = "ref-1" }, CancellationToken.None))!.Glimpse.GetRawText().ShouldBe(text);
    }
}
