using Npgsql;
using Sluice.Data;
using static Sluice.Postgres.Tests.Rows;

namespace Sluice.Postgres.Tests.Connections;

/// <summary>The wall inside the database, met by statements that forget the tenant. The role owns the tables and is no superuser.</summary>
public sealed class RowSecurityTests(ServerFixture server)
{
    private const string Tables =
        "select string_agg(relname, ',' order by relname) from pg_class where relnamespace = 'sluice'::regnamespace and relkind = 'r' and relname <> 'schema_version'";

    [Fact]
    public async Task Table_OfTheSchema_IsBehindTheWallAlsoForItsOwner()
    {
        var database = await CreateWithARowInEveryTableAsync();

        (await ServerFixture.ExecuteAsync(database, $"{Tables} and not (relrowsecurity and relforcerowsecurity)")).ShouldBe(DBNull.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tenant-2")]
    public async Task Statement_WithoutTheTenant_SeesAndChangesNothingInEveryTable(string tenant)
    {
        var database = await CreateWithARowInEveryTableAsync();
        foreach (var table in await TablesAsync(database))
        {
            (await AsAsync(database, tenant, $"select count(*) from {table}")).ShouldBe(0L, table);
            (await AsAsync(database, tenant, $"with gone as (delete from {table} returning 1) select count(*) from gone")).ShouldBe(0L, table);
            (await AsAsync(database, tenant, $"with changed as (update {table} set tenant = '{tenant}' returning 1) select count(*) from changed")).ShouldBe(0L, table);
            ((long)(await AsAsync(database, "tenant-1", $"select count(*) from {table}"))!).ShouldBeGreaterThan(0, table);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("tenant-2")]
    public async Task Statement_WithoutTheTenant_SeesAndChangesNoData(string tenant)
    {
        var database = await server.CreateDatabaseAsync();
        var source = DataSources.Of(database) with { Schema = "sluice" };
        await using var store = await new PostgresDataProvider().OpenKeyValueAsync(source, CancellationToken.None);
        await using var catalog = await new PostgresDataProvider().OpenCatalogAsync(source, CancellationToken.None);
        await store.SetAsync(new("tenant-1"), "a", new byte[1], CancellationToken.None);
        await catalog.UpsertAsync(new("tenant-1"), [new() { Id = "a", ItemType = CatalogItemType.Metric, Name = "a", QualifiedName = "a" }], CancellationToken.None);

        foreach (var table in new[] { "key_values", "catalog_entries" })
        {
            (await AsAsync(database, tenant, $"select count(*) from {table}")).ShouldBe(0L, table);
            (await AsAsync(database, tenant, $"with gone as (delete from {table} returning 1) select count(*) from gone")).ShouldBe(0L, table);
            (await AsAsync(database, "tenant-1", $"select count(*) from {table}")).ShouldBe(1L, table);
        }
    }

    [Fact]
    public async Task Insert_ForAnotherTenant_IsRefused()
    {
        var database = await CreateWithARowInEveryTableAsync();

        var refused = await Should.ThrowAsync<PostgresException>(() =>
            AsAsync(database, "tenant-2", "insert into lease_owners (tenant, owner, expires_at) values ('tenant-1', 'eve', 1)"));

        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private static async Task<string[]> TablesAsync(string database)
    {
        var tables = ((string)(await ServerFixture.ExecuteAsync(database, Tables))!).Split(',');
        tables.Length.ShouldBe(11);
        return tables;
    }

    /// <summary>An empty tenant: the setting was never made.</summary>
    private static Task<object?> AsAsync(string database, string tenant, string sql) => ServerFixture.ExecuteAsync(
        $"{database};Search Path=sluice{(tenant.Length == 0 ? "" : $";Options=-c sluice.tenant={tenant}")}", sql);

    private async Task<string> CreateWithARowInEveryTableAsync()
    {
        var database = await server.CreateDatabaseAsync();
        await using var storage = PostgresStorage.Open(database);
        await storage.AppendFirstAsync("run-1");
        await storage.Leases.RenewAsync(Tenant, "owner-1", Noon, CancellationToken.None);
        await storage.Threads.AddRunAsync(Tenant, "thread-1", "run-1", Noon, CancellationToken.None);
        await storage.Plans.TryAddAsync(Tenant, Plan("plan-1"), CancellationToken.None);
        await storage.Approvals.TryAddAsync(Tenant, Request("apr-1"), CancellationToken.None);
        await storage.Approvals.GetSigningKeyAsync(Tenant, CancellationToken.None);
        await storage.Approvals.AddGrantAsync(
            Tenant, new() { Id = "grant-1", Scope = ApprovalGrantScope.Run, ToolName = "post", RunId = "run-1", At = Noon }, CancellationToken.None);
        await storage.PutAsync(Reference("ref-1", 3), [1, 2, 3]);
        return database;
    }
}
