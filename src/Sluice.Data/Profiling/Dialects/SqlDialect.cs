using Sluice.Data.Querying;
using Sluice.Data.Schemas;

namespace Sluice.Data.Profiling.Dialects;

/// <summary>How a kind of database is asked. Names are quoted; what stands in a statement beside them are numbers that were read from the database.</summary>
internal abstract class SqlDialect
{
    /// <summary>Longer texts are read up to here: what they begin with tells enough.</summary>
    protected const int TextLength = 256;

    /// <summary>The most tables at once that help.</summary>
    public virtual int MostConcurrency => ProfilingOptions.MostConcurrency;

    /// <summary>The rows that one grouping goes over; null: all.</summary>
    public virtual long? RowsPerGrouping => null;

    /// <summary>Whether values may be of other kinds than their column's type says.</summary>
    public abstract bool TypesAreHints { get; }

    /// <summary>Whether every change of rows shows in the marks of a table; otherwise the sample has to be looked at too.</summary>
    public abstract bool MarksAreExact { get; }

    /// <summary>The dialect of a kind of database.</summary>
    /// <exception cref="SluiceException">There is no dialect for it (<c>not_available</c>).</exception>
    public static SqlDialect For(string kind) => kind switch
    {
        "sqlite" => new SqliteDialect(),
        "postgres" => new PostgresDialect(),
        _ => throw new SluiceException(ErrorCodes.NotAvailable, $"Databases of kind '{kind}' cannot be profiled. Those of kind 'sqlite' and 'postgres' can."),
    };

    public static string Name(string column) => Identifiers.Quote(column);

    /// <summary>The family of a type by its name; null where only the values can tell.</summary>
    public abstract TypeFamily? FamilyOf(string dataType);

    /// <summary>A value as it is read: small, whatever the column holds.</summary>
    public abstract string Value(string column, TypeFamily? family);

    /// <summary>A text that is compared by code point.</summary>
    public abstract string Text(string column);

    /// <summary>The condition that a value is a text; empty where the column's type says so.</summary>
    public abstract string IsText(string column);

    /// <summary>The condition that a value is a number that can be computed with; empty where the column's type says so.</summary>
    public abstract string IsNumber(string column);

    /// <summary>The condition that a value is of another kind than those that are measured; empty where there can be none.</summary>
    public virtual string IsOfOtherKind(string column, TypeFamily family) => "";

    /// <summary>The condition that a text is a date in one of the usual ways of writing.</summary>
    public abstract string LooksLikeDate(string column);

    /// <summary>The condition that a text is a date, or a time, whose texts are in the order of time.</summary>
    public abstract string LooksLikeIso(string column);

    /// <summary>The condition that a date is later than now.</summary>
    public abstract string IsInFuture(string column, TypeFamily family);

    /// <summary>The day of a date, as a text of the form yyyy-MM-dd.</summary>
    public abstract string Day(string column);

    /// <summary>One row that is another when the rows of the table are: the first column is their number. Several ways, the best first.</summary>
    public abstract IEnumerable<string> Marks(TableDescription table, TableKey key);

    /// <summary>Ways to take about one row in <paramref name="step"/>, the same ones each time.</summary>
    public abstract IEnumerable<SampleMethod> Samples(TableDescription table, TableKey key, long step);

    /// <summary>The condition that a row is in a part of the table, where groupings go over parts.</summary>
    public virtual string InPart(TableDescription table, long from, long to) => "";

    /// <summary>What is measured of a column, as expressions.</summary>
    public IEnumerable<(Measure Measure, string Sql)> Measures(MeasuredColumn column)
    {
        yield return (Measure.NonNull, $"count({Name(column.Name)})");
        foreach (var kind in Kinds(column.Name)) yield return kind;
        if (column.Family.IsNumeric())
        {
            foreach (var measure in Numbers(column)) yield return measure;
        }
        else if (column.Family.IsTemporal())
        {
            yield return (Measure.Min, $"min({Instant(column.Name)})");
            yield return (Measure.Max, $"max({Instant(column.Name)})");
        }
        else if (column.Family == TypeFamily.Text)
        {
            foreach (var (measure, sql) in Texts(Text(column.Name))) yield return (measure, column.IsIrregular ? $"{sql} FILTER (WHERE {IsText(column.Name)})" : sql);
        }
    }

    protected virtual IEnumerable<(Measure Measure, string Sql)> Kinds(string column) => [];

    protected abstract IEnumerable<(Measure Measure, string Sql)> Numbers(MeasuredColumn column);

    /// <summary>A date or time that can be compared.</summary>
    protected abstract string Instant(string column);

    private static IEnumerable<(Measure Measure, string Sql)> Texts(string text) =>
    [
        (Measure.Min, $"min({text})"), (Measure.Max, $"max({text})"),
        (Measure.Empty, $"count(CASE WHEN {text} = '' THEN 1 END)"),
        (Measure.Blank, $"count(CASE WHEN {text} <> '' AND trim({text}) = '' THEN 1 END)"),
        (Measure.Padded, $"count(CASE WHEN {text} <> trim({text}) THEN 1 END)"),
        (Measure.MinLength, $"min(length({text}))"), (Measure.MaxLength, $"max(length({text}))"), (Measure.MeanLength, $"avg(length({text}))"),
    ];
}
