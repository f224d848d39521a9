using Sluice.Data;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Tests.Catalog;

/// <summary>Listings go along an index that is in their order: nothing is sorted.</summary>
public sealed class CatalogPlanTests : IAsyncDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly SqliteCatalogStore _catalog;

    public CatalogPlanTests() => _catalog = SqliteCatalogStore.Open(_store.Path);

    public static TheoryData<CatalogFilter, string> Filters => new()
    {
        { new(), "catalog_by_order (scope=?" },
        { new() { ItemTypes = [CatalogItemType.Table], DatabaseId = "shop" }, "catalog_by_order (scope=?" },
        { new() { TableName = "orders" }, "catalog_by_table (scope=? AND folded_table=?" },
        { new() { TableName = "orders", ItemTypes = [CatalogItemType.Column] }, "catalog_by_table (scope=? AND folded_table=?" },
        { new() { DocumentId = "doc", TableName = "orders" }, "catalog_by_document (scope=? AND document_id=?" },
    };

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        _store.Dispose();
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task List_WithAFilter_GoesAlongItsIndexWithoutASort(CatalogFilter filter, string index)
    {
        var listing = new CatalogListing(filter);
        Plan(listing).ShouldContain(index);
        Plan(listing).ShouldNotContain("TEMP B-TREE");

        // The statement of later pages differs: a full page makes it.
        var metadata = new CatalogMetadata { DatabaseId = "shop", TableName = "orders", DocumentId = "doc" };
        var type = filter.ItemTypes is [var first, ..] ? first : CatalogItemType.Column;
        await _catalog.UpsertAsync(new("acme"), [.. Enumerable.Range(0, CatalogListing.PageSize).Select(number => new CatalogEntry
        {
            Id = $"{number}", ItemType = type, Name = "n", QualifiedName = "q", Metadata = metadata,
        })], TestContext.Current.CancellationToken);
        using (var connection = _store.Connect()) listing.Read(connection, connection.Number("SELECT id FROM scopes")).Count.ShouldBe(CatalogListing.PageSize);
        Plan(listing).ShouldContain(index);
        Plan(listing).ShouldNotContain("TEMP B-TREE");
    }

    private string Plan(CatalogListing listing)
    {
        using var connection = _store.Connect();
        using var row = connection.Prepare($"EXPLAIN QUERY PLAN {listing.Sql()}");
        var steps = new List<string>();
        while (row.Step()) steps.Add(row.Text(3));
        return string.Join('\n', steps);
    }
}
