namespace Sluice.Runtime.Memory;

/// <summary>The runs of one thread, in order. Its lock guards them.</summary>
internal sealed class ThreadRuns
{
    private readonly Lock _lock = new();
    private readonly List<string> _runs = [];
    private DateTimeOffset _createdAt;
    private DateTimeOffset _updatedAt;

    public int Add(string runId, DateTimeOffset at)
    {
        lock (_lock)
        {
            var place = _runs.LastIndexOf(runId);
            if (place >= 0) return place + 1;
            if (_runs.Count == 0) _createdAt = at;
            _updatedAt = at;
            _runs.Add(runId);
            return _runs.Count;
        }
    }

    public IReadOnlyList<string> ToList()
    {
        lock (_lock) return [.. _runs];
    }

    /// <summary>The thread as a row; null for the moment between making it and its first run.</summary>
    public ThreadRecord? ToRecord(string threadId)
    {
        lock (_lock)
        {
            return _runs.Count == 0
                ? null
                : new() { ThreadId = threadId, CreatedAt = _createdAt, UpdatedAt = _updatedAt, RunCount = _runs.Count };
        }
    }
}
