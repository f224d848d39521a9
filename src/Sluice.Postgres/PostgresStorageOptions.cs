namespace Sluice;

/// <summary>How <see cref="PostgresStorage"/> uses its database.</summary>
public sealed record PostgresStorageOptions
{
    /// <summary>The database schema that holds the tables: small letters, digits and underscores, at most 63, no digit first. Default: <c>sluice</c>.</summary>
    public string Schema { get; init; } = "sluice";

    /// <summary>
    /// Whether a waiting process listens for what others write. Default: true. Turn it off behind a pooler that hands out a connection for one
    /// transaction, such as PgBouncer: waiting then rests on <see cref="PollInterval"/> alone.
    /// </summary>
    public bool UseNotifications { get; init; } = true;

    /// <summary>How often a process that waits looks for what others wrote, notified or not. 10 ms to 1 h. Default: 1 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long an operation tries again while the server is away, before it fails with <see cref="ErrorCodes.StoreUnavailable"/>. 0 to 1 h.
    /// Default: 30 s.
    /// </summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(30);
}
