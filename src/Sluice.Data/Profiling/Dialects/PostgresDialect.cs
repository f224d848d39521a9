using Sluice.Data.Querying;
using Sluice.Data.Schemas;

namespace Sluice.Data.Profiling.Dialects;

/// <summary>PostgreSQL: types are kept, so a column has one family; texts are ordered by code point and not by the language of the database.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    private const string NotFinite = "('NaN', 'Infinity', '-Infinity')";

    public override bool TypesAreHints => false;

    public override bool MarksAreExact => true;

    public override TypeFamily? FamilyOf(string dataType)
    {
        var type = dataType.Split('(')[0].Trim();
        if (type.EndsWith(']') || type.EndsWith("range", StringComparison.Ordinal)) return TypeFamily.Other;
        return type switch
        {
            "smallint" or "integer" or "bigint" or "oid" => TypeFamily.Integer,
            "numeric" or "real" or "double precision" => TypeFamily.Number,
            "boolean" => TypeFamily.Boolean,
            "date" => TypeFamily.Date,
            "timestamp" => TypeFamily.Timestamp,
            "time" => dataType.Contains("with time zone", StringComparison.Ordinal) ? TypeFamily.Other : TypeFamily.Time,
            "uuid" => TypeFamily.Uuid,
            "bytea" => TypeFamily.Binary,
            "text" or "character varying" or "character" or "name" or "citext" or "\"char\"" => TypeFamily.Text,
            "json" or "jsonb" or "xml" or "point" or "box" or "line" or "lseg" or "path" or "polygon" or "circle" or "interval" or "tsvector" or "tsquery"
                or "bit" or "bit varying" or "record" or "vector" or "geometry" or "geography" or "hstore" => TypeFamily.Other,
            _ when type.StartsWith("timestamp ", StringComparison.Ordinal) => TypeFamily.Timestamp,
            _ when type.StartsWith("time ", StringComparison.Ordinal) => type.EndsWith("with time zone", StringComparison.Ordinal) ? TypeFamily.Other : TypeFamily.Time,
            // Enums, domains, money and types of extensions: as texts they can be compared.
            _ => TypeFamily.Text,
        };
    }

    public override string Value(string column, TypeFamily? family) => family switch
    {
        TypeFamily.Text or TypeFamily.Other => $"left({Name(column)}::text, {TextLength})",
        TypeFamily.Binary => $"substring({Name(column)} from 1 for 0)",
        _ => Name(column),
    };

    public override string Text(string column) => $"({Name(column)}::text COLLATE \"C\")";

    public override string IsText(string column) => "";

    public override string IsNumber(string column) => $"{Name(column)}::text NOT IN {NotFinite}";

    public override string LooksLikeDate(string column) =>
        $"{Name(column)}::text ~ '^(\\d{{4}}([-/.])\\d{{2}}\\2\\d{{2}}|\\d{{4}}[01]\\d[0-3]\\d$|\\d{{1,2}}([-/.])\\d{{1,2}}\\3\\d{{4}}|\\d{{1,2}} [A-Za-z]{{3,9}} \\d{{4}}$|[A-Za-z]{{3,9}} \\d{{1,2}}, \\d{{4}}$)'";

    public override string LooksLikeIso(string column) => $"{Name(column)}::text ~ '^(\\d{{4}}-\\d{{2}}-\\d{{2}}|\\d{{2}}:\\d{{2}})'";

    public override string IsInFuture(string column, TypeFamily family) =>
        $"{Name(column)} > {(family == TypeFamily.Date ? "CURRENT_DATE" : "CURRENT_TIMESTAMP")}";

    public override string Day(string column) => $"to_char({Name(column)}, 'YYYY-MM-DD')";

    /// <summary>Which transaction wrote a row, and where it is, changes with every change. Views have neither, and are read.</summary>
    public override IEnumerable<string> Marks(TableDescription table, TableKey key)
    {
        if (!table.IsView) yield return Mark("concat(tableoid, ' ', ctid, ' ', xmin)");
        yield return Mark(Row(table));

        string Mark(string row) => $"SELECT count(*), coalesce(sum(hashtextextended({row}, 0)), 0)::text FROM {Identifiers.Table(key)}";
    }

    public override IEnumerable<SampleMethod> Samples(TableDescription table, TableKey key, long step)
    {
        if (!table.IsView) yield return new("bernoulli", FormattableString.Invariant($"{Identifiers.Table(key)} TABLESAMPLE BERNOULLI ({100m / step}) REPEATABLE (1)"));
        yield return new("row_hash", $"{Identifiers.Table(key)} WHERE hashtextextended({Row(table)}, 1) % {step} = 0");
    }

    /// <summary>What is no number leaves no statistics, so it shows in them, and they are asked for again without it.</summary>
    protected override IEnumerable<(Measure Measure, string Sql)> Numbers(MeasuredColumn column)
    {
        var number = Name(column.Name);
        var filter = column.IsIrregular ? $" FILTER (WHERE {IsNumber(column.Name)})" : "";
        yield return (Measure.Min, $"min({number}){filter}");
        yield return (Measure.Max, $"max({number}){filter}");
        yield return (Measure.Mean, $"avg({number}){filter}");
        yield return (Measure.Variance, $"var_pop({number}){filter}");
    }

    protected override string Instant(string column) => Name(column);

    private static string Row(TableDescription table) => $"ROW({string.Join(", ", table.Columns.Select(column => Name(column.Name)))})::text";
}
