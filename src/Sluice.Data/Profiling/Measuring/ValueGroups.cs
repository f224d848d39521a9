using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Values;
using Sluice.Data.Querying;

namespace Sluice.Data.Profiling.Measuring;

/// <summary>Counts the values of columns that have few, over all rows of a large table.</summary>
internal sealed class ValueGroups(ProfileQueries queries, SqlDialect dialect, TableDescription table, IReadOnlyList<object?> mark)
{
    /// <summary>Columns that seem to have more are counted in the sample only.</summary>
    public const int MostValues = 1000;

    /// <summary>How often each value occurs; null when there turn out to be many, or the engine cannot do it within its limits.</summary>
    public async Task<Dictionary<string, long>?> CountAsync(string column, TypeFamily family, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            foreach (var part in Parts())
            {
                await queries.ReadAsync(Sql(column, family, part), Add, cancellationToken, maxRows: MostValues + 1).ConfigureAwait(false);
                if (counts.Count > MostValues) return null;
            }
        }
        catch (QueryException exception) when (exception.Code is ErrorCodes.QueryFailed or ErrorCodes.QueryTimeout)
        {
            return null;
        }

        return counts;

        void Add(IQueryRows row)
        {
            var value = ValueText.Of(row.GetValue(0)!);
            counts[value] = counts.GetValueOrDefault(value) + (long)ValueText.Number(row.GetValue(1))!;
        }
    }

    private string Sql(string column, TypeFamily family, string part)
    {
        var value = dialect.Value(column, family);
        var condition = part.Length == 0 ? "" : $" AND {part}";
        return $"SELECT {value}, count(*) FROM {Identifiers.Table(new(table.Schema, table.Name))} WHERE {SqlDialect.Name(column)} IS NOT NULL{condition} GROUP BY 1";
    }

    /// <summary>Where rows are numbered, groupings go over so many numbers at a time.</summary>
    private IEnumerable<string> Parts()
    {
        if (dialect.RowsPerGrouping is not { } most || mark is not [_, long last, ..] || last <= most || last / most > 10 * ((Rows / most) + 1)) return [""];
        return Enumerable.Range(0, (int)(last / most) + 1).Select(part => dialect.InPart(table, part == 0 ? long.MinValue + 1 : part * most, ((part + 1) * most) - 1));
    }

    private long Rows => (long)ValueText.Number(mark[0])!;
}
