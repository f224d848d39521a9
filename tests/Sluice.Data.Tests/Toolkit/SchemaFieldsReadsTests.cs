using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.Data.Catalog;

namespace Sluice.Data.Tests.Toolkit;

/// <summary>What the list of a table's columns reads of the catalog: as much as the table has, however large the catalog is.</summary>
public sealed class SchemaFieldsReadsTests
{
    [Fact]
    public async Task Fields_OfATable_ReadThatTablesEntriesOnly()
    {
        CatalogEntry[] entries =
        [
            Reference("r1", "notes", "author", "employees"), Reference("r2", "NOTES", "about", "customers"),
            .. Enumerable.Range(0, 50).Select(number => Reference($"other-{number}", $"t{number}", "note_id", "notes")),
        ];
        var catalog = new CountingCatalog(new InlineCatalogStore(CatalogDesk.Scope, entries));
        var provider = new ScriptedDataProvider("sqlite") { TargetDatabase = Shop.Database(), Catalog = _ => catalog };
        var environment = new DataEnvironment { TenantId = "acme", TargetDatabase = new() { Url = "sqlite:shop.db" }, Catalog = new() { Url = "sqlite:catalog.db" } };
        await using var data = await environment.OpenAsync([provider]);
        await using var desk = new CatalogDesk(data);

        var result = await desk.CallAsync("list_schema_fields", new { table = new { qualifiedName = "notes" } });

        result.GetProperty("fields")[0].GetProperty("name").GetString().ShouldBe("text");
        catalog.Listed.ShouldBe(["r1", "r2"], ignoreOrder: true);
    }

    private static CatalogEntry Reference(string id, string table, string column, string referenced) => new()
    {
        Id = id,
        ItemType = CatalogItemType.Relationship,
        Name = id,
        QualifiedName = id,
        Metadata = new()
        {
            SchemaName = "main",
            TableName = table,
            ColumnName = column,
            Extra = new Dictionary<string, JsonElement> { ["referencedTable"] = JsonSerializer.SerializeToElement(referenced), ["referencedColumns"] = JsonElement.Parse("""["id"]""") },
        },
    };

    private sealed class CountingCatalog(ICatalogStore catalog) : ICatalogStore
    {
        public List<string> Listed { get; } = [];

        public bool IsReadOnly => catalog.IsReadOnly;

        public ValueTask<IReadOnlyList<CatalogEntry>> GetAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
            catalog.GetAsync(scope, ids, cancellationToken);

        public ValueTask<IReadOnlyList<CatalogEntry>> FindAsync(DataScope scope, IReadOnlyList<string> qualifiedNames, CancellationToken cancellationToken) =>
            catalog.FindAsync(scope, qualifiedNames, cancellationToken);

        public async IAsyncEnumerable<CatalogEntry> ListAsync(DataScope scope, CatalogFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var entry in catalog.ListAsync(scope, filter, cancellationToken))
            {
                Listed.Add(entry.Id);
                yield return entry;
            }
        }

        public ValueTask UpsertAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries, CancellationToken cancellationToken) =>
            catalog.UpsertAsync(scope, entries, cancellationToken);

        public ValueTask<int> RemoveAsync(DataScope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) => catalog.RemoveAsync(scope, ids, cancellationToken);

        public ValueTask DisposeAsync() => catalog.DisposeAsync();
    }
}
