using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Journal;

namespace Sluice.Runtime.Audit;

/// <summary>Tells what a tool gave back, without the values behind references.</summary>
internal static class Results
{
    public static string Tell(ToolCompletedData tool)
    {
        var result = tool.Result ?? default;
        // Pages and glimpses are parts of a stored value.
        if (tool.ToolName is BuiltInTools.ResolveRef or BuiltInTools.GlimpseRef)
            return $"{JsonMarshal.GetRawUtf8Value(result).Length} bytes of a stored value";
        if (result.ValueKind != JsonValueKind.Object) return Words.Of(result);
        var stored = result.TryGetProperty("reference", out var inside) ? inside : result;
        return HandleOf(stored) is { } handle ? $"{Words.Plain(handle.Kind)} {Words.Plain(handle.Id)}" : Words.Of(result);
    }

    private static ReferenceHandle? HandleOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String
        && value.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
        && id.GetString()!.StartsWith("ref-", StringComparison.Ordinal)
            ? new() { Kind = kind.GetString()!, Id = id.GetString()! }
            : null;
}
