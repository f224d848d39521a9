using System.Text.Json;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>Measures nesting without recursing deeper than it is allowed to be.</summary>
internal static class NestingDepth
{
    public static bool Exceeds(JsonElement value, int limit) => value.ValueKind switch
    {
        JsonValueKind.Object => limit == 0 || value.EnumerateObject().Any(property => Exceeds(property.Value, limit - 1)),
        JsonValueKind.Array => limit == 0 || value.EnumerateArray().Any(item => Exceeds(item, limit - 1)),
        _ => false,
    };
}
