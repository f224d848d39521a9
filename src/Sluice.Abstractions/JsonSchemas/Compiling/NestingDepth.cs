using System.Text.Json;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>Measures nesting without recursing deeper than it is allowed to be.</summary>
internal static class NestingDepth
{
    public static bool Exceeds(JsonElement value, int limit)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return false;
        return limit == 0 || (value.ValueKind == JsonValueKind.Object ? PropertiesExceed(value, limit - 1) : ItemsExceed(value, limit - 1));
    }

    private static bool PropertiesExceed(JsonElement value, int limit)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (Exceeds(property.Value, limit)) return true;
        }
        return false;
    }

    private static bool ItemsExceed(JsonElement value, int limit)
    {
        foreach (var item in value.EnumerateArray())
        {
            if (Exceeds(item, limit)) return true;
        }
        return false;
    }
}
