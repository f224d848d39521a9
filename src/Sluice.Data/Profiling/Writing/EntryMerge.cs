using System.Text.Json;

namespace Sluice.Data.Profiling.Writing;

/// <summary>Brings what profiling found together with what stands in the catalog, so that what people and models wrote is kept.</summary>
internal static class EntryMerge
{
    /// <summary>Whether profiling wrote an entry; it removes no others.</summary>
    public static bool IsOurs(CatalogEntry entry) =>
        entry.Metadata.Extra.TryGetValue(ProfileEntries.Source, out var source) && source.ValueKind == JsonValueKind.String && source.GetString() == ProfileEntries.Profiling;

    /// <summary>The new entry with the tags, the description, the references and the other facts that the old one has from elsewhere.</summary>
    public static CatalogEntry Merge(CatalogEntry found, CatalogEntry stored)
    {
        var extra = found.Metadata.Extra.Concat(stored.Metadata.Extra.Where(member => !IsOfProfiling(member.Key) && !found.Metadata.Extra.ContainsKey(member.Key)));
        return found with
        {
            Content = IsAuthored(stored) ? stored.Content : found.Content,
            Tags = stored.Tags.Count > 0 ? stored.Tags : found.Tags,
            Related = [.. found.Related.Union(stored.Related)],
            Metadata = found.Metadata with
            {
                DocumentId = stored.Metadata.DocumentId,
                Extra = extra.OrderBy(member => member.Key, StringComparer.Ordinal).ToDictionary(member => member.Key, member => member.Value),
            },
        };
    }

    /// <summary>Whether somebody described it: what it says is neither the database's own comment nor nothing.</summary>
    private static bool IsAuthored(CatalogEntry stored)
    {
        // What is wrong with the data is told anew each time.
        if (stored.Content.Length == 0 || (stored.ItemType == CatalogItemType.DataQualityFinding && IsOurs(stored))) return false;
        var isComment = stored.Metadata.Extra.TryGetValue(ProfileEntries.Comment, out var comment) && comment.ValueKind == JsonValueKind.String && comment.GetString() == stored.Content;
        return !isComment;
    }

    /// <summary>Facts that profiling tells anew each time, or that no longer hold.</summary>
    private static bool IsOfProfiling(string member) => member is
        ProfileEntries.Source or ProfileEntries.Signature or ProfileEntries.Comment or "ordinal" or "rule" or "count" or "share" or "examples" or "query" or "relationsSignature"
        or "orphanRate" or "orphanCount" or "maxFanOut" or "meanFanOut" or "evidence" or "confidence" or "cardinality";
}
