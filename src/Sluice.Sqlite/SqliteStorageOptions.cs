namespace Sluice;

/// <summary>How a <see cref="SqliteStorage"/> works.</summary>
public sealed record SqliteStorageOptions
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    /// <summary>What a completed write survives. Default: <see cref="SqliteSynchronous.Normal"/>.</summary>
    public SqliteSynchronous Synchronous { get; init; }

    /// <summary>How long to wait for another process that holds the file, up to a day. Default: 10 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than a day.</exception>
    public TimeSpan BusyTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestTimeout);
            field = value;
        }
    } = TimeSpan.FromSeconds(10);
}
