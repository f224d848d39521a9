using System.Text.Json.Nodes;

namespace Sluice;

/// <summary>Reads the <c>type</c> keyword, which is a name or a list of names.</summary>
internal static class SchemaType
{
    public static bool Allows(JsonObject schema, params ReadOnlySpan<string> types)
    {
        foreach (var type in types)
        {
            if (Names(schema).Contains(type, StringComparer.Ordinal)) return true;
        }
        return false;
    }

    public static IEnumerable<string> Names(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => several.Select(name => (string?)name).OfType<string>(),
        JsonValue single => [(string)single!],
        _ => [],
    };
}
