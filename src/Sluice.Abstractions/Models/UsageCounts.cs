using Microsoft.Extensions.AI;

namespace Sluice.Models;

/// <summary>Names of counts in <see cref="UsageDetails.AdditionalCounts"/>, for what the type has no member for.</summary>
public static class UsageCounts
{
    /// <summary>Input tokens that were written to the provider's prompt cache. They are part of <see cref="UsageDetails.InputTokenCount"/>.</summary>
    public const string CacheWriteTokens = "CacheWriteTokens";
}
