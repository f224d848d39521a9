using System.Text;

namespace Sluice.Sqlite.Connections;

/// <summary>
/// Puts a listing together. The index is named, since without statistics SQLite may prefer one that needs a sort; states are written out,
/// since a partial index is only used where its condition is seen to hold.
/// </summary>
internal sealed class ListQuery(string table, string columns)
{
    private readonly StringBuilder _conditions = new();
    private readonly List<Action<Statement>> _values = [];

    public string Index { get; set; } = "";

    public string Order { get; init; } = "";

    public ListQuery Where(string condition, Action<Statement>? bind = null)
    {
        _conditions.Append(" AND ").Append(condition);
        if (bind is not null) _values.Add(bind);
        return this;
    }

    public string ToSql() => $"SELECT {columns} FROM {table} INDEXED BY {Index} WHERE tenant = ?{_conditions} ORDER BY {Order} LIMIT ?";

    public IReadOnlyList<T> Read<T>(Connection connection, long tenant, int limit, Func<Statement, T> read)
    {
        using var statement = connection.Prepare(ToSql()).Bind(tenant);
        foreach (var bind in _values) bind(statement);
        statement.Bind(limit);
        var rows = new List<T>();
        while (statement.Step()) rows.Add(read(statement));
        return rows;
    }
}
