using System.Collections.Concurrent;
using Sluice.Runtime.Leases;

namespace Sluice.Runtime.Runs;

/// <summary>The runs that this process drives, and who drives the others. A lock lets runs in until it is closed.</summary>
internal sealed class ActiveRuns(Ownership ownership)
{
    private readonly ConcurrentDictionary<string, ActiveRun> _runs = new(StringComparer.Ordinal);
    private readonly Lock _entrance = new();
    private bool _isClosed;

    public IEnumerable<ActiveRun> All => _runs.Values;

    public bool IsEmpty => _runs.IsEmpty;

    public ActiveRun? Find(string runId) => _runs.GetValueOrDefault(runId);

    /// <summary>Lets a run in, unless one of its id is there.</summary>
    /// <exception cref="SluiceException">The runtime is shutting down: nobody would stop the run any more.</exception>
    public bool TryAdd(ActiveRun run)
    {
        lock (_entrance)
        {
            RequireOpen_NeedsLock();
            return _runs.TryAdd(run.RunId, run);
        }
    }

    /// <summary>Lets in a run whose lease is held. One of its id that is just beginning gives way: it will find the journal taken.</summary>
    /// <exception cref="SluiceException">The runtime is shutting down.</exception>
    public void Put(ActiveRun run)
    {
        lock (_entrance)
        {
            RequireOpen_NeedsLock();
            _runs[run.RunId] = run;
        }
    }

    /// <summary>Lets no more runs in.</summary>
    /// <returns>Those that are there.</returns>
    public ActiveRun[] Close()
    {
        lock (_entrance)
        {
            _isClosed = true;
            return [.. _runs.Values];
        }
    }

    public void Remove(ActiveRun run) => _runs.TryRemove(new(run.RunId, run));

    /// <summary>Whether somebody who is alive drives a run, here or in another process.</summary>
    public async ValueTask<bool> IsDrivenAsync(string runId) =>
        _runs.ContainsKey(runId) || await ownership.GetHolderAsync(runId).ConfigureAwait(false) is not null;

    private void RequireOpen_NeedsLock()
    {
        if (_isClosed) throw new SluiceException(ErrorCodes.ShuttingDown, "The runtime is shutting down.");
    }
}
