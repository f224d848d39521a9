using System.Text.Json;
using Sluice.Json;

namespace Sluice;

/// <summary>What an action, or a plan as a whole, changed.</summary>
public sealed record ActionResult
{
    /// <summary>How many things were changed, 0 or more.</summary>
    public required long EntitiesAffected { get; init; }

    /// <summary>A sentence for people and models.</summary>
    public string? Summary { get; init; }

    /// <summary>Anything more, as JSON.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>A result that changed <paramref name="count"/> things.</summary>
    /// <param name="count">How many, 0 or more.</param>
    /// <param name="summary">A sentence for people and models.</param>
    /// <param name="details">Anything more; written as camelCase JSON.</param>
    public static ActionResult Affected(long count, string? summary = null, object? details = null) => new()
    {
        EntitiesAffected = count,
        Summary = summary,
        Details = details is null ? null : JsonSerializer.SerializeToElement(details, SluiceJson.Options),
    };
}
