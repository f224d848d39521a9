using Sluice.Data;

namespace Sluice.Bench.Studio;

/// <summary>A catalog of tables with 20 columns each, in a file.</summary>
internal static class CatalogOfBench
{
    private const int Columns = 20;
    private const int TablesAtOnce = 500;

    public static async Task<OpenDataEnvironment> OpenAsync(string path, int tables)
    {
        var environment = new DataEnvironment { Catalog = new() { Url = $"sqlite:{path}" }, KeyValue = new() { Url = $"sqlite:{path}" } };
        var open = await environment.OpenAsync([new SqliteDataProvider()]);
        var scope = new DataScope("bench", open.WorkspaceId);
        foreach (var some in Enumerable.Range(0, tables).Chunk(TablesAtOnce)) await open.Catalog.UpsertAsync(scope, [.. some.SelectMany(EntriesOf)], CancellationToken.None);
        return open;
    }

    private static IEnumerable<CatalogEntry> EntriesOf(int table)
    {
        var name = $"table_{table}";
        yield return new()
        {
            Id = name,
            ItemType = CatalogItemType.Table,
            Name = name,
            QualifiedName = $"main.{name}",
            Content = $"What the shop knows about things of kind {table}.",
            Tags = ["shop"],
            Metadata = new() { DatabaseId = "bench", SchemaName = "main", TableName = name, RelationType = "table", RowCount = table },
        };
        for (var column = 0; column < Columns; column++)
        {
            yield return new()
            {
                Id = $"{name}.column_{column}",
                ItemType = CatalogItemType.Column,
                Name = $"column_{column}",
                QualifiedName = $"main.{name}.column_{column}",
                Metadata = new() { DatabaseId = "bench", SchemaName = "main", TableName = name, ColumnName = $"column_{column}", DataType = "TEXT" },
            };
        }
    }
}
