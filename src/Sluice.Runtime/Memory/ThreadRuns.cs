namespace Sluice.Runtime.Memory;

/// <summary>The runs of one thread, in order. Its lock guards them.</summary>
internal sealed class ThreadRuns
{
    private readonly Lock _lock = new();
    private readonly List<(string RunId, int Place)> _runs = [];
    private int _lastPlace;
    private DateTimeOffset _createdAt;
    private DateTimeOffset _updatedAt;

    public int Add(string runId, DateTimeOffset at)
    {
        lock (_lock)
        {
            var known = _runs.FindLastIndex(run => run.RunId == runId);
            if (known >= 0) return _runs[known].Place;
            if (_runs.Count == 0) (_createdAt, _lastPlace) = (at, 0);
            _updatedAt = at;
            _runs.Add((runId, ++_lastPlace));
            return _lastPlace;
        }
    }

    public void Remove(IReadOnlyCollection<string> runIds)
    {
        lock (_lock) _runs.RemoveAll(run => runIds.Contains(run.RunId));
    }

    public IReadOnlyList<string> ToList()
    {
        lock (_lock) return [.. _runs.Select(run => run.RunId)];
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
