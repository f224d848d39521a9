using Sluice.Data;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>The tables and columns of one database that a guard lets statements read.</summary>
internal sealed class Readable
{
    public const string Schema = "main";

    private readonly HashSet<string> _tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _objects = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _shadows = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _deniedColumns = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<long> _roots = [];

    private Readable(QueryGuard guard)
    {
        IsNarrowed = guard.Tables.Count > 0 || guard.DeniedColumns.Count > 0 || guard.RowFilters.Count > 0;
        // With and without what may be a schema: a table may be named main too.
        _deniedColumns.UnionWith(guard.DeniedColumns.Concat(guard.DeniedColumns.Select(WithoutSchema)));
    }

    /// <summary>Whether something of the database may not be read.</summary>
    public bool IsNarrowed { get; }

    public IReadOnlyCollection<string> Tables => _tables;

    public IReadOnlyList<string> VirtualTables { get; private set; } = [];

    /// <summary>Reads what there is on a connection that nothing of an agent has reached yet.</summary>
    public static Readable Load(TrustedConnection connection, QueryGuard guard)
    {
        var readable = new Readable(guard);
        var all = connection.Rows("SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
            .ConvertAll(row => (Name: (string)row[0]!, Type: (string)row[1]!));
        readable._objects.UnionWith(all.Select(table => table.Name));
        var named = guard.Tables.Select(WithoutSchema).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, type) in all)
            if (type != "shadow" && (named.Contains(name) || (named.Count == 0 && !MayIndexFiltered(type, guard))) && !readable.IsSearchOverDenied(name, type)) readable._tables.Add(name);
        readable.VirtualTables = [.. all.Where(table => table.Type == "virtual" && readable._tables.Contains(table.Name)).Select(table => table.Name)];
        foreach (var (name, type) in all)
            if (type == "shadow" && readable.VirtualTables.Any(owner => name.StartsWith(owner + "_", StringComparison.OrdinalIgnoreCase))) readable._shadows.Add(name);
        readable.AddRoots(connection);
        readable.DenyGeneratedColumns(connection);
        return readable;
    }

    public bool MayReadTable(string table) => _tables.Contains(table);

    /// <summary>Whether the database has a table or view of this name, which may be read or not.</summary>
    public bool Has(string table) => _objects.Contains(table);

    /// <summary>Tables that a virtual table keeps its content in: it reads them by statements of its own.</summary>
    public bool IsShadow(string table) => _shadows.Contains(table);

    public bool MayReadColumn(string table, string column) => !_deniedColumns.Contains($"{table}.{column}");

    public bool MayOpen(long root) => _roots.Contains(root);

    /// <summary>A name without the schema that may stand before it. What follows may hold points itself.</summary>
    public static string WithoutSchema(string name) => name.StartsWith($"{Schema}.", StringComparison.OrdinalIgnoreCase) ? name[(Schema.Length + 1)..] : name;

    /// <summary>A full-text search looks into every column, and one that is written as a call is not reported: such a table is closed whole.</summary>
    private bool IsSearchOverDenied(string table, string type) =>
        type == "virtual" && _deniedColumns.Any(column => column.StartsWith(table + ".", StringComparison.OrdinalIgnoreCase));

    /// <summary>A full-text index may hold words of rows that are filtered: it is open only where the guard names it.</summary>
    private static bool MayIndexFiltered(string type, QueryGuard guard) => type == "virtual" && guard.RowFilters.Count > 0;

    private void AddRoots(TrustedConnection connection)
    {
        // The table of the schema itself: its names tell nothing where all tables may be read.
        if (!IsNarrowed) _roots.Add(1);
        foreach (var row in connection.Rows("SELECT rootpage, tbl_name FROM sqlite_schema WHERE rootpage > 0"))
            if (_tables.Contains((string)row[1]!)) _roots.Add((long)row[0]!);
    }

    /// <summary>The engine reports a generated column, and not those that it is computed from.</summary>
    private void DenyGeneratedColumns(TrustedConnection connection)
    {
        foreach (var table in _objects.Where(table => _deniedColumns.Any(column => column.StartsWith(table + ".", StringComparison.OrdinalIgnoreCase))))
        {
            var columns = connection.Rows("SELECT name, hidden FROM pragma_table_xinfo(?)", table).ConvertAll(row => (Path: $"{table}.{row[0]}", IsGenerated: row[1] is 2L or 3L));
            if (columns.Exists(column => _deniedColumns.Contains(column.Path))) _deniedColumns.UnionWith(columns.Where(column => column.IsGenerated).Select(column => column.Path));
        }
    }
}
