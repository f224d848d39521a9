using System.Globalization;
using Sluice.Data.Profiling.Measuring;
using Sluice.Data.Profiling.Values;

namespace Sluice.Data.Profiling;

/// <summary>Tells whether a table is what it was when it was profiled: its schema, its rows as far as they can be told apart cheaply, and how it was looked at.</summary>
internal static class TableSignature
{
    /// <summary>Another one when profiling itself tells something else of the same data.</summary>
    private const string Version = "1";

    public static string OfSchema(TableDescription table) => StableHash.HexOf(SchemaParts(table).Prepend(Version));

    /// <summary>The signature of a table whose rows are read.</summary>
    /// <param name="table">The table.</param>
    /// <param name="options">How it is looked at.</param>
    /// <param name="mark">What the engine says of its rows.</param>
    /// <param name="sample">The rows that were looked at, where the mark alone does not tell.</param>
    public static string Of(TableDescription table, ProfilingOptions options, IReadOnlyList<object?> mark, TableSample? sample)
    {
        string[] settings = [Version, options.SampleSize.ToString(CultureInfo.InvariantCulture)];
        var rows = mark.Select(value => value is null ? "" : ValueText.Of(value));
        var columns = sample?.Columns.Select(column => (column?.Hash ?? 0).ToString("x16", CultureInfo.InvariantCulture)) ?? [];
        return StableHash.HexOf([.. settings, .. SchemaParts(table), "rows", .. rows, "sample", .. columns]);
    }

    private static IEnumerable<string> SchemaParts(TableDescription table) =>
    [
        table.Schema, table.Name, table.IsView ? "view" : "table", table.Comment ?? "",
        .. table.Columns.SelectMany(column => new[] { column.Name, column.DataType, column.IsNullable ? "null" : "", column.Comment ?? "" }),
        "primary key", .. table.PrimaryKey,
        .. table.UniqueKeys.SelectMany(key => key.Prepend("unique")),
        .. table.ForeignKeys.SelectMany(key => (string[])["foreign key", .. key.Columns, key.ReferencedSchema, key.ReferencedTable, .. key.ReferencedColumns]),
    ];
}
