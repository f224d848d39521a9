using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>A plan store as a dictionary, and one random operation done to both.</summary>
internal sealed class PlanStoreModel(IPlanStore store, TenantSpec[] tenants, CancellationToken cancellationToken)
{
    private readonly Dictionary<(TenantSpec Tenant, string PlanId), StoredPlan> _plans = [];

    public Task StepAsync(Random random, List<string> log)
    {
        var tenant = tenants[random.Next(tenants.Length)];
        var planId = $"plan-{random.Next(5)}";
        return random.Next(10) switch
        {
            < 3 => AddAsync(tenant, planId, random, log),
            < 7 => UpdateAsync(tenant, planId, random, log),
            < 9 => GetAsync(tenant, planId, log),
            _ => ListAsync(tenant, random, log),
        };
    }

    private static StoredPlan RandomPlan(string planId, Random random) => Plan(
        planId, Noon.AddMinutes(random.Next(3)), $"thread-{random.Next(2)}", (PlanStatus)random.Next(5)) with
    { StepKey = $"main/{random.Next()}" };

    private async Task AddAsync(TenantSpec tenant, string planId, Random random, List<string> log)
    {
        log.Add($"add {tenant.ResourceId} {planId}");
        var plan = RandomPlan(planId, random);
        Assert.Equal(_plans.TryAdd((tenant, planId), plan), await store.TryAddAsync(tenant, plan, cancellationToken));
    }

    private async Task UpdateAsync(TenantSpec tenant, string planId, Random random, List<string> log)
    {
        var known = _plans.GetValueOrDefault((tenant, planId));
        var expected = (known?.Revision ?? 1) + (random.Next(3) == 0 ? random.Next(-1, 2) : 0);
        var plan = RandomPlan(planId, random) with { Revision = expected + 1 };
        log.Add($"update {tenant.ResourceId} {planId} expecting {expected}, stored {known?.Revision}");

        Assert.Equal(known?.Revision == expected, await store.TryUpdateAsync(tenant, plan, expected, cancellationToken));
        if (known?.Revision == expected) _plans[(tenant, planId)] = plan;
    }

    private async Task GetAsync(TenantSpec tenant, string planId, List<string> log)
    {
        log.Add($"get {tenant.ResourceId} {planId}");
        var stored = await store.GetAsync(tenant, planId, cancellationToken);
        if (_plans.TryGetValue((tenant, planId), out var plan)) AssertSame(plan, stored);
        else Assert.Null(stored);
    }

    private async Task ListAsync(TenantSpec tenant, Random random, List<string> log)
    {
        var filter = new PlanFilter
        {
            Status = random.Next(2) == 0 ? null : (PlanStatus)random.Next(5),
            ThreadId = random.Next(2) == 0 ? null : $"thread-{random.Next(2)}",
            RunId = random.Next(3) == 0 ? "run-1" : null,
            Limit = random.Next(1, 6),
        };
        var matching = _plans.Where(row => row.Key.Tenant == tenant).Select(row => row.Value)
            .Where(plan => filter.Status is null || plan.Status == filter.Status)
            .Where(plan => filter.RunId is null || plan.RunId == filter.RunId)
            .Where(plan => filter.ThreadId is null || plan.ThreadId == filter.ThreadId)
            .OrderByDescending(plan => plan.History[0].At).ThenByDescending(plan => plan.PlanId, StringComparer.Ordinal).ToList();
        var skipped = random.Next(matching.Count + 1);
        if (skipped > 0) filter = filter with { After = new(matching[skipped - 1].History[0].At, matching[skipped - 1].PlanId) };
        log.Add($"list {tenant.ResourceId} {filter}");

        AssertSame(matching.Skip(skipped).Take(filter.Limit), await store.ListAsync(tenant, filter, cancellationToken));
    }
}
