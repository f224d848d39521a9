using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Sluice;
using Sluice.Data;

namespace StudioUnderTest;

/// <summary>Workspaces with data that is not profiled: a small shop with everything that data can have, and a warehouse of very many tables.</summary>
internal static class Data
{
    private const int WarehouseTables = 10_000;

    private const int ShopOrders = 2000;

    private static readonly string[] Cities = ["Berlin", "Paris", "Rome"];
    private static readonly string[] Kinds = ["sales", "stock", "returns", "visits"];

    private const string ShopScript = """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT, city TEXT);
        CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price REAL NOT NULL, replaced_by INTEGER REFERENCES products(id));
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id), status TEXT NOT NULL, ordered_on TEXT NOT NULL, note TEXT);
        CREATE TABLE order_lines (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders(id), product_id INTEGER NOT NULL REFERENCES products(id), quantity INTEGER NOT NULL);
        CREATE TABLE shipments (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders(id), carrier TEXT);
        CREATE TABLE "odd name" ("a ""quoted"" column" TEXT);
        CREATE VIEW open_orders AS SELECT * FROM orders WHERE status = 'open';
        """;

    private const string HostileScript = """
        CREATE TABLE "<img src=x onerror=attacked()>" (id INTEGER PRIMARY KEY, "<svg onload=attacked()>" TEXT, "](javascript:attacked())" TEXT);
        INSERT INTO "<img src=x onerror=attacked()>" VALUES (1, '<script>attacked()</script>', 'javascript:attacked()'), (2, '<iframe srcdoc="<script>parent.attacked()</script>">', 'data:text/html,<script>attacked()</script>');
        """;

    public static Workspace Shop { get; } = Workspace("Shop", "shop", BuildShop);

    /// <summary>A database whose names and values are markup.</summary>
    public static Workspace Hostile { get; } = Workspace("<b>Hostile</b>", "hostile", connection => Execute(connection, HostileScript));

    public static Workspace Warehouse { get; } = Workspace("Warehouse", "warehouse", BuildWarehouse);

    private static Workspace Workspace(string displayName, string name, Action<SqliteConnection> build)
    {
        var spec = Define.Runtime(Define.Tenant($"studio-{name}", "v1"), [Define.Specialist("helper", "claude-haiku-4-5", "You do what is asked.", [])]);
        return Define.Workspace(displayName, spec, async (request, cancellationToken) =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(".sluice", name)).FullName;
            var database = Path.Combine(folder, "data.db");
            if (!File.Exists(database)) Build(database, build);
            var environment = new DataEnvironment
            {
                TargetDatabase = new() { Url = $"sqlite:{database}" },
                Catalog = new() { Url = $"sqlite:{Path.Combine(folder, "catalog.db")}" },
                KeyValue = new() { Url = $"sqlite:{Path.Combine(folder, "catalog.db")}" },
                CatalogSearch = new() { IndexPath = Path.Combine(folder, "index.db") },
            };
            var data = await environment.OpenAsync([new SqliteDataProvider()], cancellationToken: cancellationToken);
            var options = request.Apply(new() { Interpreter = Interpreter.Scripted, DataEnvironment = data });
            return new OpenApp(SluiceRuntime.Create(spec, options), data.DisposeAsync);
        });
    }

    private static void Build(string path, Action<SqliteConnection> build)
    {
        SQLitePCL.Batteries_V2.Init();
        using (var connection = new SqliteConnection($"Data Source={path}.new;Pooling=False"))
        {
            connection.Open();
            Execute(connection, "BEGIN");
            build(connection);
            Execute(connection, "COMMIT");
        }

        File.Move(path + ".new", path);
    }

    private static void BuildShop(SqliteConnection connection)
    {
        Execute(connection, ShopScript);
        for (var id = 1; id <= 60; id++)
            Execute(connection, $"INSERT INTO customers VALUES ({id}, 'Customer {id}', {(id % 9 == 0 ? "NULL" : $"'customer{id}@acme.example'")}, '{Cities[id % 7 % 3]}')");
        for (var id = 1; id <= 40; id++)
            Execute(connection, $"INSERT INTO products VALUES ({id}, 'Product {id}', {Number(4.5 + (id * 37 % 90))}, {(id % 10 == 0 ? "1" : "NULL")})");
        for (var id = 1; id <= ShopOrders; id++)
        {
            var status = (id * 7 % 20) switch { < 12 => "paid", < 17 => "open", < 19 => "shipped", _ => "returned" };
            var day = new DateOnly(2026, 1, 1).AddDays(id * 11 % 300);
            Execute(connection, $"INSERT INTO orders VALUES ({id}, {1 + (id % 60)}, '{status}', '{day:yyyy-MM-dd}', {(id % 5 == 0 ? "'=HYPERLINK(\"https://example.com\")'" : "NULL")})");
            Execute(connection, $"INSERT INTO order_lines VALUES ({id}, {id}, {1 + (id % 40)}, {1 + (id * id % 9)})");
            if (status == "shipped") Execute(connection, $"INSERT INTO shipments VALUES ({id}, {id}, 'DHL')");
        }
    }

    private static void BuildWarehouse(SqliteConnection connection)
    {
        var script = new StringBuilder();
        for (var index = 0; index < WarehouseTables; index++)
        {
            var parent = index == 0 ? "" : $", parent_id INTEGER REFERENCES {Table(index / 40)}(id)";
            script.Append(CultureInfo.InvariantCulture, $"CREATE TABLE {Table(index)} (id INTEGER PRIMARY KEY, code TEXT, amount REAL{parent});\n");
        }

        Execute(connection, script.ToString());
    }

    private static string Table(int index) => string.Create(CultureInfo.InvariantCulture, $"fact_{Kinds[index % 4]}_{index:D5}");

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
