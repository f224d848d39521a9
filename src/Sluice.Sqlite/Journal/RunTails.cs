using Sluice.Storage;

namespace Sluice.Sqlite.Journal;

/// <summary>
/// The tails of runs that go on, so that an append need not look for what the one before wrote. Only the writer uses them. They are what
/// was committed here, and a run may be another process's since: whoever uses one checks the row.
/// </summary>
internal sealed class RunTails
{
    /// <summary>About a megabyte. More runs than that go on at once, or many were left to other processes.</summary>
    private const int Most = 4096;

    private readonly Dictionary<(string ResourceId, string RunId), RunTail> _tails = [];

    public RunTail? Find(string resourceId, string runId) => _tails.GetValueOrDefault((resourceId, runId));

    /// <summary>Keeps a tail; not that of a run which waits for a person or is over, since that may be the last of it here.</summary>
    public void Keep(string resourceId, RunTail tail)
    {
        if (tail.Run.State != RunState.Running)
        {
            _tails.Remove((resourceId, tail.Run.RunId));
            return;
        }

        if (_tails.Count >= Most) _tails.Clear();
        _tails[(resourceId, tail.Run.RunId)] = tail;
    }
}
