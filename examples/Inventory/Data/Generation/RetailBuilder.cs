using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Inventory.Data.Generation;

/// <summary>Writes a whole retail database into an empty file, in one transaction.</summary>
internal sealed class RetailBuilder(RetailDatasetOptions options, IProgress<BuildProgress>? progress)
{
    /// <summary>Raise it whenever the same options give other rows: files of another version are built again.</summary>
    public const int Version = 1;

    public const string GeneratorName = "sluice-inventory-retail";

    public void Build(SqliteConnection connection, CancellationToken cancellationToken)
    {
        // The file is thrown away when a build dies, so nothing has to be recoverable until it gets its name.
        connection.Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536;");
        connection.Execute("BEGIN EXCLUSIVE;");
        connection.Execute(RetailSchema.Tables);

        Report("products", 0);
        var products = ProductGenerator.Generate(options);
        InsertSmallTables(connection);
        using (var rows = new BulkInsert(connection, "products", 13))
            new ProductRows(options, products).Insert(rows);
        using (var rows = new BulkInsert(connection, "stock_levels", 5))
            new StockGenerator(options, products).Insert(rows, Within("stock", 0.05, 0.25), cancellationToken);
        using (var rows = new BulkInsert(connection, "sales", 8))
            new SalesGenerator(options, products).Insert(rows, Within("sales", 0.25, 0.75), cancellationToken);

        Report("indexes", 0.75);
        foreach (var statement in RetailSchema.Indexes.Split('\n'))
        {
            cancellationToken.ThrowIfCancellationRequested();
            connection.Execute(statement);
        }

        Report("finishing", 0.95);
        connection.Execute(RetailSchema.Views);
        connection.Execute("ANALYZE; COMMIT;");
    }

    private void InsertSmallTables(SqliteConnection connection)
    {
        using (var rows = new BulkInsert(connection, "dataset", 7))
        {
            rows.Add(GeneratorName).Add(Version).Add(options.Seed.ToString(CultureInfo.InvariantCulture))
                .Add(options.Products).Add(options.Sales)
                .Add(RetailDatasetOptions.FirstDay.ToString("O")).Add(RetailDatasetOptions.LastDay.ToString("O")).Row();
        }

        InsertStores(connection);
        InsertCategories(connection);

        using (var rows = new BulkInsert(connection, "brands", 3))
        {
            foreach (var (id, name, country) in RetailReference.Brands(options))
                rows.Add(id).Add(name).Add(country).Row();
        }

        using (var rows = new BulkInsert(connection, "suppliers", 7))
        {
            foreach (var s in RetailReference.Suppliers(options))
                rows.Add(s.Id).Add(s.Name).Add(s.Country).Add(s.LeadTimeDays).Add(s.ContactName).Add(s.ContactEmail).Add(s.Phone).Row();
        }
    }

    private static void InsertStores(SqliteConnection connection)
    {
        using var regions = new BulkInsert(connection, "regions", 2);
        for (var i = 0; i < Store.Regions.Count; i++)
            regions.Add(i + 1).Add(Store.Regions[i]).Row();

        using var stores = new BulkInsert(connection, "stores", 7);
        foreach (var s in Store.All)
        {
            var region = Store.Regions.Index().First(r => string.Equals(r.Item, s.Region, StringComparison.Ordinal)).Index + 1;
            stores.Add(s.Id).Add(s.Name).Add(s.City).Add(region).Add(s.Format).Add(s.FloorArea).Add(s.OpenedOn).Row();
        }
    }

    private static void InsertCategories(SqliteConnection connection)
    {
        using var rows = new BulkInsert(connection, "categories", 4);
        foreach (var node in CategoryNode.Expand().Nodes)
        {
            rows.Add(node.Id);
            if (node.ParentId is { } parent)
                rows.Add(parent);
            else
                rows.AddNull();
            rows.Add(node.Name).Add(node.Path).Row();
        }
    }

    private Action<double> Within(string stage, double from, double to) => share => Report(stage, from + ((to - from) * share));

    private void Report(string stage, double fraction) => progress?.Report(new BuildProgress { Stage = stage, Fraction = fraction });

}
