using System.Collections.Concurrent;
using Sluice.Storage;

namespace Sluice.Runtime.Leases;

/// <summary>
/// This runtime as an owner of runs. It is alive in the store while it drives any, takes leases, and clears away owners that are gone. Its
/// times are guarded by one semaphore; reading them needs none.
/// </summary>
internal sealed class Ownership(ILeaseStore store, TenantSpec tenant, TimeProvider time, TimeSpan duration) : IAsyncDisposable
{
    private static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _renewing = new(1);
    private readonly ConcurrentQueue<(string RunId, RunLease Lease)> _unreleased = new();
    private readonly string _owner = OwnerName.Create();
    private long _renewAt = long.MinValue;
    private long _expiresAt = long.MinValue;
    private int _lives;

    /// <summary>Counts how often this owner began to live: it grows with every gap in which another one could have taken its runs.</summary>
    public int Lives => Volatile.Read(ref _lives);

    /// <summary>Whether this owner is alive now, by this process's clock.</summary>
    public bool IsAlive => time.GetUtcNow().UtcTicks < Volatile.Read(ref _expiresAt);

    /// <summary>The lease of a run that this runtime begins. The run's first entry takes it.</summary>
    public HeldLease Begin(string runId) => new(this, runId, RunLease.First(_owner));

    /// <summary>Takes the lease of a run that exists.</summary>
    /// <returns>Null when another owner that is alive has it.</returns>
    public async ValueTask<HeldLease?> TryTakeAsync(string runId)
    {
        await StayAliveAsync().ConfigureAwait(false);
        if (await TryAcquireAsync(runId).ConfigureAwait(false) is { } taken) return taken;
        if (await GetHolderAsync(runId).ConfigureAwait(false) is { } holder && OwnerName.IsGone(holder.Owner))
            await store.RetireAsync(tenant, holder.Owner, CancellationToken.None).ConfigureAwait(false);
        return await TryAcquireAsync(runId).ConfigureAwait(false);
    }

    /// <summary>The lease of a run, if somebody who is alive has it.</summary>
    public ValueTask<RunLease?> GetHolderAsync(string runId) => store.GetAsync(tenant, runId, time.GetUtcNow(), CancellationToken.None);

    /// <summary>Renews this owner's life when a third of it is over. Call it before a run is begun or taken up, and regularly while there are any.</summary>
    public ValueTask StayAliveAsync() =>
        time.GetUtcNow().UtcTicks < Volatile.Read(ref _renewAt) ? ValueTask.CompletedTask : RenewAsync();

    /// <summary>Retires the owners whose process is gone, and those that nobody has heard of for long.</summary>
    public async ValueTask ClearAwayAsync()
    {
        var forgotten = time.GetUtcNow() - KeptAfterExpiry;
        foreach (var other in await store.ListOwnersAsync(tenant, CancellationToken.None).ConfigureAwait(false))
        {
            if (other.ExpiresAt < forgotten || OwnerName.IsGone(other.Owner))
                await store.RetireAsync(tenant, other.Owner, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a lease is still the newest of its run, whatever time has passed.</summary>
    public async ValueTask<bool> IsHeldAsync(string runId, RunLease lease)
    {
        await StayAliveAsync().ConfigureAwait(false);
        return await GetHolderAsync(runId).ConfigureAwait(false) == lease;
    }

    /// <summary>Gives a lease back. When the store does not take it now, <see cref="RetryReleasesAsync"/> does: an owner that lives on would keep it for ever.</summary>
    public async ValueTask ReleaseAsync(string runId, RunLease lease)
    {
        try
        {
            await store.ReleaseAsync(tenant, runId, lease, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _unreleased.Enqueue((runId, lease));
        }
    }

    /// <summary>Gives back what the store did not take before.</summary>
    public async ValueTask RetryReleasesAsync()
    {
        for (var count = _unreleased.Count; count > 0 && _unreleased.TryDequeue(out var late); count--)
            await ReleaseAsync(late.RunId, late.Lease).ConfigureAwait(false);
    }

    /// <summary>Gives everything back at once.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Volatile.Read(ref _expiresAt) != long.MinValue) await store.RetireAsync(tenant, _owner, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A store that does not take it now frees the runs when the lease expires.
        }

        _renewing.Dispose();
    }

    private async ValueTask<HeldLease?> TryAcquireAsync(string runId) =>
        await store.TryAcquireAsync(tenant, runId, _owner, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false) is { } lease
            ? new(this, runId, lease)
            : null;

    private async ValueTask RenewAsync()
    {
        await _renewing.WaitAsync().ConfigureAwait(false);
        try
        {
            var now = time.GetUtcNow();
            if (now.UtcTicks < _renewAt) return;
            await store.RenewAsync(tenant, _owner, now + duration, CancellationToken.None).ConfigureAwait(false);
            if (now.UtcTicks >= _expiresAt) _lives++;
            Volatile.Write(ref _expiresAt, (now + duration).UtcTicks);
            Volatile.Write(ref _renewAt, (now + (duration / 3)).UtcTicks);
        }
        finally
        {
            _renewing.Release();
        }
    }
}
