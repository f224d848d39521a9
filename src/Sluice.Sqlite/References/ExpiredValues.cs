using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.References;

/// <summary>Removes expired values a few at a time, so that other writers get their turn.</summary>
internal sealed class ExpiredValues(DateTimeOffset now, IReadOnlySet<string> pinned)
{
    private const int Batch = 64;

    private (long ExpiresAt, long Key) _last = (long.MinValue, 0);

    public int Removed { get; private set; }

    /// <summary>Goes on behind the last one that was looked at.</summary>
    /// <returns>Whether there may be more.</returns>
    public Step Next(Connection connection, long tenant)
    {
        var found = Find(connection, tenant);
        var expired = found.Where(row => !pinned.Contains(row.Id)).ToList();
        foreach (var row in expired) ReferenceRows.Remove(connection, tenant, row.Key);
        return new(expired.Count, found.Count == Batch, found.Count == 0 ? _last : (found[^1].ExpiresAt, found[^1].Key));
    }

    /// <summary>Takes note of a step that is committed; one that was rolled back is done again from the same place.</summary>
    public void Note(Step step)
    {
        Removed += step.Removed;
        _last = step.Last;
    }

    private List<(long Key, string Id, long ExpiresAt)> Find(Connection connection, long tenant)
    {
        using var row = connection.Prepare("""
            SELECT key, reference_id, expires_at FROM reference_values INDEXED BY reference_values_expiring
            WHERE tenant = ? AND expires_at <= ? AND (expires_at, key) > (?, ?) ORDER BY expires_at, key LIMIT ?
            """).Bind(tenant).Bind(now).Bind(_last.ExpiresAt).Bind(_last.Key).Bind(Batch);
        var rows = new List<(long, string, long)>();
        while (row.Step()) rows.Add((row.Int64(0), row.Text(1), row.Int64(2)));
        return rows;
    }

    internal readonly record struct Step(int Removed, bool IsMore, (long ExpiresAt, long Key) Last);
}
