using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Data.Knowledge;

namespace Sluice.Data.Toolkit;

/// <summary>An entry as models get it: what is empty is left out, and what documents say stands apart, in its beginning only.</summary>
internal static class EntryView
{
    private const int LongestBeginning = 600;

    public static JsonElement Of(CatalogEntry entry)
    {
        if (DocumentFacts.IsUntrusted(entry)) return Apart(entry);
        var view = JsonObject.Create(CompactJson.Of(entry))!;
        foreach (var name in (string[])["content", "tags", "related"])
        {
            if (view[name] is JsonArray { Count: 0 } || (view[name] is JsonValue text && text.GetValue<string>().Length == 0)) view.Remove(name);
        }

        if (view["metadata"] is JsonObject metadata)
        {
            if (metadata["extra"] is JsonObject { Count: 0 }) metadata.Remove("extra");
            if (metadata.Count == 0) view.Remove("metadata");
        }

        return JsonSerializer.SerializeToElement(view);
    }

    private static JsonElement Apart(CatalogEntry entry)
    {
        var isLong = entry.Content.Length > LongestBeginning;
        return CompactJson.Of(new
        {
            id = entry.Id,
            itemType = entry.ItemType,
            related = CompactJson.OrNull(entry.Related),
            note = isLong ? $"{CompactJson.UntrustedNote} Read all of it with get_document." : CompactJson.UntrustedNote,
            untrustedData = new
            {
                name = entry.Name,
                qualifiedName = entry.QualifiedName,
                content = isLong ? $"{Excerpts.Cut(entry.Content, LongestBeginning)}…" : entry.Content,
                tags = CompactJson.OrNull(entry.Tags),
                metadata = entry.Metadata,
            },
        });
    }
}
