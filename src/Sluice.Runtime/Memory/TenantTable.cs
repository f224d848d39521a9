using System.Collections.Concurrent;

namespace Sluice.Runtime.Memory;

/// <summary>Immutable rows by tenant and id. A row is replaced as a whole, never changed.</summary>
internal sealed class TenantTable<TRow>
    where TRow : class
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, TRow>> _tenants = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, TRow> Of(TenantSpec tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return _tenants.GetOrAdd(tenant.ResourceId, static _ => new(StringComparer.Ordinal));
    }

    /// <summary>A tenant's rows without a lock: those that come and go meanwhile may be among them or not.</summary>
    public IEnumerable<TRow> RowsOf(TenantSpec tenant) => Of(tenant).Select(row => row.Value);

    public TRow? Get(TenantSpec tenant, string id) => Of(tenant).GetValueOrDefault(id);

    /// <summary>Replaces a row that is as expected; of several callers who expect the same row, one succeeds.</summary>
    public bool TryReplace(TenantSpec tenant, string id, Func<TRow, bool> isExpected, TRow row)
    {
        var rows = Of(tenant);
        while (rows.TryGetValue(id, out var current) && isExpected(current))
        {
            if (rows.TryUpdate(id, row, current)) return true;
        }

        return false;
    }
}
