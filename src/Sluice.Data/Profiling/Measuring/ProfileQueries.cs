namespace Sluice.Data.Profiling.Measuring;

/// <summary>Runs the queries of profiling on the same guarded way as those of agents.</summary>
internal sealed class ProfileQueries(ITargetDatabase database, TimeSpan timeout)
{
    /// <summary>Values are made short by the queries themselves; SQLite looks at no value that is longer than this.</summary>
    private const int MaxValueBytes = 16 * 1024 * 1024;

    /// <summary>Reads every row.</summary>
    /// <exception cref="QueryException">The query failed or took too long.</exception>
    public async Task ReadAsync(string sql, Action<IQueryRows> read, CancellationToken cancellationToken, int maxRows = int.MaxValue)
    {
        var query = new ReadOnlyQuery { Sql = sql, MaxRows = maxRows, MaxBytes = long.MaxValue, MaxValueBytes = MaxValueBytes, Timeout = timeout };
        var rows = await database.OpenAsync(query, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false)) read(rows);
        }
    }

    /// <summary>The rows, at most so many.</summary>
    public async Task<List<object?[]>> RowsAsync(string sql, int maxRows, CancellationToken cancellationToken)
    {
        var all = new List<object?[]>();
        await ReadAsync(sql, rows => all.Add([.. Enumerable.Range(0, rows.Columns.Count).Select(rows.GetValue)]), cancellationToken, maxRows).ConfigureAwait(false);
        return all;
    }

    /// <summary>The only row of a query that gives one.</summary>
    public async Task<object?[]> RowAsync(string sql, CancellationToken cancellationToken) =>
        (await RowsAsync(sql, maxRows: 1, cancellationToken).ConfigureAwait(false))[0];

    /// <summary>The number that a query gives.</summary>
    public async Task<long> CountAsync(string sql, CancellationToken cancellationToken) =>
        Values.ValueText.Number((await RowAsync(sql, cancellationToken).ConfigureAwait(false))[0]) is { } count ? (long)count : 0;
}
