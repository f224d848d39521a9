using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>An approval store as dictionaries, and one random operation done to both.</summary>
internal sealed class ApprovalStoreModel(IApprovalStore store, TenantSpec[] tenants, CancellationToken cancellationToken)
{
    private readonly Dictionary<(TenantSpec Tenant, string Id), ApprovalRequest> _requests = [];
    private readonly Dictionary<(TenantSpec Tenant, string Id), ApprovalGrant> _grants = [];

    public Task StepAsync(Random random, List<string> log)
    {
        var tenant = tenants[random.Next(tenants.Length)];
        var id = $"apr-{random.Next(5)}";
        return random.Next(12) switch
        {
            < 3 => AddAsync(tenant, id, random, log),
            < 7 => UpdateAsync(tenant, id, random, log),
            < 8 => GetAsync(tenant, id, log),
            < 10 => ListAsync(tenant, random, log),
            10 => AddGrantAsync(tenant, random, log),
            _ => ListGrantsAsync(tenant, random, log),
        };
    }

    private static ApprovalRequest RandomRequest(string id, Random random) =>
        Request(id, Noon.AddMinutes(random.Next(3)), $"run-{random.Next(2)}", $"thread-{random.Next(2)}") with
        {
            Status = (ApprovalStatus)random.Next(4),
            IsApplied = random.Next(2) == 0,
            Decisions = [Decision($"person-{random.Next(9)}")],
            ExpiresAt = random.Next(2) == 0 ? null : Noon.AddMinutes(random.Next(5)),
        };

    private async Task AddAsync(TenantSpec tenant, string id, Random random, List<string> log)
    {
        log.Add($"add {tenant.ResourceId} {id}");
        var request = RandomRequest(id, random);
        Assert.Equal(_requests.TryAdd((tenant, id), request), await store.TryAddAsync(tenant, request, cancellationToken));
    }

    private async Task UpdateAsync(TenantSpec tenant, string id, Random random, List<string> log)
    {
        var known = _requests.GetValueOrDefault((tenant, id));
        var expected = (known?.Version ?? 1) + (random.Next(3) == 0 ? random.Next(-1, 2) : 0);
        var request = RandomRequest(id, random) with { Version = expected + 1 };
        log.Add($"update {tenant.ResourceId} {id} expecting {expected}, stored {known?.Version}");

        Assert.Equal(known?.Version == expected, await store.TryUpdateAsync(tenant, request, expected, cancellationToken));
        if (known?.Version == expected) _requests[(tenant, id)] = request;
    }

    private async Task GetAsync(TenantSpec tenant, string id, List<string> log)
    {
        log.Add($"get {tenant.ResourceId} {id}");
        var stored = await store.GetAsync(tenant, id, cancellationToken);
        if (_requests.TryGetValue((tenant, id), out var request)) AssertSame(request, stored);
        else Assert.Null(stored);
    }

    private async Task ListAsync(TenantSpec tenant, Random random, List<string> log)
    {
        var filter = new ApprovalFilter
        {
            Status = random.Next(2) == 0 ? null : (ApprovalStatus)random.Next(4),
            RunId = random.Next(2) == 0 ? null : $"run-{random.Next(2)}",
            ThreadId = random.Next(2) == 0 ? null : $"thread-{random.Next(2)}",
            IsUnapplied = random.Next(3) == 0,
            IsClosed = random.Next(4) == 0,
            IsNewestFirst = random.Next(2) == 0,
            ExpiresBy = random.Next(2) == 0 ? null : Noon.AddMinutes(random.Next(5)),
            Limit = random.Next(1, 6),
        };
        var matching = _requests.Where(row => row.Key.Tenant == tenant).Select(row => row.Value)
            .Where(request => filter.Status is null || request.Status == filter.Status)
            .Where(request => !filter.IsClosed || request.Status != ApprovalStatus.Pending)
            .Where(request => !filter.IsUnapplied || (request.Status != ApprovalStatus.Pending && !request.IsApplied))
            .Where(request => filter.RunId is null || request.RunId == filter.RunId)
            .Where(request => filter.ThreadId is null || request.ThreadId == filter.ThreadId)
            .Where(request => filter.ExpiresBy is null || request.ExpiresAt <= filter.ExpiresBy)
            .OrderBy(request => request.CreatedAt).ThenBy(request => request.Id, StringComparer.Ordinal).ToList();
        if (filter.IsNewestFirst) matching.Reverse();
        var skipped = random.Next(matching.Count + 1);
        if (skipped > 0) filter = filter with { After = new(matching[skipped - 1].CreatedAt, matching[skipped - 1].Id) };
        log.Add($"list {tenant.ResourceId} {filter}");

        AssertSame(matching.Skip(skipped).Take(filter.Limit), await store.ListAsync(tenant, filter, cancellationToken));
    }

    private async Task AddGrantAsync(TenantSpec tenant, Random random, List<string> log)
    {
        var grant = Grant($"grant-{random.Next(9)}", $"tool-{random.Next(2)}", $"run-{random.Next(9)}");
        log.Add($"grant {tenant.ResourceId} {grant.Id} {grant.ToolName}");
        await store.AddGrantAsync(tenant, grant, cancellationToken);
        _grants.TryAdd((tenant, grant.Id), grant);
    }

    private async Task ListGrantsAsync(TenantSpec tenant, Random random, List<string> log)
    {
        var tool = $"tool-{random.Next(2)}";
        log.Add($"list grants {tenant.ResourceId} {tool}");
        var expected = _grants.Where(row => row.Key.Tenant == tenant && row.Value.ToolName == tool).Select(row => row.Value);
        var actual = await store.ListGrantsAsync(tenant, tool, cancellationToken);
        Assert.Equal(expected.OrderBy(grant => grant.Id, StringComparer.Ordinal), actual.OrderBy(grant => grant.Id, StringComparer.Ordinal));
    }
}
