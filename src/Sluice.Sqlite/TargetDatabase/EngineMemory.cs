using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>What queries add to the memory of SQLite in this process.</summary>
/// <remarks>
/// The engine counts its memory for the whole process and its own limit would fail stores beside it too. So queries look at the count
/// while they run: above the limit the first that looks is ended, one at a time until it is below again.
/// </remarks>
internal sealed class EngineMemory
{
    public const long LimitBytes = 256L * 1024 * 1024;

    private readonly Lock _lock = new();
    private int _running;
    private long _before;
    private object? _ending;

    private EngineMemory()
    {
    }

    public static EngineMemory Instance { get; } = new();

    public void Enter()
    {
        lock (_lock)
        {
            if (_running++ == 0) _before = raw.sqlite3_memory_used();
        }
    }

    public void Leave(object query)
    {
        lock (_lock)
        {
            _running--;
            if (ReferenceEquals(_ending, query)) _ending = null;
        }
    }

    /// <summary>Whether this query has to end.</summary>
    public bool MustEnd(object query)
    {
        if (raw.sqlite3_memory_used() - Volatile.Read(ref _before) <= LimitBytes) return false;
        var ending = Interlocked.CompareExchange(ref _ending, query, null);
        return ending is null || ReferenceEquals(ending, query);
    }
}
