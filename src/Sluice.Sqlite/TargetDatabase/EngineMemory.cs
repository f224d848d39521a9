using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>What queries add to the memory of SQLite in this process.</summary>
/// <remarks>
/// The engine counts its memory for the whole process. Queries look at the count while they run: above the limit the first that looks is
/// ended, one at a time until it is below again. Nothing can look while a statement is compiled, so as long as queries run the engine has a
/// hard limit half above that, over which whoever asks for memory gets none, stores beside the query too.
/// </remarks>
internal sealed class EngineMemory
{
    public const long LimitBytes = 256L * 1024 * 1024;

    public const long HardLimitBytes = 384L * 1024 * 1024;

    private readonly Lock _lock = new();
    private int _running;
    private long _before;
    private long _hardLimit;
    private long _softLimit;
    private object? _ending;

    private EngineMemory()
    {
    }

    public static EngineMemory Instance { get; } = new();

    public void Enter()
    {
        lock (_lock)
        {
            if (_running++ > 0) return;
            _before = raw.sqlite3_memory_used();
            (_hardLimit, _softLimit) = (raw.sqlite3_hard_heap_limit64(-1), raw.sqlite3_soft_heap_limit64(-1));
            var limit = _before + HardLimitBytes;
            if (_hardLimit == 0 || _hardLimit > limit) _ = raw.sqlite3_hard_heap_limit64(limit);
        }
    }

    public void Leave(object query)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_ending, query)) _ending = null;
            if (--_running > 0) return;
            _ = raw.sqlite3_hard_heap_limit64(_hardLimit);
            _ = raw.sqlite3_soft_heap_limit64(_softLimit);
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
