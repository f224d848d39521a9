using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Sluice.Json;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>Looks through a document before anything else does: nothing nests too deep, and all text is valid Unicode.</summary>
internal static class WellFormedness
{
    /// <summary>What is wrong with the document, or null.</summary>
    public static string? FindFault(JsonElement document, int maxDepth) => FindFault(document, maxDepth, maxDepth);

    private static string? FindFault(JsonElement value, int levels, int maxDepth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return IsValid(JsonText.RawOf(value)) ? null : "The schema contains text that is not valid Unicode.";
            case JsonValueKind.Object or JsonValueKind.Array when levels == 0:
                return $"The schema is nested more than {maxDepth} levels deep.";
            case JsonValueKind.Object:
                return FindFaultInObject(value, levels - 1, maxDepth);
            case JsonValueKind.Array:
                return FindFaultInArray(value, levels - 1, maxDepth);
            default:
                return null;
        }
    }

    private static string? FindFaultInObject(JsonElement value, int levels, int maxDepth)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (!IsValid(JsonMarshal.GetRawUtf8PropertyName(property)))
            {
                return "The schema contains a property name that is not valid Unicode.";
            }
            if (FindFault(property.Value, levels, maxDepth) is { } fault) return fault;
        }
        return null;
    }

    private static string? FindFaultInArray(JsonElement value, int levels, int maxDepth)
    {
        foreach (var item in value.EnumerateArray())
        {
            if (FindFault(item, levels, maxDepth) is { } fault) return fault;
        }
        return null;
    }

    private static bool IsValid(ReadOnlySpan<byte> raw)
    {
        using var text = new UnescapedText(raw);
        return Utf8.IsValid(text.Utf8);
    }
}
