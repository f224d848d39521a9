namespace Sluice;

/// <summary>One place where a run's records are not as they were written, or do not agree with each other.</summary>
public sealed record AuditProblem
{
    /// <summary>The journal entry at which it shows, from 1; 0: the run's row.</summary>
    public required long Sequence { get; init; }

    /// <summary>What is wrong: one of <see cref="AuditProblemCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What was found, as a full sentence for a person.</summary>
    public required string Message { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Sequence}: {Code}: {Message}";
}
