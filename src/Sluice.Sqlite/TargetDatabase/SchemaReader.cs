using Sluice.Data;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>Describes the tables that may be read by the engine's own tables about them.</summary>
internal sealed class SchemaReader(TrustedConnection connection, Readable readable)
{
    private const int HiddenOfVirtualTable = 1;

    public IReadOnlyList<TableDescription> Read()
    {
        var views = connection.Rows("SELECT name FROM sqlite_schema WHERE type = 'view'").Select(row => (string)row[0]!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. readable.Tables.Order(StringComparer.Ordinal).Select(table => Describe(table, views.Contains(table))).Where(table => table.Columns.Count > 0)];
    }

    private TableDescription Describe(string table, bool isView)
    {
        var rows = connection.TryRows("SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?)", table).ConvertAll(row => new Column(row))
            .FindAll(column => column.Hidden != HiddenOfVirtualTable && readable.MayReadColumn(table, column.Name));
        var key = rows.Where(column => column.KeyOrdinal > 0).OrderBy(column => column.KeyOrdinal).Select(column => column.Name).ToList();
        return new()
        {
            Schema = Readable.Schema,
            Name = table,
            IsView = isView,
            Columns = [.. rows.Select(column => new ColumnDescription { Name = column.Name, DataType = column.Type, IsNullable = !column.IsNotNull && !IsRowId(column, key) })],
            PrimaryKey = key,
            UniqueKeys = isView ? [] : UniqueKeys(table),
            ForeignKeys = isView ? [] : ForeignKeys(table),
        };
    }

    /// <summary>A key of one column of this very type is the number of the row. Any other may be null in SQLite unless it says not.</summary>
    private static bool IsRowId(Column column, List<string> key) =>
        key.Count == 1 && key[0] == column.Name && column.Type.Equals("INTEGER", StringComparison.OrdinalIgnoreCase);

    private List<IReadOnlyList<string>> UniqueKeys(string table)
    {
        var keys = new List<IReadOnlyList<string>>();
        foreach (var index in connection.TryRows("SELECT name FROM pragma_index_list(?) WHERE \"unique\" = 1 AND origin <> 'pk' AND partial = 0", table))
        {
            var columns = connection.TryRows("SELECT name FROM pragma_index_info(?) ORDER BY seqno", (string)index[0]!).ConvertAll(row => (string?)row[0]);
            // An index over an expression names no column there.
            if (columns.TrueForAll(column => column is not null && readable.MayReadColumn(table, column))) keys.Add([.. columns.Select(column => column!)]);
        }
        return [.. keys.OrderBy(key => string.Join(',', key), StringComparer.Ordinal)];
    }

    private List<ForeignKeyDescription> ForeignKeys(string table) =>
    [
        .. connection.TryRows("SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?) ORDER BY id, seq", table)
            .GroupBy(row => (long)row[0]!)
            .Select(rows => ForeignKey((string)rows.First()[1]!, [.. rows.Select(row => (string)row[2]!)], [.. rows.Select(row => (string?)row[3])]))
            .Where(key => readable.MayReadTable(key.ReferencedTable)
                && key.Columns.All(column => readable.MayReadColumn(table, column))
                && key.ReferencedColumns.All(column => readable.MayReadColumn(key.ReferencedTable, column)))
            .OrderBy(key => string.Join(',', key.Columns), StringComparer.Ordinal),
    ];

    /// <summary>A relation that names no columns means the primary key of the other table.</summary>
    private ForeignKeyDescription ForeignKey(string referenced, List<string> columns, List<string?> referencedColumns)
    {
        var named = referencedColumns.TrueForAll(column => column is not null)
            ? referencedColumns.ConvertAll(column => column!)
            : connection.TryRows("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", referenced).ConvertAll(row => (string)row[0]!);
        return new() { Columns = columns, ReferencedSchema = Readable.Schema, ReferencedTable = referenced, ReferencedColumns = named };
    }

    private sealed record Column(string Name, string Type, bool IsNotNull, long KeyOrdinal, long Hidden)
    {
        public Column(object?[] row)
            : this((string)row[0]!, (string?)row[1] ?? "", (long)row[2]! != 0, (long)row[3]!, (long)row[4]!)
        {
        }
    }
}
