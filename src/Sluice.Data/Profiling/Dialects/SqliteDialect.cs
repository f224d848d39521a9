using System.Globalization;
using Sluice.Data.Querying;
using Sluice.Data.Schemas;

namespace Sluice.Data.Profiling.Dialects;

/// <summary>SQLite: types are hints, so kinds of values are counted; nothing spills to the disk, so groupings go over parts of a table.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    private static readonly string[] RowIdNames = ["rowid", "_rowid_", "oid"];

    /// <summary>The engine works in this process: more than its processors only wait for each other.</summary>
    public override int MostConcurrency => Math.Min(4, Environment.ProcessorCount);

    public override long? RowsPerGrouping => 1_000_000;

    public override bool TypesAreHints => true;

    public override bool MarksAreExact => false;

    public override TypeFamily? FamilyOf(string dataType)
    {
        bool Has(params ReadOnlySpan<string> parts)
        {
            foreach (var part in parts)
                if (dataType.Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
            return false;
        }

        return dataType.Length == 0 || Has("BLOB", "ANY") ? null
            : Has("DATETIME", "TIMESTAMP") ? TypeFamily.Timestamp
            : Has("DATE") ? TypeFamily.Date
            : Has("TIME") ? TypeFamily.Time
            : Has("INT", "BOOL") ? TypeFamily.Integer
            : Has("CHAR", "CLOB", "TEXT", "STRING", "UUID", "GUID", "JSON") ? TypeFamily.Text
            : Has("REAL", "FLOA", "DOUB", "NUM", "DEC", "MONEY") ? TypeFamily.Number
            : null;
    }

    /// <summary>A blob is never loaded: asking for its kind does not touch it.</summary>
    public override string Value(string column, TypeFamily? family) =>
        $"CASE typeof({Name(column)}) WHEN 'text' THEN substr({Name(column)}, 1, {TextLength}) WHEN 'blob' THEN x'' ELSE {Name(column)} END";

    public override string Text(string column) => $"{Name(column)} COLLATE BINARY";

    public override string IsText(string column) => $"typeof({Name(column)}) = 'text'";

    public override string IsNumber(string column) => $"typeof({Name(column)}) IN ('integer', 'real') AND {Name(column)} BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308";

    public override string IsOfOtherKind(string column, TypeFamily family)
    {
        var measured = family.IsNumeric() ? "'integer', 'real'" : family == TypeFamily.Binary ? "'blob'" : "'text'";
        return $"typeof({Name(column)}) NOT IN ({measured}, 'null')";
    }

    public override string LooksLikeDate(string column)
    {
        const string D = "[0-9]";
        const string Year = D + D + D + D;
        string[] patterns =
        [
            $"{Year}-{D}{D}-{D}{D}*", $"{Year}[/.]{D}{D}[/.]{D}{D}*", $"{Year}[01]{D}[0-3]{D}",
            $"{D}{D}[-/.]{D}{D}[-/.]{Year}*", $"{D}[-/.]{D}[-/.]{Year}*", $"{D}{D}[-/.]{D}[-/.]{Year}*", $"{D}[-/.]{D}{D}[-/.]{Year}*",
            $"{D}{D} [A-Za-z][a-z][a-z]* {Year}", $"{D} [A-Za-z][a-z][a-z]* {Year}", $"[A-Za-z][a-z][a-z]* {D}{D}, {Year}", $"[A-Za-z][a-z][a-z]* {D}, {Year}",
        ];
        return $"({string.Join(" OR ", patterns.Select(pattern => $"{Name(column)} GLOB '{pattern}'"))})";
    }

    public override string LooksLikeIso(string column) =>
        $"{Name(column)} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' OR {Name(column)} GLOB '[0-9][0-9]:[0-9][0-9]*'";

    public override string IsInFuture(string column, TypeFamily family) => $"date({Name(column)}) > date('now')";

    public override string Day(string column) => $"substr({Name(column)}, 1, 10)";

    /// <summary>Sums of numbers and lengths; what keeps them all the same is left to the sample.</summary>
    public override IEnumerable<string> Marks(TableDescription table, TableKey key)
    {
        var sums = table.Columns.Select(column => FamilyOf(column.DataType)?.IsNumeric() == true ? $"total({Name(column.Name)})" : $"total(length({Name(column.Name)}))");
        var all = string.Join(", ", sums);
        if (RowId(table) is { } rowId) yield return $"SELECT count(*), max({rowId}), {all} FROM {Identifiers.Table(key)}";
        yield return $"SELECT count(*), NULL, {all} FROM {Identifiers.Table(key)}";
        yield return $"SELECT count(*) FROM {Identifiers.Table(key)}";
    }

    /// <summary>Numbers of rows often have a pattern, so they are mixed before one in so many is taken.</summary>
    public override IEnumerable<SampleMethod> Samples(TableDescription table, TableKey key, long step)
    {
        const long Prime = int.MaxValue;
        if (RowId(table) is { } rowId) yield return new("rowid", $"{Identifiers.Table(key)} WHERE abs({rowId} % {Prime}) * 48271 % {Prime} % {step} = 0");
        var columns = string.Join(", ", table.Columns.Select(column => Name(column.Name)));
        yield return new("row_number", $"(SELECT {columns}, row_number() OVER () AS \"row number of sluice\" FROM {Identifiers.Table(key)}) WHERE \"row number of sluice\" % {step} = 0");
    }

    public override string InPart(TableDescription table, long from, long to) => $"{RowId(table)} BETWEEN {from} AND {to}";

    protected override IEnumerable<(Measure Measure, string Sql)> Kinds(string column) =>
    [
        (Measure.Integers, $"count(CASE WHEN typeof({Name(column)}) = 'integer' THEN 1 END)"),
        (Measure.Reals, $"count(CASE WHEN typeof({Name(column)}) = 'real' THEN 1 END)"),
        (Measure.Texts, $"count(CASE WHEN typeof({Name(column)}) = 'text' THEN 1 END)"),
    ];

    /// <summary>The engine has no variance: it is computed from distances to a number near the mean.</summary>
    protected override IEnumerable<(Measure Measure, string Sql)> Numbers(MeasuredColumn column)
    {
        var name = Name(column.Name);
        var distance = $"({name} - ({column.Center.ToString("R", CultureInfo.InvariantCulture)}))";
        var filter = column.IsIrregular ? $" FILTER (WHERE {IsNumber(column.Name)})" : "";
        yield return (Measure.Min, $"min({name}){filter}");
        yield return (Measure.Max, $"max({name}){filter}");
        yield return (Measure.MeanDistance, $"avg({distance}){filter}");
        yield return (Measure.MeanSquare, $"avg({distance} * {distance}){filter}");
    }

    protected override string Instant(string column) => Text(column);

    /// <summary>A name for the number of a row that no column has; null for views, and for tables that may have none.</summary>
    private static string? RowId(TableDescription table) => table.IsView ? null
        : RowIdNames.FirstOrDefault(name => !table.Columns.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
}
