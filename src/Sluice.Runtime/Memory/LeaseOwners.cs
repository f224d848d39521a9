using System.Collections.Concurrent;

namespace Sluice.Runtime.Memory;

/// <summary>Until when owners live, by tenant.</summary>
internal sealed class LeaseOwners
{
    private readonly ConcurrentDictionary<(string Tenant, string Owner), DateTimeOffset> _alive = new();

    public void Set(TenantSpec tenant, string owner, DateTimeOffset expiresAt) => _alive[(tenant.ResourceId, owner)] = expiresAt;

    public void Remove(TenantSpec tenant, string owner) => _alive.TryRemove((tenant.ResourceId, owner), out _);

    public bool IsAlive(TenantSpec tenant, string owner, DateTimeOffset now) =>
        _alive.TryGetValue((tenant.ResourceId, owner), out var expiresAt) && expiresAt > now;

    public IEnumerable<(string Owner, DateTimeOffset ExpiresAt)> Of(TenantSpec tenant) =>
        _alive.Where(row => row.Key.Tenant == tenant.ResourceId).Select(row => (row.Key.Owner, row.Value));
}
