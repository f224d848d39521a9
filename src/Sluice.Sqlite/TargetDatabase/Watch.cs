using Sluice.Data;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>Ends a statement that takes too long or too much memory, or that nobody waits for any more. The engine asks it while it works.</summary>
internal sealed class Watch : IDisposable
{
    /// <summary>Steps of the engine's program between two looks: two calls may each have made a value of the largest size.</summary>
    public const int Steps = 100;

    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly GuardLayers _layers;
    private readonly long _start;
    private string? _reason;
    private int _isDisposed;

    public Watch(TimeProvider time, TimeSpan timeout, GuardLayers layers)
    {
        (_time, _timeout, _layers, _start) = (time, timeout, layers, time.GetTimestamp());
        if (layers.HasFlag(GuardLayers.Memory)) EngineMemory.Instance.Enter();
    }

    /// <summary>Of the call that waits now.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Called by the engine; not 0 ends the statement.</summary>
    public int Look(object? data)
    {
        _reason ??= Reason();
        return _reason is null ? 0 : 1;
    }

    /// <summary>Requires that the statement may go on.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    /// <exception cref="QueryException">It took too long or too much.</exception>
    public void ThrowIfOver()
    {
        if (Look(null) == 0) return;
        CancellationToken.ThrowIfCancellationRequested();
        throw _reason == ErrorCodes.QueryTimeout
            ? new QueryException(ErrorCodes.QueryTimeout, "timeout", $"The query took longer than {_timeout.TotalSeconds:0.###} seconds and was ended. Read fewer rows, filter earlier, or aggregate.")
            : new QueryException(ErrorCodes.QueryFailed, "memory", "The query took more memory than queries may and was ended. Sort or group fewer rows, or shorter values.") { Retryable = true };
    }

    /// <summary>Waits for the turn to compile; to be disposed when it is compiled.</summary>
    public IDisposable? Compile() => _layers.HasFlag(GuardLayers.Memory) ? EngineMemory.Instance.Compile(ThrowIfOver) : null;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0 && _layers.HasFlag(GuardLayers.Memory)) EngineMemory.Instance.Leave(this);
    }

    private string? Reason()
    {
        if (_layers.HasFlag(GuardLayers.Time))
        {
            if (CancellationToken.IsCancellationRequested) return ErrorCodes.Cancelled;
            if (_time.GetElapsedTime(_start) > _timeout) return ErrorCodes.QueryTimeout;
        }
        return _layers.HasFlag(GuardLayers.Memory) && EngineMemory.Instance.MustEnd(this) ? ErrorCodes.QueryFailed : null;
    }
}
