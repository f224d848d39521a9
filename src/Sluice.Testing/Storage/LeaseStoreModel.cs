using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>Leases as dictionaries, and one random operation done to both. Every append says whether the lease that it carries is the newest.</summary>
internal sealed class LeaseStoreModel(IRuntimeStorage storage, TenantSpec[] tenants, CancellationToken cancellationToken)
{
    private readonly Dictionary<(TenantSpec Tenant, string Owner), DateTimeOffset> _owners = [];
    private readonly Dictionary<(TenantSpec Tenant, string RunId), (RunLease Lease, int Entries)> _runs = [];
    private readonly List<RunLease> _seen = [];

    public Task StepAsync(Random random, List<string> log)
    {
        var tenant = tenants[random.Next(tenants.Length)];
        var (runId, owner) = ($"run-{random.Next(3)}", $"owner-{random.Next(3)}");
        var now = Noon.AddMinutes(random.Next(4));
        return random.Next(12) switch
        {
            < 2 => RenewAsync(tenant, owner, now.AddMinutes(1), log),
            2 => RetireAsync(tenant, owner, log),
            < 6 => AcquireAsync(tenant, runId, owner, now, log),
            6 => ReleaseAsync(tenant, runId, random, log),
            < 9 => AppendAsync(tenant, runId, owner, random, log),
            _ => GetAsync(tenant, runId, now, log),
        };
    }

    private bool IsAlive(TenantSpec tenant, string owner, DateTimeOffset now) =>
        _owners.TryGetValue((tenant, owner), out var expiresAt) && expiresAt > now;

    private RunLease Pick(Random random, RunLease current) => random.Next(2) == 0 || _seen.Count == 0 ? current : _seen[random.Next(_seen.Count)];

    private async Task RenewAsync(TenantSpec tenant, string owner, DateTimeOffset expiresAt, List<string> log)
    {
        log.Add($"renew {tenant.ResourceId} {owner} until {expiresAt:O}");
        await storage.Leases.RenewAsync(tenant, owner, expiresAt, cancellationToken);
        _owners[(tenant, owner)] = expiresAt;
    }

    private async Task RetireAsync(TenantSpec tenant, string owner, List<string> log)
    {
        log.Add($"retire {tenant.ResourceId} {owner}");
        await storage.Leases.RetireAsync(tenant, owner, cancellationToken);
        _owners.Remove((tenant, owner));
        var left = await storage.Leases.ListOwnersAsync(tenant, cancellationToken);
        Assert.Equal(
            _owners.Where(row => row.Key.Tenant == tenant).Select(row => row.Key.Owner).Order(StringComparer.Ordinal),
            left.Select(row => row.Owner).Order(StringComparer.Ordinal));
    }

    private async Task AcquireAsync(TenantSpec tenant, string runId, string owner, DateTimeOffset now, List<string> log)
    {
        var isKnown = _runs.TryGetValue((tenant, runId), out var known);
        log.Add($"acquire {tenant.ResourceId} {runId} for {owner} at {now:O}, held {known.Lease}");

        var taken = await storage.Leases.TryAcquireAsync(tenant, runId, owner, now, cancellationToken);

        var isFree = isKnown && (known.Lease.Owner == owner || !IsAlive(tenant, known.Lease.Owner, now));
        Assert.Equal(isFree, taken is not null);
        if (taken is not { } lease) return;
        Assert.Equal(owner, lease.Owner);
        Assert.True(lease.Token > known.Lease.Token);
        _runs[(tenant, runId)] = (lease, known.Entries);
        _seen.Add(lease);
    }

    private async Task ReleaseAsync(TenantSpec tenant, string runId, Random random, List<string> log)
    {
        if (!_runs.TryGetValue((tenant, runId), out var known)) return;
        var lease = Pick(random, known.Lease);
        log.Add($"release {tenant.ResourceId} {runId} {lease}, held {known.Lease}");
        if (lease.Owner.Length == 0) return;
        await storage.Leases.ReleaseAsync(tenant, runId, lease, cancellationToken);
        if (lease == known.Lease) _runs[(tenant, runId)] = (lease with { Owner = "" }, known.Entries);
    }

    private async Task AppendAsync(TenantSpec tenant, string runId, string owner, Random random, List<string> log)
    {
        var isKnown = _runs.TryGetValue((tenant, runId), out var known);
        var lease = isKnown ? Pick(random, known.Lease) : RunLease.First(owner);
        if (lease.Owner.Length == 0) return;
        log.Add($"append {tenant.ResourceId} {runId} {known.Entries + 1} with {lease}, held {known.Lease}");

        var isTaken = await storage.Journal.AppendAsync(
            tenant, Run(runId, known.Entries + 1), Entries(runId, known.Entries + 1, 1), lease, cancellationToken);

        Assert.Equal(!isKnown || lease == known.Lease, isTaken);
        if (isTaken) _runs[(tenant, runId)] = (lease, known.Entries + 1);
    }

    private async Task GetAsync(TenantSpec tenant, string runId, DateTimeOffset now, List<string> log)
    {
        log.Add($"get {tenant.ResourceId} {runId} at {now:O}");
        RunLease? expected = _runs.TryGetValue((tenant, runId), out var known) && IsAlive(tenant, known.Lease.Owner, now) ? known.Lease : null;
        Assert.Equal(expected, await storage.Leases.GetAsync(tenant, runId, now, cancellationToken));
    }
}
