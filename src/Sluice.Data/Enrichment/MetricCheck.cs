using Sluice.Data.Querying;
using Sluice.Data.Schemas;

namespace Sluice.Data.Enrichment;

/// <summary>Lets the database say whether an expression can be computed. It is read under the guard of all queries, and reads no row.</summary>
internal sealed class MetricCheck(ITargetDatabase? database)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Why an expression cannot be computed; null when it can.</summary>
    public async Task<string?> FindProblemAsync(TableKey table, string expression, CancellationToken cancellationToken)
    {
        if (database is null) return "There is no database to check the expression with.";
        var query = new ReadOnlyQuery
        {
            // On lines of its own, so that a comment in it ends.
            Sql = $"SELECT (\n{expression}\n) AS \"metric\", 1 AS \"end\" FROM {Identifiers.Table(table)} LIMIT 0",
            MaxRows = 1,
            Timeout = Timeout,
        };
        try
        {
            var rows = await database.OpenAsync(query, cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                await rows.ReadAsync(cancellationToken).ConfigureAwait(false);
                // An expression that closes its own bracket makes another query of it.
                var isOneValue = rows.Columns.Select(column => column.Name).SequenceEqual(["metric", "end"], StringComparer.Ordinal);
                return isOneValue ? null : "The expression is not one value.";
            }
        }
        catch (QueryException exception)
        {
            return exception.Message;
        }
    }
}
