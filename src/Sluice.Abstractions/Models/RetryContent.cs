using Microsoft.Extensions.AI;

namespace Sluice.Models;

/// <summary>Part of a streamed answer that says: the call is made again, and everything of this answer that came before is void.</summary>
public sealed class RetryContent : AIContent
{
    /// <summary>The provider that failed, by its name in the spec.</summary>
    public required string Provider { get; init; }

    /// <summary>The model that is asked now, which may be a fallback.</summary>
    public required string ModelId { get; init; }

    /// <summary>The attempt that begins, from 2, counted over all providers.</summary>
    public required int Attempt { get; init; }

    /// <summary>Why the last one failed.</summary>
    public required ErrorInfo Reason { get; init; }

    /// <summary>The pause before it.</summary>
    public required TimeSpan Delay { get; init; }
}
