using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sluice.Runtime.Memory;

/// <summary>Copies of JSON that outlive the document they came from, and keep no more of it than themselves.</summary>
internal static class OwnedJson
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    public static JsonElement Owned(this JsonElement element) => element.ValueKind == JsonValueKind.Undefined
        ? element
        : JsonElement.Parse(JsonMarshal.GetRawUtf8Value(element), AnyDepth);

    public static JsonElement? Owned(this JsonElement? element) => element is { } value ? Owned(value) : null;
}
