using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Querying;
using Sluice.Data.Schemas;

namespace Sluice.Data.Profiling.Findings;

/// <summary>The statements of findings about one table.</summary>
internal sealed class FindingQueries(SqlDialect dialect, TableKey table)
{
    public string Table { get; } = Identifiers.Table(table);

    /// <summary>A finding of all rows for which a condition holds.</summary>
    public FindingCandidate Where(string rule, ProfiledColumn column, string message, string condition, long? count = null) => new()
    {
        Rule = rule,
        Column = column,
        Message = message,
        Query = $"SELECT count(*) FROM {Table} WHERE {condition}",
        Count = count,
        ExamplesQuery = $"SELECT DISTINCT {dialect.Value(column.Name, dialect.FamilyOf(column.Column.DataType))} AS example FROM {Table} WHERE {condition} ORDER BY 1",
    };

    /// <summary>A finding of values, or rows, that come more than once.</summary>
    public FindingCandidate Repeated(string rule, ProfiledColumn? column, string message, string grouped, string? condition = null) => new()
    {
        Rule = rule,
        Column = column,
        Message = message,
        Query = $"SELECT count(*) FROM (SELECT 1 AS one FROM {Table}{Condition(condition)} GROUP BY {grouped} HAVING count(*) > 1) AS repeated",
        ExamplesQuery = column is null ? null : $"SELECT {grouped} FROM {Table}{Condition(condition)} GROUP BY {grouped} HAVING count(*) > 1 ORDER BY 1",
    };

    private static string Condition(string? condition) => condition is null ? "" : $" WHERE {condition}";
}
