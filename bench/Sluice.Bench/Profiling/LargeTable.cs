using System.Globalization;

namespace Sluice.Bench.Profiling;

/// <summary>A table of orders as a shop might have them: numbers, states, amounts, dates, addresses, notes.</summary>
internal static class LargeTable
{
    public const int Columns = 8;

    /// <summary>Makes the file and returns its name.</summary>
    public static string Create(string file, int rows)
    {
        BareSqlite.Run(file, ["""
            CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, status TEXT, amount REAL, placed_on DATE, email TEXT, note TEXT, quantity INTEGER)
            """, string.Create(CultureInfo.InvariantCulture, $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO orders
            SELECT i, i * 7919 % 50000, CASE i % 5 WHEN 0 THEN 'new' WHEN 1 THEN 'paid' WHEN 2 THEN 'sent' WHEN 3 THEN 'done' ELSE 'void' END,
                (i * 31 % 100000) / 100.0, date('2020-01-01', '+' || (i % 1500) || ' days'), 'user' || (i * 13 % 300000) || '@example.com',
                CASE WHEN i % 10 = 0 THEN NULL ELSE 'note ' || (i % 977) END, i % 20
            FROM n
            """)]);
        return file;
    }
}
