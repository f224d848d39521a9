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
        return random.Next(20) switch
        {
            < 12 => AppendAsync(tenant, runId, random, log),
            < 16 => ReadAsync(tenant, runId, random, log),
            < 17 => GetAsync(tenant, runId, log),
            < 19 => ListAsync(tenant, random, log),
            _ => RemoveAsync(tenant, runId, log),
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
            EvalSample = random.Next(2) == 0 ? null : Sample($"eval-{random.Next(2)}", $"case-{random.Next(2)}"),
        };
        log.Add($"append {tenant.ResourceId} {runId} {sequence}..{entries[^1].Sequence}, last stored {next - 1}");

        // A run that has ended has given its lease back.
        var isTaken = sequence == next && known.Run is null or { State: RunState.Running or RunState.Waiting };
        Assert.Equal(isTaken, await store.AppendAsync(tenant, run, entries, Lease, cancellationToken));
        if (isTaken) _runs[(tenant, runId)] = (known.Run is null ? run : run with { EvalSample = known.Run.EvalSample }, [.. known.Entries ?? [], .. entries]);
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
            EvalRunId = random.Next(3) == 0 ? $"eval-{random.Next(2)}" : null,
            TestCaseId = random.Next(3) == 0 ? $"case-{random.Next(2)}" : null,
            UpdatedBy = random.Next(2) == 0 ? null : Noon.AddMinutes(random.Next(5)),
            After = random.Next(2) == 0 ? null : new(Noon.AddMinutes(random.Next(3)), $"run-{random.Next(5)}"),
            Limit = random.Next(1, 6),
        };
        log.Add($"list {tenant.ResourceId} {filter}");
        var expected = _runs.Where(row => row.Key.Tenant == tenant).Select(row => row.Value.Run)
            .Where(run => filter.State is null || run.State == filter.State)
            .Where(run => filter.ThreadId is null || run.ThreadId == filter.ThreadId)
            .Where(run => filter.EvalRunId is null || run.EvalSample?.EvalRunId == filter.EvalRunId)
            .Where(run => filter.TestCaseId is null || run.EvalSample?.TestCaseId == filter.TestCaseId)
            .Where(run => filter.UpdatedBy is null || run.UpdatedAt <= filter.UpdatedBy)
            .Where(run => filter.After is not { } after
                || (run.StartedAt, string.CompareOrdinal(run.RunId, after.RunId)).CompareTo((after.StartedAt, 0)) < 0)
            .OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.RunId, StringComparer.Ordinal).Take(filter.Limit);

        Assert.Equal(expected, await store.ListRunsAsync(tenant, filter, cancellationToken));
    }

    private async Task RemoveAsync(TenantSpec tenant, string runId, List<string> log)
    {
        log.Add($"remove {tenant.ResourceId} {runId}");
        var isRemoved = _runs.TryGetValue((tenant, runId), out var known) && known.Run.State is not (RunState.Running or RunState.Waiting);

        Assert.Equal(isRemoved ? 1 : 0, await store.RemoveRunsAsync(tenant, [runId, "unknown"], cancellationToken));
        if (isRemoved) _runs.Remove((tenant, runId));
    }
}
