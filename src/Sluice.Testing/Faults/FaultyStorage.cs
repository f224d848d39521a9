using Sluice.Storage;

namespace Sluice.Testing;

/// <summary>A storage that calls back, fails or "crashes" before or after any call of its ports. The calls in between go to the inner storage.</summary>
/// <remarks>
/// For tests in the shape of a crash: give a runtime a faulty storage, let it crash at a step, and go on with a second runtime on the
/// inner storage, which disposing this one leaves open. With a crash the owners of leases that came through this storage are retired in the
/// inner one, as they are when their process is gone. Thread-safe; set it up before it is used.
/// </remarks>
public sealed class FaultyStorage : IRuntimeStorage
{
    private readonly FaultPoints _points = new();
    private readonly FaultyLeaseStore _leases;

    /// <summary>Wraps a storage.</summary>
    /// <param name="inner">The storage to pass calls on to.</param>
    public FaultyStorage(IRuntimeStorage inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Journal = new FaultyJournalStore(inner.Journal, _points);
        Plans = new FaultyPlanStore(inner.Plans, _points);
        Approvals = new FaultyApprovalStore(inner.Approvals, _points);
        References = new FaultyReferenceStore(inner.References, _points);
        Threads = new FaultyThreadStore(inner.Threads, _points);
        _leases = new(inner.Leases, _points);
    }

    /// <inheritdoc/>
    public IJournalStore Journal { get; }

    /// <inheritdoc/>
    public IPlanStore Plans { get; }

    /// <inheritdoc/>
    public IApprovalStore Approvals { get; }

    /// <inheritdoc/>
    public IReferenceStore References { get; }

    /// <inheritdoc/>
    public IThreadStore Threads { get; }

    /// <inheritdoc/>
    public ILeaseStore Leases => _leases;

    /// <summary>Whether it crashed: every call fails from then on, and nothing reaches the inner storage.</summary>
    public bool IsCrashed => _points.IsCrashed;

    /// <summary>Calls back before an operation. What the callback throws comes out of the call, which then does nothing.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="act">The callback.</param>
    public FaultyStorage Before(StorageOperation operation, Func<StorageCall, ValueTask> act)
    {
        _points.Add(operation, isBefore: true, act);
        return this;
    }

    /// <summary>Calls back after an operation succeeded. What the callback throws comes out of the call, whose work is done.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="act">The callback.</param>
    public FaultyStorage After(StorageOperation operation, Func<StorageCall, ValueTask> act)
    {
        _points.Add(operation, isBefore: false, act);
        return this;
    }

    /// <summary>Crashes before a call does its work: it and all later ones fail with <see cref="IOException"/>.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="when">Which call of it; null: the first.</param>
    public FaultyStorage CrashBefore(StorageOperation operation, Func<StorageCall, bool>? when = null) =>
        Before(operation, call => CrashIf(when?.Invoke(call) ?? true));

    /// <summary>Crashes after a call has done its work and before the caller knows: it and all later ones fail with <see cref="IOException"/>.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="when">Which call of it; null: the first.</param>
    public FaultyStorage CrashAfter(StorageOperation operation, Func<StorageCall, bool>? when = null) =>
        After(operation, call => CrashIf(when?.Invoke(call) ?? true));

    /// <summary>How many calls of an operation there were, failed ones included.</summary>
    public int CountOf(StorageOperation operation) => _points.CountOf(operation);

    /// <summary>Does nothing: the inner storage belongs to the test.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask CrashIf(bool isDue)
    {
        if (!isDue) return;
        _points.MarkCrashed();
        await _leases.RetireAllAsync().ConfigureAwait(false);
        throw FaultPoints.Crashed();
    }
}
