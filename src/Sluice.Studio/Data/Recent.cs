namespace Sluice.Studio.Data;

/// <summary>
/// Something that takes long to read, as it was a moment ago: read once for all who ask at the same time, and again behind their backs when it has
/// become old.
/// </summary>
internal sealed class Recent<T>
    where T : class
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Usable = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Task<T>? _reading;
    private T? _value;
    private long _since;
    private int _changes;

    /// <summary>It, at most a minute old.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="read">Reads it. Others may wait for it too, so that it does not end with one caller.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<T> GetAsync(TimeProvider time, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var age = time.GetElapsedTime(_since);
            if (_value is { } fresh && age <= Fresh) return Task.FromResult(fresh);
            var changes = _changes;
            _reading ??= Task.Run(() => ReadAsync(time, read, changes), CancellationToken.None);
            return _value is { } usable && age <= Usable ? Task.FromResult(usable) : _reading.WaitAsync(cancellationToken);
        }
    }

    /// <summary>It was changed: whoever asks next waits until it is read anew.</summary>
    public void Forget()
    {
        lock (_lock) (_reading, _value, _changes) = (null, null, _changes + 1);
    }

    private async Task<T> ReadAsync(TimeProvider time, Func<Task<T>> read, int changes)
    {
        try
        {
            var since = time.GetTimestamp();
            var value = await read().ConfigureAwait(false);
            // What was begun before a change says nothing about it.
            lock (_lock)
            {
                if (_changes == changes) (_value, _since) = (value, since);
            }

            return value;
        }
        finally
        {
            lock (_lock)
            {
                if (_changes == changes) _reading = null;
            }
        }
    }
}
