namespace Sluice.CrashTests.Ledgers;

/// <summary>What was done in the world, or what a person decided.</summary>
internal sealed record LedgerLine
{
    public required LedgerLineKind Kind { get; init; }

    /// <summary>The idempotency key, the request's id, or the run's.</summary>
    public required string Key { get; init; }

    /// <summary>What was done, or what was asked.</summary>
    public required string Step { get; init; }

    /// <summary>The run that did it.</summary>
    public string? RunId { get; init; }

    /// <summary>What came of it, or the answer.</summary>
    public required string Value { get; init; }

    /// <summary>Who wrote it.</summary>
    public int ProcessId { get; init; } = Environment.ProcessId;
}
