using Sluice.Postgres.Connections;

namespace Sluice.Postgres.Waiting;

/// <summary>Wakes whoever waits for entries or closed requests: at once for what this process writes, else by notification or by looking.</summary>
internal sealed class Waiters : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<WakeKey, WaitPoint> _points = [];
    private readonly CancellationTokenSource _disposal = new();
    private readonly Database _database;
    private readonly Announcer? _announcer;
    private readonly Func<CancellationToken, Task>[] _watches;
    private Task? _watching;

    /// <summary>Nothing watches until somebody waits.</summary>
    /// <param name="database">Where the rows are.</param>
    /// <param name="listener">Hears what others write; null when notifications are off.</param>
    /// <param name="announcer">Tells others; null when notifications are off.</param>
    /// <param name="poller">Looks for what was not heard.</param>
    public Waiters(Database database, Listener? listener, Announcer? announcer, Poller poller)
    {
        (_database, _announcer) = (database, announcer);
        _watches = listener is null
            ? [token => poller.RunAsync(Points, Wake, token)]
            : [token => poller.RunAsync(Points, Wake, token), token => listener.RunAsync(Wake, poller.LookNow, token)];
    }

    public async Task WaitForRunAsync(TenantSpec tenant, string runId, long afterSequence, CancellationToken cancellationToken)
    {
        var point = Enter(WakeKey.OfRun(tenant, runId), tenant, runId, afterSequence);
        try
        {
            // Looked up only now: what is written after this finds the point.
            var last = await _database.FindAsync(
                tenant, new("select last_entry from runs where tenant = $1 and run_id = $2", runId), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
            if (last <= afterSequence) await point.Woken.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(point);
        }
    }

    public Task WaitForApprovalsAsync(TenantSpec tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        // Entered before this returns: what is closed after the call must be noticed.
        return WaitAsync(Enter(WakeKey.OfApprovals(tenant), tenant, runId: null, 0), cancellationToken);
    }

    /// <summary>Wakes the waiters of this process, and tells the others.</summary>
    public void Announce(params IReadOnlyCollection<WakeKey> keys)
    {
        foreach (var key in keys) Wake(key);
        _announcer?.Announce(keys);
    }

    public async ValueTask DisposeAsync()
    {
        await _disposal.CancelAsync().ConfigureAwait(false);
        Task? watching;
        lock (_lock) watching = _watching;
        if (watching is not null) await watching.ConfigureAwait(false);
        // They look, and learn from that that the storage is closed.
        foreach (var point in Points()) Wake(point.Key);
        if (_announcer is not null) await _announcer.DisposeAsync().ConfigureAwait(false);
        _disposal.Dispose();
    }

    private async Task WaitAsync(WaitPoint point, CancellationToken cancellationToken)
    {
        try
        {
            await point.Woken.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(point);
        }
    }

    private WaitPoint Enter(WakeKey key, TenantSpec tenant, string? runId, long afterSequence)
    {
        lock (_lock)
        {
            _watching ??= Task.WhenAll(_watches.Select(watch => Task.Run(() => watch(_disposal.Token))));
            if (!_points.TryGetValue(key, out var point)) _points[key] = point = new(key, tenant, runId);
            point.Waiting++;
            point.LowestAfter = Math.Min(point.LowestAfter, afterSequence);
            return point;
        }
    }

    private void Leave(WaitPoint point)
    {
        lock (_lock)
        {
            if (--point.Waiting == 0 && _points.GetValueOrDefault(point.Key) == point) _points.Remove(point.Key);
        }
    }

    private void Wake(WakeKey key)
    {
        WaitPoint? point;
        lock (_lock) _points.Remove(key, out point);
        point?.Wake();
    }

    private WaitPoint[] Points()
    {
        lock (_lock) return [.. _points.Values];
    }
}
