using Sluice.Journal;
using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>A journal store as lists in a dictionary, and one random operation done to both.</summary>
internal sealed class JournalStoreModel(IJournalStore store, TenantSpec[] tenants, CancellationToken cancellationToken)
{
    private readonly Dictionary<(TenantSpec Tenant, string RunId), (RunRecord Run, List<JournalEntry> Entries)> _runs = [];

    public Task StepAsync(Random random, List<string> log)
    {
        var tenant = tenants[random.Next(tenants.Length)];
        var runId = $"run-{random.Next(5)}";
        return random.Next(10) switch
        {
            < 6 => AppendAsync(tenant, runId, random, log),
            < 8 => ReadAsync(tenant, runId, random, log),
            8 => GetAsync(tenant, runId, log),
            _ => ListAsync(tenant, random, log),
        };
    }

    private async Task AppendAsync(TenantSpec tenant, string runId, Random random, List<string> log)
    {
        var known = _runs.GetValueOrDefault((tenant, runId));
        var next = (known.Entries?.Count ?? 0) + 1L;
        var sequence = Math.Max(1, next + (random.Next(4) == 0 ? random.Next(-2, 3) : 0));
        var entries = Entries(runId, sequence, random.Next(1, 4), $"{random.Next()}");
        var run = Run(runId, entries[^1].Sequence, Noon.AddMinutes(random.Next(3))) with
        {
            State = (RunState)random.Next(5),
            ThreadId = $"thread-{random.Next(2)}",
        };
        log.Add($"append {tenant.ResourceId} {runId} {sequence}..{entries[^1].Sequence}, last stored {next - 1}");

        Assert.Equal(sequence == next, await store.AppendAsync(tenant, run, entries, cancellationToken));
        if (sequence == next) _runs[(tenant, runId)] = (run, [.. known.Entries ?? [], .. entries]);
    }

    private async Task ReadAsync(TenantSpec tenant, string runId, Random random, List<string> log)
    {
        var after = random.Next(8);
        log.Add($"read {tenant.ResourceId} {runId} after {after}");
        var expected = _runs.TryGetValue((tenant, runId), out var known) ? known.Entries.Skip(after).ToList() : [];

        var actual = await store.ReadAsync(tenant, runId, after, cancellationToken).ToListAsync(cancellationToken);

        Assert.Equal(expected.Count, actual.Count);
        foreach (var (one, other) in expected.Zip(actual)) AssertSame(one, other);
    }

    private async Task GetAsync(TenantSpec tenant, string runId, List<string> log)
    {
        log.Add($"get {tenant.ResourceId} {runId}");
        Assert.Equal(_runs.GetValueOrDefault((tenant, runId)).Run, await store.GetRunAsync(tenant, runId, cancellationToken));
    }

    private async Task ListAsync(TenantSpec tenant, Random random, List<string> log)
    {
        var filter = new RunFilter
        {
            State = random.Next(2) == 0 ? null : (RunState)random.Next(5),
            ThreadId = random.Next(2) == 0 ? null : $"thread-{random.Next(2)}",
            Limit = random.Next(1, 6),
        };
        log.Add($"list {tenant.ResourceId} {filter}");
        var expected = _runs.Where(row => row.Key.Tenant == tenant).Select(row => row.Value.Run)
            .Where(run => filter.State is null || run.State == filter.State)
            .Where(run => filter.ThreadId is null || run.ThreadId == filter.ThreadId)
            .OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.RunId, StringComparer.Ordinal).Take(filter.Limit);

        Assert.Equal(expected, await store.ListRunsAsync(tenant, filter, cancellationToken));
    }
}
