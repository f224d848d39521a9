using System.Collections.Concurrent;

namespace Sluice.Sqlite.Connections;

/// <summary>The short ids by which rows name their tenant. One that was committed never changes, so readers keep them.</summary>
internal sealed class Tenants
{
    private readonly ConcurrentDictionary<string, long> _committed = new(StringComparer.Ordinal);

    /// <summary>For readers: null when nothing was ever stored for the tenant.</summary>
    public long? Read(Connection connection, string resourceId)
    {
        if (_committed.TryGetValue(resourceId, out var known)) return known;
        if (Find(connection, resourceId) is not { } id) return null;
        return _committed[resourceId] = id;
    }

    /// <summary>For the writer, which also sees what is not committed yet and may be rolled back: null when there is none.</summary>
    public long? Find(Connection connection, string resourceId)
    {
        if (_committed.TryGetValue(resourceId, out var known)) return known;
        using var found = connection.Prepare("SELECT id FROM tenants WHERE resource_id = ?").Bind(resourceId);
        return found.Step() ? found.Int64(0) : null;
    }

    /// <summary>For the writer: one is made when there is none.</summary>
    public long FindOrAdd(Connection connection, string resourceId)
    {
        if (Find(connection, resourceId) is { } known) return known;
        connection.Prepare("INSERT INTO tenants (resource_id) VALUES (?)").Bind(resourceId).Execute();
        return connection.LastKey;
    }
}
