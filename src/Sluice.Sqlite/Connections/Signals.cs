namespace Sluice.Sqlite.Connections;

/// <summary>Wakes those who wait for a change, by tenant and id. Its lock guards them; nothing is kept when nobody waits.</summary>
/// <param name="waiting">Told when the first one begins to wait and when the last one stopped.</param>
internal sealed class Signals(Action<bool> waiting)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Tenant, string Id), Signal> _signals = [];
    private volatile int _waiters;

    /// <summary>Completes once <paramref name="isThere"/> holds, looking again whenever it was woken.</summary>
    public async Task WaitAsync(string tenant, string id, Func<bool> isThere, CancellationToken cancellationToken)
    {
        while (true)
        {
            // First in line, then look: a change that comes in between is not missed.
            var signal = Join((tenant, id));
            try
            {
                if (isThere()) return;
                await signal.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Leave((tenant, id), signal);
            }
        }
    }

    /// <summary>Completes at the next change.</summary>
    public async Task WaitAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var signal = Join((tenant, id));
        try
        {
            await signal.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave((tenant, id), signal);
        }
    }

    public void Raise(string tenant, string id)
    {
        if (_waiters == 0) return;
        Signal? signal;
        lock (_lock) _signals.Remove((tenant, id), out signal);
        signal?.Raise();
    }

    public void RaiseAll()
    {
        Signal[] signals;
        lock (_lock)
        {
            signals = [.. _signals.Values];
            _signals.Clear();
        }

        foreach (var signal in signals) signal.Raise();
    }

    private Signal Join((string Tenant, string Id) key)
    {
        lock (_lock)
        {
            if (_waiters++ == 0) waiting(true);
            if (!_signals.TryGetValue(key, out var signal)) _signals[key] = signal = new();
            signal.Waiters++;
            return signal;
        }
    }

    private void Leave((string Tenant, string Id) key, Signal signal)
    {
        lock (_lock)
        {
            if (--_waiters == 0) waiting(false);
            if (--signal.Waiters == 0 && _signals.GetValueOrDefault(key) == signal) _signals.Remove(key);
        }
    }

    private sealed class Signal
    {
        private readonly TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Task => _source.Task;

        public int Waiters { get; set; }

        public void Raise() => _source.TrySetResult();
    }
}
