namespace Sluice.Sqlite.Connections;

/// <summary>Looks every now and then whether another process wrote, as long as somebody waits. Its lock guards the count.</summary>
internal sealed class ChangePoll : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private int _interested;

    // The other process's writes come by the clock on the wall, whatever clock a runtime works with.
    public ChangePoll(Action poll) =>
        _timer = TimeProvider.System.CreateTimer(_ => poll(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void OnWaiting(bool isAnybody)
    {
        lock (_lock)
        {
            _interested += isAnybody ? 1 : -1;
            if (isAnybody && _interested == 1) _timer.Change(Interval, Interval);
            if (!isAnybody && _interested == 0) _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();
}
