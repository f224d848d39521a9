using Sluice.Data;
using Sluice.Postgres.Catalog;
using Sluice.Postgres.Connections;

namespace Sluice.Postgres.Tests.Catalog;

/// <summary>How the server finds entries among those of other scopes, with and without statistics.</summary>
public sealed class CatalogStatementTests(ServerFixture server)
{
    private static readonly DataScope Scope = new("acme");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Statement_AmongManyEntries_ReadsAlongAnIndex(bool hasStatistics)
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var database = await DataDatabase.OpenAsync(DataSources.Of(connectionString), TimeProvider.System, Token);
        var catalog = new PostgresCatalogStore(database);
        var key = database.KeyOf(Scope);
        foreach (var workspace in new[] { "default", "other" })
            await catalog.UpsertAsync(Scope with { WorkspaceId = workspace }, [.. Enumerable.Range(0, 12_000).Select(Column)], Token);
        if (hasStatistics) await ServerFixture.ExecuteAsync(connectionString, "analyze sluice_data.catalog_entries");

        await ShouldUseAsync(CatalogRows.Get(key, ["id-1"]), "catalog_entries_pkey");
        await ShouldUseAsync(CatalogRows.Find(key, ["PUBLIC.T1.C1"]), "catalog_by_name");
        await ShouldUseAsync(CatalogRows.Remove(key, ["id-1"]), "catalog_entries_pkey");
        await ShouldUseAsync(PageOf(new()), "catalog_by_order");
        await ShouldUseAsync(PageOf(new() { ItemTypes = [CatalogItemType.Column], TableName = "t1" }), "catalog_by_table");
        await ShouldUseAsync(PageOf(new() { DocumentId = "d1" }), "catalog_by_document");

        async Task ShouldUseAsync(Statement statement, string index)
        {
            var plan = string.Join('\n', await database.ListAsync(Scope, new($"explain (costs off) {statement.Sql}", statement.Values), row => row.GetString(0), Token));
            plan.ShouldContain(index);
            plan.ShouldNotContain("Seq Scan");
        }

        Statement PageOf(CatalogFilter filter)
        {
            var listing = new CatalogListing(key, filter);
            listing.MoveBehind([.. Enumerable.Repeat(Column(150), CatalogListing.PageSize)]).ShouldBeTrue();
            return listing.Next();
        }
    }

    private static CatalogEntry Column(int number) => new()
    {
        Id = $"id-{number}",
        ItemType = CatalogItemType.Column,
        Name = $"c{number}",
        QualifiedName = $"public.t{number % 400}.c{number}",
        Metadata = new() { TableName = $"t{number % 400}", DocumentId = $"d{number % 400}" },
    };
}
