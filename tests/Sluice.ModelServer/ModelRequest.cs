using System.Text.Json;

namespace Sluice.ModelServer;

/// <summary>A request as it came.</summary>
public sealed record ModelRequest
{
    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Its path, such as <c>/v1/messages</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Its headers.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Its body.</summary>
    public required ReadOnlyMemory<byte> Utf8Body { get; init; }

    /// <summary>Its body as JSON.</summary>
    public JsonElement Body => JsonElement.Parse(Utf8Body.Span);
}
