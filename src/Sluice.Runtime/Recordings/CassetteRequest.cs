using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>A request as recordings know it: without what differs from run to run.</summary>
internal sealed class CassetteRequest
{
    private const int HashDigits = 16;

    private CassetteRequest(JsonElement json, Placeholders placeholders)
    {
        Json = json;
        Placeholders = placeholders;
        Key = KeyOf(json);
        Messages = [.. json.GetProperty("messages").EnumerateArray().Select(message => new CassetteDefinition(HashOf(message), "message", message))];
        Tools = json.TryGetProperty("tools", out var tools) ? new(HashOf(tools), "tools", tools) : null;
    }

    /// <summary>The whole request.</summary>
    public JsonElement Json { get; }

    /// <summary>What was replaced in it.</summary>
    public Placeholders Placeholders { get; }

    /// <summary>SHA-256, in hex, of its canonical JSON.</summary>
    public string Key { get; }

    public IReadOnlyList<CassetteDefinition> Messages { get; }

    public CassetteDefinition? Tools { get; }

    public static CassetteRequest Of(IEnumerable<ChatMessage> messages, ChatOptions? options, ValuePatterns patterns)
    {
        var placeholders = new Placeholders(patterns);
        var json = Write(placeholders, isRequest: true, writer => RequestJson.Write(writer, messages, options));
        return new(json, placeholders);
    }

    public static JsonElement Write(Placeholders placeholders, bool isRequest, Action<MaskedJson> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(new(writer, placeholders, isRequest));
        return JsonElement.Parse(buffer.WrittenSpan, CassetteLines.Reading);
    }

    private static string KeyOf(JsonElement json) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Placeholders.WithoutVolatileNumbers(CanonicalJson.ToText(json)))));

    private static string HashOf(JsonElement part) => CanonicalJson.Sha256Hex(part)[..HashDigits];
}
