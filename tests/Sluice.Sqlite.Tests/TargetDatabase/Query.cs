using Sluice.Data;

namespace Sluice.Sqlite.Tests.TargetDatabase;

/// <summary>Runs statements to their end.</summary>
internal static class Query
{
    public static async Task<QueryResult> RunAsync(this ITargetDatabase database, ReadOnlyQuery query, CancellationToken cancellationToken = default)
    {
        await using var rows = await database.OpenAsync(query, cancellationToken);
        var read = new List<object?[]>();
        while (await rows.ReadAsync(cancellationToken)) read.Add([.. Enumerable.Range(0, rows.Columns.Count).Select(rows.GetValue)]);
        return new(rows.Columns, read, rows.Truncation);
    }

    public static Task<QueryResult> RunAsync(this ITargetDatabase database, string sql) => database.RunAsync(new ReadOnlyQuery { Sql = sql });

    public static Task<QueryException> FailAsync(this ITargetDatabase database, string sql) =>
        Should.ThrowAsync<QueryException>(() => database.RunAsync(new ReadOnlyQuery { Sql = sql }));
}

internal sealed record QueryResult(IReadOnlyList<QueryColumn> Columns, IReadOnlyList<object?[]> Rows, QueryTruncation Truncation);
