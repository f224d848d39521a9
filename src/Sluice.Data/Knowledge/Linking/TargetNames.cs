using Sluice.Data.Schemas;
using Sluice.Data.Toolkit;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Data.Knowledge.Linking;

/// <summary>The tables and columns that documents may apply to, by the names that people write: those of the catalog, and those of the database.</summary>
internal sealed class TargetNames
{
    private readonly HashSet<string> _tableIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _columnIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TargetTable?> _tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _columnNames = new(StringComparer.OrdinalIgnoreCase);

    private TargetNames(IReadOnlyDictionary<TableKey, TargetTable> tables)
    {
        foreach (var (key, table) in tables)
        {
            _tableIds.Add(table.Id);
            Add(_tables, key.QualifiedName, table);
            if (key.Schema.Length > 0) Add(_tables, key.Name, table);
            foreach (var (name, id) in table.Columns)
            {
                _columnIds.Add(id);
                _columnNames.Add(name);
                Add(_columns, $"{key.QualifiedName}.{name}", id);
                if (key.Schema.Length > 0) Add(_columns, $"{key.Name}.{name}", id);
            }
        }

        Names = [.. tables.Values.Select(table => table.Name).Order(CodePointComparer.Instance)];
    }

    /// <summary>The names of all tables, with their schemas.</summary>
    public IReadOnlyList<string> Names { get; }

    public static async Task<TargetNames> ReadAsync(
        OpenDataEnvironment environment, DataScope scope, string databaseId, CancellationToken cancellationToken)
    {
        var schema = environment.Schema is { } target ? await target.ReadAsync(cancellationToken).ConfigureAwait(false) : null;
        var tables = new Dictionary<TableKey, TargetTable>();
        await foreach (var table in ListAsync(CatalogItemType.Table).ConfigureAwait(false)) AddTable(table);
        foreach (var table in schema?.Tables ?? []) AddTable(table);
        await foreach (var column in ListAsync(CatalogItemType.Column).ConfigureAwait(false)) AddColumn(column);
        foreach (var key in tables.Keys)
            foreach (var column in schema?.ColumnsOf(key) ?? []) AddColumn(column);
        return new(tables);

        void AddTable(CatalogEntry entry)
        {
            var key = CatalogReader.KeyOf(entry, schema);
            tables.TryAdd(key, new(entry.Id, key.QualifiedName));
        }

        void AddColumn(CatalogEntry entry)
        {
            if (tables.TryGetValue(CatalogReader.KeyOf(entry, schema), out var table)) table.Columns.TryAdd(entry.Metadata.ColumnName ?? entry.Name, entry.Id);
        }

        // An entry that names no database may be of this one.
        IAsyncEnumerable<CatalogEntry> ListAsync(CatalogItemType type) => environment.Catalog.ListAsync(scope, new() { ItemTypes = [type] }, cancellationToken)
            .Where(entry => entry.Metadata.DatabaseId is null || entry.Metadata.DatabaseId == databaseId);
    }

    /// <summary>Whether an id is one of a table.</summary>
    public bool IsTable(string id) => _tableIds.Contains(id);

    /// <summary>Whether some table has a column of this name.</summary>
    public bool IsColumn(ReadOnlySpan<char> name) => _columnNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    /// <summary>The only table of a name, with or without its schema.</summary>
    public TargetTable? FindTable(ReadOnlySpan<char> name) => _tables.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var table) ? table : null;

    /// <summary>The entry of the only column of a name with its table.</summary>
    public string? FindColumn(ReadOnlySpan<char> name) => _columns.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var id) ? id : null;

    /// <summary>The entry that a person or a model means by a name or an id; null where there is none, or several.</summary>
    public string? Resolve(string name)
    {
        var bare = name.Trim().Trim('`', '"').Trim();
        return IsTable(bare) || _columnIds.Contains(bare) ? bare : FindTable(bare)?.Id ?? FindColumn(bare);
    }

    /// <summary>Names that were probably meant.</summary>
    public IReadOnlyList<string> Nearest(string name)
    {
        if (_tables.ContainsKey(name) || _columns.ContainsKey(name))
            return [.. Names.Where(whole => whole.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase))];
        var candidates = name.Count(letter => letter == '.') switch
        {
            0 => _tables.Keys,
            1 => _tables.Keys.Concat(_columns.Keys),
            _ => _columns.Keys.AsEnumerable(),
        };
        return NearestName.Find(name, candidates) is { } near ? [near] : [];
    }

    /// <summary>Adds a name; one that two have means neither.</summary>
    private static void Add<T>(Dictionary<string, T?> names, string name, T value)
        where T : class
    {
        if (!names.TryAdd(name, value)) names[name] = null;
    }
}
