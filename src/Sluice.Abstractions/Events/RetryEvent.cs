namespace Sluice;

/// <summary>A model call is tried again. Text of the turn that was streamed before is void.</summary>
public sealed record RetryEvent : RuntimeEvent
{
    /// <summary>The provider; null when the call itself was interrupted.</summary>
    public string? Provider { get; init; }

    /// <summary>The attempt that begins, from 2.</summary>
    public required int Attempt { get; init; }

    /// <summary>Why the last one failed.</summary>
    public required string Reason { get; init; }

    /// <summary>The pause before it, in milliseconds.</summary>
    public required long DelayMs { get; init; }
}
