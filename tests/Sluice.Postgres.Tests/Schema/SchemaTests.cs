using Npgsql;
using Sluice.Journal;
using Sluice.Postgres.Schema;

namespace Sluice.Postgres.Tests.Schema;

public sealed class SchemaTests(ServerFixture server)
{
    private static readonly SchemaScripts Next =
        new([.. SchemaScripts.Embedded.After(0).Select(script => script.Sql), "alter table runs add column note text"]);

    [Fact]
    public async Task Open_OfAnEmptyDatabaseByManyAtOnce_MakesTheSchemaOnce()
    {
        var database = await server.CreateDatabaseAsync();

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresStorage.Open(database))));

        foreach (var storage in opened) await storage.DisposeAsync();
        (await ServerFixture.ExecuteAsync(database, "select string_agg(version::text, ',') from sluice.schema_version")).ShouldBe("1,2");
    }

    [Theory]
    [InlineData("update sluice.runs set last_entry = 2 where tenant = 'a' and run_id = 'r' and last_entry = 1 and lease_owner = 'o' and lease_token = 1", "runs_pkey")]
    [InlineData("update sluice.approvals set version = 2 where tenant = 'a' and id = 'r' and version = 1", "approvals_pkey")]
    [InlineData("update sluice.plans set revision = 2 where tenant = 'a' and plan_id = 'p' and revision = 1", "plans_pkey")]
    public async Task Change_OfOneRowInADatabaseWithoutStatistics_FindsItByThePrimaryKey(string change, string index)
    {
        var database = await server.CreateDatabaseAsync();
        await PostgresStorage.Open(database).DisposeAsync();

        (await ServerFixture.ExecuteAsync(database, $"explain (format json, costs off) {change}"))!.ToString()!.ShouldContain($"\"{index}\"");
    }

    [Fact]
    public async Task Migrate_OfAnEmptyAndOfACurrentDatabase_TellsTheVersions()
    {
        var database = await server.CreateDatabaseAsync();

        PostgresStorage.Migrate(database).ShouldBe((0, 2));
        PostgresStorage.Migrate(database).ShouldBe((2, 2));
    }

    [Fact]
    public async Task Open_OfAnOlderSchema_IsRefusedUntilItIsMigrated()
    {
        var database = await server.CreateDatabaseAsync();
        await PostgresStorage.Open(database).DisposeAsync();

        var error = Should.Throw<SluiceException>(() => PostgresStorage.Open(database, new(), Next, TimeProvider.System));
        error.Code.ShouldBe(ErrorCodes.StoreSchema);
        error.Message.ShouldContain("has schema version 2; this build reads 3. Bring it there with PostgresStorage.Migrate.");

        PostgresStorage.Migrate(database, new(), Next).ShouldBe((2, 3));
        await PostgresStorage.Open(database, new(), Next, TimeProvider.System).DisposeAsync();
    }

    [Fact]
    public async Task Migrate_FromVersion1_KeepsItsRunsAsOrdinaryOnesThatGoOn()
    {
        var database = await server.CreateDatabaseAsync();
        PostgresStorage.Migrate(database, new(), new([SchemaScripts.Embedded.After(0).First().Sql])).ShouldBe((0, 1));
        await ServerFixture.ExecuteAsync(database, """
            set sluice.tenant = 'tenant-1';
            insert into sluice.runs values ('tenant-1', 'run-1', 'thread-1', 1, 'coordinator', 'running', 0, 0, 1, 1, null, null, 'owner-1', 1)
            """);
        Should.Throw<SluiceException>(() => PostgresStorage.Open(database)).Message.ShouldContain("has schema version 1; this build reads 2.");

        PostgresStorage.Migrate(database).ShouldBe((1, 2));

        await using var storage = PostgresStorage.Open(database);
        (await storage.AppendAsync("run-1", Rows.Entry("run-1", 2, JournalHash.Origin))).ShouldBeTrue();
        (await storage.Journal.GetRunAsync(Rows.Tenant, "run-1", CancellationToken.None)).ShouldNotBeNull().EvalSample.ShouldBeNull();
        (await storage.Journal.ListRunsAsync(Rows.Tenant, new() { EvalRunId = "eval-1" }, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Append_OfRunsThatAreNoSamples_WritesToNoIndexOfSamples()
    {
        var database = await server.CreateDatabaseAsync();
        await using var storage = PostgresStorage.Open(database);
        const string pages = "select (pg_relation_size('sluice.runs_by_eval') + pg_relation_size('sluice.runs_by_test_case')) / 8192";

        (await storage.AppendFirstAsync("run-1")).ShouldBeTrue();
        (await storage.AppendAsync("run-1", Rows.Entry("run-1", 2, JournalHash.Origin), RunState.Finished)).ShouldBeTrue();
        (await ServerFixture.ExecuteAsync(database, pages)).ShouldBe(2L, "an index that is empty has one page");

        var sample = Rows.Run("run-2", 1) with { EvalSample = new() { EvalRunId = "eval-1", TestCaseId = "case-1", Sample = 1 } };
        await storage.Journal.AppendAsync(Rows.Tenant, sample, [Rows.Entry("run-2", 1, JournalHash.Origin)], Rows.Lease, CancellationToken.None);
        (await ServerFixture.ExecuteAsync(database, pages)).ShouldBe(4L);
    }

    [Fact]
    public async Task Open_OfANewerSchema_IsRefusedNamingBothVersions()
    {
        var database = await server.CreateDatabaseAsync();
        PostgresStorage.Migrate(database, new(), Next);

        foreach (var use in new Action[] { () => PostgresStorage.Open(database), () => PostgresStorage.Migrate(database) })
        {
            var error = Should.Throw<SluiceException>(use);
            error.Code.ShouldBe(ErrorCodes.StoreSchema);
            error.Message.ShouldContain("version 3");
            error.Message.ShouldContain("2. Use a newer build.");
        }
    }

    [Fact]
    public async Task Migrate_ThatFailsHalfway_LeavesTheSchemaAsItWas()
    {
        var database = await server.CreateDatabaseAsync();
        var broken = new SchemaScripts([.. SchemaScripts.Embedded.After(0).Select(script => script.Sql), "create table half (id integer)", "select 1 / 0"]);

        Should.Throw<SluiceException>(() => PostgresStorage.Migrate(database, new(), broken));

        (await ServerFixture.ExecuteAsync(database, "select count(*) from pg_namespace where nspname = 'sluice'")).ShouldBe(0L);
    }

    [Fact]
    public async Task Open_OfSeveralSchemas_KeepsThemApart()
    {
        var database = await server.CreateDatabaseAsync();
        await using var one = PostgresStorage.Open(database, new() { Schema = "one" });
        await using var other = PostgresStorage.Open(database, new() { Schema = "other" });

        (await one.AppendFirstAsync("run-1")).ShouldBeTrue();

        (await other.ReadAsync("run-1")).ShouldBeEmpty();
        (await other.AppendFirstAsync("run-1")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Sluice")]
    [InlineData("a\"; drop schema public; --")]
    [InlineData("")]
    public void Open_WithANameThatIsNone_IsRefused(string schema) =>
        Should.Throw<ArgumentException>(() => PostgresStorage.Open("Host=127.0.0.1", new() { Schema = schema }));

    [Fact]
    public async Task Open_OfAServerThatRefuses_SaysWhyWithoutThePassword()
    {
        var database = await server.CreateDatabaseAsync();
        NpgsqlConnectionStringBuilder Settings() => new(database);

        Refused(new(database) { Port = 1 }, retryable: true).ShouldContain("cannot be reached");
        Refused(new(database) { Password = "planted-wrong" }).ShouldContain("refuses the login");
        Refused(new(database) { Database = "nowhere" }).ShouldContain("no such database: database 'nowhere'");

        string Refused(NpgsqlConnectionStringBuilder settings, bool retryable = false)
        {
            var error = Should.Throw<SluiceException>(() => PostgresStorage.Open(settings.ConnectionString));
            error.Code.ShouldBe(ErrorCodes.StoreUnavailable);
            error.Retryable.ShouldBe(retryable);
            error.ToString().ShouldNotContain("planted");
            error.Message.ShouldContain($"'{Settings().Username}'");
            return error.Message;
        }
    }

    [Fact]
    public async Task Open_ByARoleWithoutPrivileges_SaysWhichIsMissing()
    {
        var database = await server.CreateDatabaseAsync();
        var stranger = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()) { Database = new NpgsqlConnectionStringBuilder(database).Database };

        Should.Throw<SluiceException>(() => PostgresStorage.Open(stranger.ConnectionString)).Message.ShouldContain("denies a privilege");
        await PostgresStorage.Open(database).DisposeAsync();

        var error = Should.Throw<SluiceException>(() => PostgresStorage.Open(stranger.ConnectionString));
        error.Code.ShouldBe(ErrorCodes.StoreUnavailable);
        error.Message.ShouldContain("denies a privilege");
        error.ToString().ShouldNotContain("planted");
    }

    [Fact]
    public async Task Open_ByARoleThatDoesNotOwnTheSchema_NeedsOnlyWhatTheReadmeGrants()
    {
        var database = await server.CreateDatabaseAsync();
        await PostgresStorage.Open(database).DisposeAsync();
        var other = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()) { Database = new NpgsqlConnectionStringBuilder(database).Database };
        await ServerFixture.ExecuteAsync(
            database, $"grant usage on schema sluice to {other.Username}; grant select, insert, update, delete on all tables in schema sluice to {other.Username}");

        await using var storage = PostgresStorage.Open(other.ConnectionString);

        (await storage.AppendFirstAsync("run-1")).ShouldBeTrue();
        (await storage.Threads.AddRunAsync(Rows.Tenant, "thread-1", "run-1", Rows.Noon, CancellationToken.None)).ShouldBe(1);
        (await storage.PutAsync(Rows.Reference("ref-1", 1, Rows.Noon), [1])).Bytes.ShouldBe(1);
        (await storage.References.RemoveExpiredAsync(Rows.Tenant, Rows.Noon, new HashSet<string>(), CancellationToken.None)).ShouldBe(1);
    }
}
