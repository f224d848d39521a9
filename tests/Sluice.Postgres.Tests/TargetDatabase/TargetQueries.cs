using Sluice.Data;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>Runs queries to their end.</summary>
internal static class TargetQueries
{
    public static ReadOnlyQuery Query(string sql) => new() { Sql = sql, Timeout = TimeSpan.FromSeconds(20) };

    public static Task<TargetResult> ReadAsync(this ITargetDatabase database, string sql) => database.ReadAsync(Query(sql));

    public static async Task<TargetResult> ReadAsync(this ITargetDatabase database, ReadOnlyQuery query)
    {
        using var patience = new CancellationTokenSource(Rows.Patience);
        await using var rows = await database.OpenAsync(query, patience.Token);
        var found = new List<object?[]>();
        while (await rows.ReadAsync(patience.Token)) found.Add([.. Enumerable.Range(0, rows.Columns.Count).Select(rows.GetValue)]);
        return new(rows.Columns, found, rows.Truncation);
    }

    /// <summary>The error of a query; null when it ran.</summary>
    public static async Task<SluiceException?> FailureAsync(this ITargetDatabase database, ReadOnlyQuery query)
    {
        try
        {
            await database.ReadAsync(query);
            return null;
        }
        catch (SluiceException e)
        {
            return e;
        }
    }

    public static async Task<QueryException> RefusalAsync(this ITargetDatabase database, string sql) =>
        (await database.FailureAsync(Query(sql))).ShouldBeOfType<QueryException>();
}
