using System.Globalization;
using Sluice.Data;
using Sluice.Redis.Connections;
using StackExchange.Redis;

namespace Sluice.Redis.KeyValue;

/// <summary>Under which keys of Redis things stand: a hash of values and a sorted set of keys for each scope, and the version of this layout.</summary>
internal sealed class KeyLayout(string prefix)
{
    private const int Version = 1;

    private readonly string _root = $"{prefix}sluice:kv";

    /// <summary>The values of a scope, by key.</summary>
    public RedisKey ValuesOf(DataScope scope) => $"{RootOf(scope)}:values";

    /// <summary>The keys of a scope. All have the same score, so that they are ordered by their bytes.</summary>
    public RedisKey KeysOf(DataScope scope) => $"{RootOf(scope)}:keys";

    /// <summary>Requires that what is there has this layout; notes that it does when nothing is there yet.</summary>
    /// <exception cref="SluiceException">It has another one, or there is none and none may be made (<c>store_schema</c>).</exception>
    public async Task RequireAsync(RedisServerConnection server, bool mayCreate, CancellationToken cancellationToken)
    {
        RedisKey key = $"{_root}:version";
        if (mayCreate) await server.RunAsync(database => database.StringSetAsync(key, Version, when: When.NotExists), cancellationToken).ConfigureAwait(false);
        var found = await server.RunAsync(database => database.StringGetAsync(key), cancellationToken).ConfigureAwait(false);
        if (found == Version) return;
        throw new SluiceException(ErrorCodes.StoreSchema, found.IsNull
            ? $"There is no key-value store with the prefix '{prefix}' at '{server.Address}'. Set ensureSchema, or check the prefix and the database."
            : string.Create(CultureInfo.InvariantCulture, $"The key-value store at '{server.Address}' has schema {found}; this build works with {Version}. Use the version of Sluice that wrote it."));
    }

    /// <summary>Escaped, so that no two scopes run together; in braces, so that a cluster keeps a scope's keys in one place.</summary>
    private string RootOf(DataScope scope) => $"{_root}:{{{Uri.EscapeDataString(scope.TenantId)}:{Uri.EscapeDataString(scope.WorkspaceId)}}}";
}
