using Sluice.Data;
using SQLitePCL;

namespace Sluice.Studio.Tests.Data;

/// <summary>A small database with its catalog, in files of its own, and the shop's app on it.</summary>
internal sealed class ShopData : IAsyncDisposable
{
    private const string Script = """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id), status TEXT);
        CREATE VIEW open_orders AS SELECT * FROM orders WHERE status = 'open';
        INSERT INTO customers VALUES (1, 'Ann', 'ann@acme.example'), (2, 'Bob', NULL), (3, 'Zoë <b>', 'zoe@acme.example');
        INSERT INTO orders VALUES (10, 1, 'open'), (11, 1, 'paid'), (12, 3, 'paid');
        """;

    private readonly TemporaryFolder _folder;
    private readonly OpenDataEnvironment _data;

    private ShopData(TemporaryFolder folder, OpenDataEnvironment data) => (_folder, _data) = (folder, data);

    public App App => Shop.App(options => options.DataEnvironment = _data);

    public string Folder => _folder.FullPath;

    public static async Task<ShopData> OpenAsync()
    {
        var folder = new TemporaryFolder();
        Batteries_V2.Init();
        raw.sqlite3_open(folder.File("shop.db"), out var database).ShouldBe(raw.SQLITE_OK);
        using (database) raw.sqlite3_exec(database, Script).ShouldBe(raw.SQLITE_OK);
        var environment = new DataEnvironment
        {
            TargetDatabase = new() { Url = $"sqlite:{folder.File("shop.db")}" },
            Catalog = new() { Url = $"sqlite:{folder.File("catalog.db")}" },
            KeyValue = new() { Url = $"sqlite:{folder.File("catalog.db")}" },
            CatalogSearch = new() { IndexPath = folder.File("index.db") },
        };
        return new(folder, await environment.OpenAsync([new SqliteDataProvider()], cancellationToken: StudioHost.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _data.DisposeAsync();
        _folder.Dispose();
    }
}
