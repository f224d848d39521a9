namespace Sluice.Runtime.Memory;

/// <summary>Wakes whoever waits for a change. It costs one reference until somebody waits. Mutable: never copy it.</summary>
/// <remarks>A waiter takes <see cref="Next"/> first and looks for the change after that; a writer makes the change first and raises then.</remarks>
internal struct Signal
{
    private TaskCompletionSource? _source;

    public Task Next()
    {
        if (Volatile.Read(ref _source) is { } existing) return existing.Task;
        var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _source, created, comparand: null) ?? created).Task;
    }

    public void Raise() => Interlocked.Exchange(ref _source, value: null)?.TrySetResult();
}
