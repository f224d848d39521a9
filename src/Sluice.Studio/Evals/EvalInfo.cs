namespace Sluice.Studio.Evals;

/// <summary>An eval that was begun here.</summary>
internal sealed record EvalInfo
{
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    public required string Dataset { get; init; }

    /// <summary>How many cases it has.</summary>
    public required int Cases { get; init; }

    public required EvalState State { get; init; }

    /// <summary>The job that tells its progress. Jobs are forgotten when the server starts anew.</summary>
    public required string JobId { get; init; }

    public required bool UseScripts { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What it comes to; null while it is not completed.</summary>
    public EvalSummary? Summary { get; init; }

    /// <summary>Why it failed.</summary>
    public ErrorInfo? Error { get; init; }
}
