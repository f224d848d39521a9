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
        Messages = Chain(json.GetProperty("messages"));
        Tools = json.TryGetProperty("tools", out var tools) ? new(HashOf(tools, null), CassetteDefinition.Tools, tools, null) : null;
    }

    /// <summary>The whole request.</summary>
    public JsonElement Json { get; }

    /// <summary>What was replaced in it.</summary>
    public Placeholders Placeholders { get; }

    /// <summary>SHA-256, in hex, of its canonical JSON.</summary>
    public string Key { get; }

    /// <summary>The messages, each with the hash of the conversation up to it.</summary>
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

    private static List<CassetteDefinition> Chain(JsonElement messages)
    {
        var chain = new List<CassetteDefinition>(messages.GetArrayLength());
        string? after = null;
        foreach (var message in messages.EnumerateArray())
        {
            var hash = HashOf(message, after);
            chain.Add(new(hash, CassetteDefinition.Message, message, after));
            after = hash;
        }

        return chain;
    }

    private static string HashOf(JsonElement part, string? after) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{after}\n{CanonicalJson.ToText(part)}")))[..HashDigits];
}
