using Npgsql;

namespace Sluice.Postgres.TargetDatabase;

/// <summary>Reads the result sets of a batch one after the other.</summary>
internal static class ResultSets
{
    /// <summary>The rows of this result set; the reader stands on the next one then.</summary>
    public static async Task<List<T>> ListAsync<T>(this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(read(reader));
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return rows;
    }
}
