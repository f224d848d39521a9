using System.Security.Cryptography;
using Sluice.Data;
using Sluice.Sqlite.TargetDatabase;
using SQLitePCL;

namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>A small shop in a folder of its own, which is gone after the test.</summary>
internal sealed class SampleDatabase : IDisposable
{
    private const string Script = """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE, country TEXT, referred_by INTEGER REFERENCES customers,
            email_domain TEXT AS (substr(email, instr(email, '@') + 1)));
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), ordered_at TEXT, total REAL, status TEXT, details TEXT,
            total_cents INTEGER AS (CAST(total * 100 AS INTEGER)));
        CREATE TABLE order_items (order_id INTEGER NOT NULL REFERENCES orders (id), line INTEGER NOT NULL, product TEXT NOT NULL, quantity INTEGER, price REAL,
            PRIMARY KEY (order_id, line)) WITHOUT ROWID;
        CREATE TABLE secrets (code TEXT, value TEXT);
        CREATE INDEX secrets_code ON secrets (code);
        CREATE INDEX orders_customer ON orders (customer_id);
        CREATE VIEW customer_totals AS SELECT c.id, c.name, sum(o.total) AS total, printf('%s: %.2f', c.name, sum(o.total)) AS label
            FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name;
        CREATE VIEW leaking_view AS SELECT code FROM secrets;
        CREATE VIEW contact_view AS SELECT name, email FROM customers;
        CREATE VIEW broken_view AS SELECT gone FROM nothing_here;
        CREATE VIRTUAL TABLE notes USING fts5 (title, body);
        INSERT INTO customers (id, name, email, country, referred_by) VALUES (1, 'Ada', 'ada@example.org', 'GB', NULL), (2, 'Alan', 'alan@example.org', 'GB', 1), (3, 'Grace', 'grace@example.com', 'US', 2);
        WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 60)
            INSERT INTO orders (id, customer_id, ordered_at, total, status, details)
            SELECT i, 1 + i % 3, date('2026-01-01', '+' || i || ' days'), i * 7.25, CASE i % 3 WHEN 0 THEN 'paid' WHEN 1 THEN 'open' ELSE 'late' END,
                '{"channel": "web", "tags": ["a", "b"]}' FROM n;
        WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300)
            INSERT INTO order_items SELECT 1 + i % 60, i, 'product ' || i % 20, i % 5 + 1, i * 0.5 FROM n;
        INSERT INTO secrets VALUES ('alpha', 'the answer'), ('beta', 'forty-two');
        INSERT INTO notes VALUES ('First', 'the delivery was late'), ('Second', 'all is well with this delivery');
        """;

    private readonly byte[] _hash;

    public SampleDatabase()
    {
        Create(Path, Script);
        _hash = Hash();
    }

    /// <summary>Everything but the secrets and the mail addresses.</summary>
    public static QueryGuard Narrow { get; } = new()
    {
        Tables = ["customers", "orders", "order_items", "customer_totals", "main.notes", "contact_view", "leaking_view"],
        DeniedColumns = ["customers.email"],
    };

    public string Folder { get; } = Directory.CreateTempSubdirectory("sluice-target-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "sample.db");

    public bool IsUntouched => Directory.GetFileSystemEntries(Folder).Length == 1 && Hash().AsSpan().SequenceEqual(_hash);

    public static void Create(string path, string script)
    {
        Batteries_V2.Init();
        raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, vfs: null).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_exec(handle, $"PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; BEGIN; {script}; COMMIT;").ShouldBe(raw.SQLITE_OK, raw.sqlite3_errmsg(handle).utf8_to_string());
        raw.sqlite3_close_v2(handle).ShouldBe(raw.SQLITE_OK);
    }

    public SqliteTargetDatabase Open(QueryGuard? guard = null, GuardLayers layers = GuardLayers.All, TimeProvider? time = null) =>
        new(Path, guard ?? new(), time ?? TimeProvider.System, layers);

    public string Fill(string sql) => sql.Replace("{folder}", Folder, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private byte[] Hash() => SHA256.HashData(File.ReadAllBytes(Path));
}
