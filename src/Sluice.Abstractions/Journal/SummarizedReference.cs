using System.Text.Json;

namespace Sluice.Journal;

/// <summary>A reference that folded history mentions.</summary>
public sealed record SummarizedReference
{
    /// <summary>The kind; null when only the id was mentioned and no value is stored under it.</summary>
    public string? Kind { get; init; }

    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The glimpse; null when it is large, or the value is gone.</summary>
    public JsonElement? Glimpse { get; init; }
}
