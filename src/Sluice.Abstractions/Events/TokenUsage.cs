using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>Tokens as the provider counted them.</summary>
public sealed record TokenUsage
{
    /// <summary>No tokens.</summary>
    public static TokenUsage Zero { get; } = new();

    /// <summary>Tokens sent to the model, cached ones included.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens the model wrote, reasoning included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Input tokens that were read from the provider's prompt cache.</summary>
    public long CacheReadTokens { get; init; }

    /// <summary>Input tokens that were written to the provider's prompt cache.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Output tokens that were reasoning.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Input and output together.</summary>
    [JsonPropertyOrder(1)]
    public long TotalTokens => InputTokens + OutputTokens;

    /// <summary>Both together.</summary>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (ReferenceEquals(left, Zero)) return right;
        if (ReferenceEquals(right, Zero)) return left;
        return new()
        {
            InputTokens = left.InputTokens + right.InputTokens,
            OutputTokens = left.OutputTokens + right.OutputTokens,
            CacheReadTokens = left.CacheReadTokens + right.CacheReadTokens,
            CacheWriteTokens = left.CacheWriteTokens + right.CacheWriteTokens,
            ReasoningTokens = left.ReasoningTokens + right.ReasoningTokens,
        };
    }

    /// <summary>Both together.</summary>
    public static TokenUsage Add(TokenUsage left, TokenUsage right) => left + right;
}
