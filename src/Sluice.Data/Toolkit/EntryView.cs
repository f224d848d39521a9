using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Data.Toolkit;

/// <summary>An entry as models get it: what is empty is left out.</summary>
internal static class EntryView
{
    public static JsonElement Of(CatalogEntry entry)
    {
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
}
