namespace Sluice;

/// <summary>How a <see cref="RedisDataProvider"/> works.</summary>
public sealed record RedisDataProviderOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>How long to wait for a connection, up to an hour. Default: 5 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than an hour.</exception>
    public TimeSpan ConnectTimeout { get; init => field = Check(value); } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long to wait for an answer, the wait for a connection that broke included, up to an hour; one that is sent twice may take twice as long.
    /// Default: 15 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than an hour.</exception>
    public TimeSpan OperationTimeout { get; init => field = Check(value); } = TimeSpan.FromSeconds(15);

    private static TimeSpan Check(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Longest);
        return value;
    }
}
