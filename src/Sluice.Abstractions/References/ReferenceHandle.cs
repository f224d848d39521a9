using System.Text.Json;

namespace Sluice;

/// <summary>A typed handle to a stored value: what prompts, plans and events carry in the value's place.</summary>
public sealed record ReferenceHandle
{
    private const string IdPrefix = "ref-";
    private const int IdLength = 36;

    /// <summary>The reference kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The content-addressed id: <c>ref-</c> and 32 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>The handle that a JSON object is; null when it is none. A model may pass on all of an envelope, so other members do not matter.</summary>
    public static ReferenceHandle? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("kind", out var kind) || kind.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String)
            return null;
        var text = id.GetString()!;
        return text.Length == IdLength && text.StartsWith(IdPrefix, StringComparison.Ordinal) ? new() { Kind = kind.GetString()!, Id = text } : null;
    }
}
