using System.Collections.Concurrent;
using Sluice.Runtime.Leases;

namespace Sluice.Runtime.Runs;

/// <summary>The runs that this process drives, and who drives the others.</summary>
internal sealed class ActiveRuns(Ownership ownership)
{
    private readonly ConcurrentDictionary<string, ActiveRun> _runs = new(StringComparer.Ordinal);

    public IEnumerable<ActiveRun> All => _runs.Values;

    public bool IsEmpty => _runs.IsEmpty;

    public ActiveRun? Find(string runId) => _runs.GetValueOrDefault(runId);

    public bool TryAdd(ActiveRun run) => _runs.TryAdd(run.RunId, run);

    public void Remove(ActiveRun run) => _runs.TryRemove(new(run.RunId, run));

    /// <summary>Whether somebody who is alive drives a run, here or in another process.</summary>
    public async ValueTask<bool> IsDrivenAsync(string runId) =>
        _runs.ContainsKey(runId) || await ownership.GetHolderAsync(runId).ConfigureAwait(false) is not null;
}
