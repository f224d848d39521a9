using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Json;

namespace Sluice.Data.Reading;

/// <summary>Reads entries of a catalog from what people write.</summary>
internal static class EntryReader
{
    private static readonly string[] EntryKeys = KeysOf<CatalogEntry>();
    private static readonly string[] MetadataKeys = KeysOf<CatalogMetadata>();
    private static readonly string[] ReferenceKeys = KeysOf<CatalogReference>();

    public static IReadOnlyList<CatalogEntry> Read(IReadOnlyList<JsonElement> items, string path, SettingsProblems problems)
    {
        var entries = new List<CatalogEntry>();
        for (var i = 0; i < items.Count; i++)
        {
            // One that cannot be read still takes its place, so that what is said of the others names theirs.
            entries.Add(Read(items[i], $"{path}[{i}]", problems) ?? Unreadable(i));
        }

        return entries;
    }

    private static CatalogEntry Unreadable(int index) =>
        new() { Id = $"unreadable-{index}", ItemType = CatalogItemType.Document, Name = "unreadable", QualifiedName = "unreadable" };

    /// <summary>Reads one entry; null, with the problems reported, when it cannot be read.</summary>
    public static CatalogEntry? Read(JsonElement item, string path, SettingsProblems problems)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            problems.Add(SpecErrorCodes.WrongType, path, "An entry of a catalog is an object.");
            return null;
        }

        var entry = InCamelCase(item, EntryKeys, path, problems);
        if (item.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object)
            entry["metadata"] = InCamelCase(metadata, MetadataKeys, $"{path}.metadata", problems);
        if (item.TryGetProperty("related", out var related) && related.ValueKind == JsonValueKind.Array)
        {
            entry["related"] = new JsonArray([.. related.EnumerateArray().Select((reference, i) => reference.ValueKind == JsonValueKind.Object
                ? (JsonNode?)InCamelCase(reference, ReferenceKeys, $"{path}.related[{i}]", problems) : JsonNode.Parse(reference.GetRawText()))]);
        }

        try
        {
            return entry.Deserialize<CatalogEntry>(SluiceJson.Options);
        }
        catch (JsonException exception)
        {
            var place = exception.Path is { Length: > 2 } inner ? $"{path}{inner[1..]}" : path;
            problems.Add(
                SpecErrorCodes.InvalidValue, place,
                "The entry cannot be read: it needs \"id\", \"itemType\", \"name\" and \"qualifiedName\", and every value of its kind. "
                + $"Item types: {string.Join(", ", Enum.GetValues<CatalogItemType>().Select(type => JsonSerializer.Serialize(type, SluiceJson.Options).Trim('"')))}.");
            return null;
        }
    }

    private static JsonObject InCamelCase(JsonElement item, string[] known, string path, SettingsProblems problems)
    {
        var result = new JsonObject();
        foreach (var member in item.EnumerateObject())
        {
            var name = known.FirstOrDefault(key => key == member.Name || JsonNamingPolicy.SnakeCaseLower.ConvertName(key) == member.Name);
            if (name is null) problems.AddUnknownKey(path, member.Name, known);
            else if (!result.TryAdd(name, JsonNode.Parse(member.Value.GetRawText())))
                problems.Add(SpecErrorCodes.DuplicateProperty, $"{path}.{name}", $"\"{name}\" is given twice, once as \"{member.Name}\". Keep one.");
        }

        return result;
    }

    private static string[] KeysOf<T>() => [.. SluiceJson.Options.GetTypeInfo(typeof(T)).Properties.Select(property => property.Name)];
}
