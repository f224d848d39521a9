using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Runtime.Memory;

/// <summary>One run's row and entries. Its lock guards both; entries below the count never change.</summary>
internal sealed class RunLog
{
    private readonly Lock _lock = new();
    private byte[][] _entries = [];
    private int _count;
    private RunRecord? _run;
    private RunLease _lease;
    private Signal _appended;

    /// <summary>The row; null for the moment between making the log and its first append.</summary>
    public RunRecord? Run => Volatile.Read(ref _run);

    /// <summary>The newest lease; its owner is empty when it was given back.</summary>
    public RunLease Lease
    {
        get
        {
            lock (_lock) return _lease;
        }
    }

    /// <summary>Whether somebody asked to cancel the run, and it has not ended.</summary>
    public bool IsCancelRequested { get; private set; }

    public bool TryRequestCancel()
    {
        lock (_lock) return IsCancelRequested = _run is { State: RunState.Running or RunState.Waiting };
    }

    public bool TryAppend(RunRecord run, IReadOnlyList<JournalEntry> entries, RunLease lease)
    {
        lock (_lock)
        {
            if (entries[0].Sequence != _count + 1L || (_count > 0 && lease != _lease)) return false;
            MakeRoom_NeedsLock(_count + entries.Count);
            for (var i = 0; i < entries.Count; i++) _entries[_count + i] = PackedEntry.Pack(entries[i]);
            _count += entries.Count;
            _run = _run is null || run.EvalSample == _run.EvalSample ? run : run with { EvalSample = _run.EvalSample };
            if (run.State is RunState.Running or RunState.Waiting) _lease = lease;
            else (_lease, IsCancelRequested) = (lease with { Owner = "" }, false);
        }

        _appended.Raise();
        return true;
    }

    /// <summary>Replaces the lease, if it is still as the caller saw it.</summary>
    public bool TrySetLease(RunLease expected, RunLease lease)
    {
        lock (_lock)
        {
            if (_run is null || _lease != expected) return false;
            _lease = lease;
            return true;
        }
    }

    public IEnumerable<JournalEntry> Read(string runId, long afterSequence, CancellationToken cancellationToken)
    {
        var (entries, count) = Snapshot();
        for (var i = afterSequence; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return PackedEntry.Unpack(entries[i], runId, i + 1);
        }
    }

    public Task WaitAsync(long afterSequence, CancellationToken cancellationToken)
    {
        if (Snapshot().Count > afterSequence) return Task.CompletedTask;
        var appended = _appended.Next();
        return Snapshot().Count > afterSequence ? Task.CompletedTask : appended.WaitAsync(cancellationToken);
    }

    private (byte[][] Entries, int Count) Snapshot()
    {
        lock (_lock) return (_entries, _count);
    }

    private void MakeRoom_NeedsLock(int count)
    {
        if (count <= _entries.Length) return;
        Array.Resize(ref _entries, Math.Max(count, Math.Max(4, _entries.Length * 2)));
    }
}
