using Microsoft.Extensions.AI;

namespace Sluice;

/// <summary>Which model answers for an agent.</summary>
public sealed record ModelSpec
{
    /// <summary>The provider's model id, such as <c>claude-sonnet-4-6</c>. Non-blank.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the provider that serves it; null: found by id prefix, else the only provider.</summary>
    public string? Provider { get; init; }

    /// <summary>Models to try in order when this one fails after its retries. Default: none.</summary>
    public IReadOnlyList<ModelSpec> Fallbacks { get; init; } = [];

    /// <summary>How much the model reasons before it answers; null: the provider's default.</summary>
    public ReasoningEffort? Reasoning { get; init; }

    /// <summary>The most tokens of one answer, at least 1; null: what the table of models says, else the provider's default.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>A plain string stands for a model id.</summary>
    public static implicit operator ModelSpec(string id) => FromString(id);

    /// <summary>A model by its id alone.</summary>
    public static ModelSpec FromString(string id) => new() { Id = id };
}
