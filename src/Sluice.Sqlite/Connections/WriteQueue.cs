using System.Runtime.InteropServices;

namespace Sluice.Sqlite.Connections;

/// <summary>
/// The one writer of a storage. What is queued while a transaction runs makes up the next one, so that many callers share a commit. One
/// loop at a time drains the queue, on a thread of the pool and only while there is something to do; the lock guards the queue.
/// </summary>
internal sealed class WriteQueue(Writer writer, Action changedElsewhere) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private List<WriteOperation> _queued = [];
    private List<WriteOperation> _group = [];
    private long _dataVersion = writer.ReadDataVersion();
    private bool _isDraining;
    private bool _isPollDue;
    private TaskCompletionSource? _closed;

    /// <summary>Writes within a transaction of its own or of others.</summary>
    /// <param name="run">Looks and writes; it sees what operations before it wrote.</param>
    /// <param name="cancellationToken">Stops it before it is queued; after that it cannot be stopped.</param>
    /// <param name="committed">Told on the writer what came of it, before the caller is.</param>
    public Task<T> RunAsync<T>(Func<Connection, T> run, CancellationToken cancellationToken, Action<T>? committed = null)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var operation = new WriteOperation<T>(run, committed);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed is not null, typeof(SqliteStorage));
            _queued.Add(operation);
            Start_NeedsLock();
        }

        return operation.Task;
    }

    /// <summary>Looks soon whether another connection wrote.</summary>
    public void Poll()
    {
        lock (_lock)
        {
            if (_closed is not null) return;
            _isPollDue = true;
            Start_NeedsLock();
        }
    }

    /// <summary>Takes nothing more and completes when everything queued is written and the writer is closed.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            if (_closed is not null) return _closed.Task;
            _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Start_NeedsLock();
            return _closed.Task;
        }
    }

    public void Execute()
    {
        while (TryTake(out var isPollDue))
        {
            if (isPollDue) LookForChanges();
            if (_group.Count > 0) Commit(CollectionsMarshal.AsSpan(_group));
            _group.Clear();
        }
    }

    private void Start_NeedsLock()
    {
        if (_isDraining) return;
        _isDraining = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TryTake(out bool isPollDue)
    {
        lock (_lock)
        {
            (isPollDue, _isPollDue) = (_isPollDue, false);
            (_group, _queued) = (_queued, _group);
            if (isPollDue || _group.Count > 0) return true;
            _isDraining = false;
            if (_closed is null) return false;
        }

        writer.Dispose();
        _closed.TrySetResult();
        return false;
    }

    private void Commit(ReadOnlySpan<WriteOperation> group)
    {
        try
        {
            writer.Commit(group);
        }
        catch (Exception e) when (group.Length > 1 && e is not SluiceException { Code: ErrorCodes.StoreBusy })
        {
            // One of them spoils it for all, or only all together are too much: alone each gets what it deserves.
            for (var i = 0; i < group.Length; i++) Commit(group.Slice(i, 1));
            return;
        }
        catch (Exception e)
        {
            // Whatever it is belongs to the callers; the loop goes on for the next ones.
            foreach (var operation in group) operation.Fail(e);
            return;
        }

        foreach (var operation in group) operation.Complete();
    }

    private void LookForChanges()
    {
        try
        {
            var version = writer.ReadDataVersion();
            if (version == _dataVersion) return;
            _dataVersion = version;
        }
        catch (SluiceException)
        {
            // Whoever waits looks for itself, and hears then what is wrong with the file.
        }

        changedElsewhere();
    }
}
