using System.Collections.Concurrent;
using Sluice.Data;

namespace Sluice.Sqlite.Connections;

/// <summary>The short ids by which rows name their scope. One that was committed never changes, so readers keep them.</summary>
internal sealed class Scopes(string prefix)
{
    private readonly ConcurrentDictionary<DataScope, long> _committed = [];

    /// <summary>For readers: null when nothing was ever stored for the scope.</summary>
    public long? Read(Connection connection, DataScope scope)
    {
        if (_committed.TryGetValue(scope, out var known)) return known;
        if (Find(connection, scope) is not { } id) return null;
        return _committed[scope] = id;
    }

    /// <summary>For the writer, which also sees what is not committed yet and may be rolled back: null when there is none.</summary>
    public long? Find(Connection connection, DataScope scope)
    {
        if (_committed.TryGetValue(scope, out var known)) return known;
        using var found = connection.Prepare("SELECT id FROM scopes WHERE prefix = ? AND tenant = ? AND workspace = ?")
            .Bind(prefix).Bind(scope.TenantId).Bind(scope.WorkspaceId);
        return found.Step() ? found.Int64(0) : null;
    }

    /// <summary>For the writer: one is made when there is none.</summary>
    public long FindOrAdd(Connection connection, DataScope scope)
    {
        if (Find(connection, scope) is { } known) return known;
        connection.Prepare("INSERT INTO scopes (prefix, tenant, workspace) VALUES (?, ?, ?)")
            .Bind(prefix).Bind(scope.TenantId).Bind(scope.WorkspaceId).Execute();
        return connection.LastKey;
    }
}
