using SQLitePCL;

namespace Sluice.Sqlite.Connections;

/// <summary>The memory of SQLite in this process: what agents' queries may add to it, and that stores get theirs all the same.</summary>
/// <remarks>
/// The engine counts its memory for the whole process. Queries look at the count while they run: above the limit the first that looks is
/// ended, one at a time until it is below again. Nothing can look while a statement is compiled, so as long as queries run the engine has a
/// hard limit half above that, over which whoever asks for memory gets none. A store that got none does its work again without that limit,
/// while nothing of an agent is compiled.
/// </remarks>
internal sealed class EngineMemory
{
    public const long LimitBytes = 256L * 1024 * 1024;

    public const long HardLimitBytes = 384L * 1024 * 1024;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Guards what is below; whoever waits for a compilation or a store waits on it.</summary>
    private readonly object _lock = new();

    private int _running;
    private int _relieved;
    private bool _isCompiling;
    private long _before;
    private long _hostHardLimit;
    private long _hostSoftLimit;
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
            (_hostHardLimit, _hostSoftLimit) = (raw.sqlite3_hard_heap_limit64(-1), raw.sqlite3_soft_heap_limit64(-1));
            SetLimit_NeedsLock();
        }
    }

    public void Leave(object query)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_ending, query)) _ending = null;
            if (--_running > 0) return;
            SetLimit_NeedsLock();
        }
    }

    /// <summary>Whether this query has to end. Nobody has to for what a compilation takes, which only the hard limit ends, and soon.</summary>
    public bool MustEnd(object query)
    {
        if (Volatile.Read(ref _isCompiling)) return false;
        if (raw.sqlite3_memory_used() - Volatile.Read(ref _before) <= LimitBytes) return false;
        var ending = Interlocked.CompareExchange(ref _ending, query, null);
        return ending is null || ReferenceEquals(ending, query);
    }

    /// <summary>Waits for the turn to compile a statement of an agent: one at a time may grow.</summary>
    /// <param name="look">Called now and then while it waits; what it throws ends the waiting.</param>
    /// <returns>To be disposed when it is compiled.</returns>
    public IDisposable Compile(Action look)
    {
        lock (_lock)
        {
            while (_isCompiling || _relieved > 0)
            {
                Monitor.Wait(_lock, BetweenLooks);
                look();
            }
            _isCompiling = true;
        }
        return new Turn(EndCompiling);
    }

    /// <summary>Does a store's work, and once more from its start when the engine had no memory for it.</summary>
    public T Assure<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (EngineMemoryException)
        {
            using (Relieve()) return work();
        }
    }

    /// <summary>Takes the limit away. What runs still looks at the memory; nothing is compiled meanwhile.</summary>
    /// <returns>To be disposed when the store's work is done.</returns>
    public IDisposable Relieve()
    {
        lock (_lock)
        {
            _relieved++;
            while (_isCompiling) Monitor.Wait(_lock);
            if (_running > 0) SetLimit_NeedsLock();
        }
        return new Turn(EndRelief);
    }

    private void EndCompiling()
    {
        lock (_lock)
        {
            _isCompiling = false;
            Monitor.PulseAll(_lock);
        }
    }

    private void EndRelief()
    {
        lock (_lock)
        {
            _relieved--;
            if (_running > 0) SetLimit_NeedsLock();
            Monitor.PulseAll(_lock);
        }
    }

    private void SetLimit_NeedsLock()
    {
        var limit = _before + HardLimitBytes;
        if (_running > 0 && _relieved == 0)
        {
            if (_hostHardLimit == 0 || _hostHardLimit > limit) _ = raw.sqlite3_hard_heap_limit64(limit);
            return;
        }
        _ = raw.sqlite3_hard_heap_limit64(_hostHardLimit);
        _ = raw.sqlite3_soft_heap_limit64(_hostSoftLimit);
    }

    private sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
