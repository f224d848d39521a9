using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>A thread store as lists in a dictionary, and one random operation done to both.</summary>
internal sealed class ThreadStoreModel(IThreadStore store, TenantSpec[] tenants, CancellationToken cancellationToken)
{
    private readonly Dictionary<(TenantSpec Tenant, string ThreadId), List<(string RunId, DateTimeOffset At)>> _threads = [];

    public Task StepAsync(Random random, List<string> log)
    {
        var tenant = tenants[random.Next(tenants.Length)];
        var threadId = $"thread-{random.Next(5)}";
        return random.Next(10) switch
        {
            < 6 => AddAsync(tenant, threadId, random, log),
            < 8 => GetAsync(tenant, threadId, log),
            _ => ListAsync(tenant, random, log),
        };
    }

    private async Task AddAsync(TenantSpec tenant, string threadId, Random random, List<string> log)
    {
        var (runId, at) = ($"run-{random.Next(20)}", Noon.AddMinutes(random.Next(5)));
        log.Add($"add {tenant.ResourceId} {threadId} {runId} {at:O}");
        if (!_threads.TryGetValue((tenant, threadId), out var runs)) _threads[(tenant, threadId)] = runs = [];
        if (!runs.Exists(run => run.RunId == runId)) runs.Add((runId, at));

        Assert.Equal(runs.FindIndex(run => run.RunId == runId) + 1, await store.AddRunAsync(tenant, threadId, runId, at, cancellationToken));
    }

    private async Task GetAsync(TenantSpec tenant, string threadId, List<string> log)
    {
        log.Add($"get {tenant.ResourceId} {threadId}");
        var runs = _threads.GetValueOrDefault((tenant, threadId));

        Assert.Equal(runs is null ? null : Record(threadId, runs), await store.GetAsync(tenant, threadId, cancellationToken));
        Assert.Equal((runs ?? []).Select(run => run.RunId), await store.ListRunsAsync(tenant, threadId, cancellationToken));
    }

    private async Task ListAsync(TenantSpec tenant, Random random, List<string> log)
    {
        var limit = random.Next(1, 6);
        var all = _threads.Where(row => row.Key.Tenant == tenant).Select(row => Record(row.Key.ThreadId, row.Value))
            .OrderByDescending(thread => thread.UpdatedAt).ThenByDescending(thread => thread.ThreadId, StringComparer.Ordinal).ToList();
        var skipped = random.Next(all.Count + 1);
        var after = skipped == 0 ? null : new ThreadCursor(all[skipped - 1].UpdatedAt, all[skipped - 1].ThreadId);
        log.Add($"list {tenant.ResourceId} {after} {limit}");

        Assert.Equal(all.Skip(skipped).Take(limit), await store.ListAsync(tenant, after, limit, cancellationToken));
    }

    private static ThreadRecord Record(string threadId, List<(string RunId, DateTimeOffset At)> runs) =>
        new() { ThreadId = threadId, CreatedAt = runs[0].At, UpdatedAt = runs[^1].At, RunCount = runs.Count };
}
