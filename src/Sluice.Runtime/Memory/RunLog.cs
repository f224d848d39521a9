using Sluice.Journal;

namespace Sluice.Runtime.Memory;

/// <summary>One run's row and entries. Its lock guards both; entries below the count never change.</summary>
internal sealed class RunLog
{
    private readonly Lock _lock = new();
    private byte[][] _entries = [];
    private int _count;
    private RunRecord? _run;
    private Signal _appended;

    /// <summary>The row; null for the moment between making the log and its first append.</summary>
    public RunRecord? Run => Volatile.Read(ref _run);

    public bool TryAppend(RunRecord run, IReadOnlyList<JournalEntry> entries)
    {
        lock (_lock)
        {
            if (entries[0].Sequence != _count + 1L) return false;
            MakeRoom_NeedsLock(_count + entries.Count);
            for (var i = 0; i < entries.Count; i++) _entries[_count + i] = PackedEntry.Pack(entries[i]);
            _count += entries.Count;
            _run = run;
        }

        _appended.Raise();
        return true;
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
