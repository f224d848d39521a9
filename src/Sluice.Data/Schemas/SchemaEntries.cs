using Sluice.Data.Relations;

namespace Sluice.Data.Schemas;

/// <summary>What a database says of itself, as entries of a catalog.</summary>
internal sealed class SchemaEntries
{
    private readonly Dictionary<string, CatalogEntry> _byId = new(StringComparer.Ordinal);
    private readonly ILookup<string, CatalogEntry> _byName;
    private readonly ILookup<string, CatalogEntry> _tablesByName;
    private readonly Dictionary<TableKey, IReadOnlyList<CatalogEntry>> _columns = [];

    public SchemaEntries(IReadOnlyList<TableDescription> tables)
    {
        var descriptions = tables.ToLookup(table => new TableKey(table.Schema, table.Name));
        foreach (var table in tables)
        {
            Add(OfTable(table));
            var columns = table.Columns.Select(column => OfColumn(table, column)).ToArray();
            _columns.TryAdd(new(table.Schema, table.Name), columns);
            foreach (var column in columns) Add(column);
            foreach (var key in table.ForeignKeys) Relations.Add(ToRelation(table, key, descriptions[new(key.ReferencedSchema, key.ReferencedTable)].FirstOrDefault()));
        }

        foreach (var relation in Relations) Add(RelationEntries.ToEntry(relation));
        _byName = _byId.Values.ToLookup(entry => entry.QualifiedName, StringComparer.OrdinalIgnoreCase);
        _tablesByName = Tables.ToLookup(entry => entry.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The declared relations.</summary>
    public List<Relation> Relations { get; } = [];

    /// <summary>The tables and views.</summary>
    public IEnumerable<CatalogEntry> Tables => _byId.Values.Where(entry => entry.ItemType == CatalogItemType.Table);

    /// <summary>Everything that the database says of itself.</summary>
    public IEnumerable<CatalogEntry> All => _byId.Values;

    public CatalogEntry? Get(string id) => _byId.GetValueOrDefault(id);

    public IEnumerable<CatalogEntry> Find(string qualifiedName) => _byName[qualifiedName];

    /// <summary>The tables of a name, in whichever schema.</summary>
    public IEnumerable<CatalogEntry> FindTables(string name) => _tablesByName[name];

    /// <summary>The columns of a table, in its order.</summary>
    public IReadOnlyList<CatalogEntry> ColumnsOf(TableKey table) => _columns.GetValueOrDefault(table, []);

    private void Add(CatalogEntry entry) => _byId.TryAdd(entry.Id, entry);

    private static CatalogEntry OfTable(TableDescription table) => new()
    {
        Id = $"table:{table.Schema}.{table.Name}",
        ItemType = CatalogItemType.Table,
        Name = table.Name,
        QualifiedName = $"{table.Schema}.{table.Name}",
        Content = table.Comment ?? "",
        Metadata = new()
        {
            SchemaName = table.Schema,
            TableName = table.Name,
            RelationType = table.IsView ? "view" : "table",
            PrimaryKey = table.PrimaryKey.Count > 0 ? table.PrimaryKey : null,
        },
    };

    private static CatalogEntry OfColumn(TableDescription table, ColumnDescription column) => new()
    {
        Id = $"column:{table.Schema}.{table.Name}.{column.Name}",
        ItemType = CatalogItemType.Column,
        Name = column.Name,
        QualifiedName = $"{table.Schema}.{table.Name}.{column.Name}",
        Content = column.Comment ?? "",
        Related = [new($"table:{table.Schema}.{table.Name}", "column_of")],
        Metadata = new()
        {
            SchemaName = table.Schema,
            TableName = table.Name,
            ColumnName = column.Name,
            DataType = column.DataType,
            Nullable = column.IsNullable,
            IsPrimaryKey = table.PrimaryKey.Contains(column.Name, StringComparer.OrdinalIgnoreCase) ? true : null,
            IsUnique = IsUnique(table, [column.Name]) ? true : null,
        },
    };

    private static Relation ToRelation(TableDescription table, ForeignKeyDescription key, TableDescription? referenced) => new()
    {
        From = new(table.Schema, table.Name),
        FromColumns = key.Columns,
        To = new(key.ReferencedSchema, key.ReferencedTable),
        // A key that names no columns refers to the primary key.
        ToColumns = key.ReferencedColumns.Count > 0 ? key.ReferencedColumns : referenced?.PrimaryKey ?? [],
        Origin = RelationOrigin.Declared,
        Cardinality = IsUnique(table, key.Columns) ? Cardinality.OneToOne : Cardinality.ManyToOne,
    };

    private static bool IsUnique(TableDescription table, IReadOnlyList<string> columns)
    {
        var given = columns.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return table.UniqueKeys.Prepend(table.PrimaryKey).Any(key => key.Count > 0 && key.All(given.Contains));
    }
}
