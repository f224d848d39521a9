using System.Text.Json;
using Sluice.Data.Profiling.Writing;

namespace Sluice.Data.Enrichment;

/// <summary>What a model wrote about an entry, kept beside what the entry says.</summary>
internal sealed record EnrichedFacts
{
    private const string Member = "enrichment";

    public string Source { get; init; } = "model";

    public string? Model { get; init; }

    /// <summary>What it was told, as a hash. Of tables only.</summary>
    public string? Signature { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string>? Synonyms { get; init; }

    public string? Grain { get; init; }

    public string? Unit { get; init; }

    /// <summary>What is kept of an entry; null when no model wrote about it.</summary>
    public static EnrichedFacts? Of(CatalogEntry entry) =>
        entry.Metadata.Extra.TryGetValue(Member, out var value) ? ProfileJson.Read<EnrichedFacts>(value) : null;

    /// <summary>What the entry says that no model wrote.</summary>
    public static string AuthoredContent(CatalogEntry entry) => Of(entry)?.Description == entry.Content ? "" : entry.Content;

    /// <summary>The entry with what a model wrote; what people or the database said stays.</summary>
    public CatalogEntry AddTo(CatalogEntry entry)
    {
        var before = Of(entry);
        var hasOwnTags = entry.Tags.Count > 0 && !entry.Tags.SequenceEqual(before?.Synonyms ?? []);
        var extra = entry.Metadata.Extra.Where(member => member.Key != Member).Append(new(Member, ProfileJson.Of(this)))
            .OrderBy(member => member.Key, StringComparer.Ordinal);
        return entry with
        {
            Content = AuthoredContent(entry) is { Length: > 0 } authored ? authored : Description ?? "",
            Tags = hasOwnTags ? entry.Tags : Synonyms ?? [],
            Metadata = entry.Metadata with { Extra = extra.ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal) },
        };
    }
}
