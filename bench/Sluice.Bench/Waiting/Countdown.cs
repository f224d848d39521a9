namespace Sluice.Bench.Waiting;

/// <summary>Completes when everybody has arrived.</summary>
internal sealed class Countdown(int count)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrived;

    public Task Done => _done.Task;

    /// <summary>Counts one more, and tells which it is, from 0.</summary>
    public int Arrive()
    {
        var arrived = Interlocked.Increment(ref _arrived);
        if (arrived == count) _done.TrySetResult();
        return arrived - 1;
    }

    /// <summary>Not everybody will arrive.</summary>
    public void Fail(Exception exception) => _done.TrySetException(exception);
}
