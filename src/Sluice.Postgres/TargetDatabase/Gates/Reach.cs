using Sluice.Data;

namespace Sluice.Postgres.TargetDatabase.Gates;

/// <summary>What a guard lets queries reach, ready to be asked.</summary>
internal sealed class Reach
{
    private static readonly StringComparer Comparer = StringComparer.OrdinalIgnoreCase;

    private readonly HashSet<string> _tables;
    private readonly HashSet<string> _deniedColumns;
    private readonly HashSet<string> _functions;

    public Reach(QueryGuard guard, string? schema)
    {
        Schemas = guard.Schemas.Count > 0 ? guard.Schemas : [schema ?? "public"];
        _tables = new(guard.Tables, Comparer);
        _deniedColumns = new(guard.DeniedColumns, Comparer);
        _functions = new(guard.Functions, Comparer);
        MaxCost = guard.MaxCost;
        Settings = new(guard.SessionSettings);
    }

    public IReadOnlyList<string> Schemas { get; }

    public double? MaxCost { get; }

    /// <summary>What is set for each transaction. While there is any, other rows than those that may be read must not be told of.</summary>
    public SessionSettings Settings { get; }

    public bool HasDeniedColumns => _deniedColumns.Count > 0;

    /// <summary>The path that names are looked up on: the engine's own first, and nothing temporary before what is meant.</summary>
    public string SearchPath => string.Join(", ", Schemas.Select(Quote).Prepend("pg_catalog").Append("pg_temp"));

    public bool AllowsSchema(string schema) => Schemas.Contains(schema);

    public bool AllowsTable(string schema, string table) =>
        AllowsSchema(schema) && (_tables.Count == 0 || _tables.Contains(table) || _tables.Contains($"{schema}.{table}"));

    public bool AllowsColumn(string schema, string table, string column) =>
        !_deniedColumns.Contains($"{table}.{column}") && !_deniedColumns.Contains($"{schema}.{table}.{column}");

    /// <summary>Whether any column of the table is denied, so that its rows may not be read whole.</summary>
    public bool DeniesColumnsOf(string schema, string table) => _deniedColumns.Any(column =>
        column.StartsWith($"{table}.", StringComparison.OrdinalIgnoreCase) || column.StartsWith($"{schema}.{table}.", StringComparison.OrdinalIgnoreCase));

    public bool AllowsFunction(string schema, string function) => _functions.Contains(function) || _functions.Contains($"{schema}.{function}");

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
