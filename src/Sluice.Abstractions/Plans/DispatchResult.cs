using System.Text.Json;

namespace Sluice;

/// <summary>What applying a plan changed.</summary>
public sealed record DispatchResult
{
    /// <summary>How many things were changed, 0 or more.</summary>
    public required long EntitiesAffected { get; init; }

    /// <summary>A sentence for people and models.</summary>
    public string? Summary { get; init; }

    /// <summary>Anything more, as JSON.</summary>
    public JsonElement? Details { get; init; }
}
