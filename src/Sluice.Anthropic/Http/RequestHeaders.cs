using System.Net.Http.Headers;
using Sluice.Anthropic.Requests;

namespace Sluice.Anthropic.Http;

/// <summary>The headers of every request.</summary>
internal static class RequestHeaders
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public static List<KeyValuePair<string, string>> Of(AnthropicChatClientOptions options)
    {
        CheckKey(options.ApiKey);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["x-api-key"] = options.ApiKey,
            ["anthropic-version"] = options.Version,
            ["user-agent"] = "Sluice",
        };
        foreach (var (name, value) in options.Headers)
        {
            CheckHeader(name, value);
            headers[name] = value;
        }

        return [.. headers];
    }

    public static void Add(HttpRequestMessage request, RequestBody body, List<KeyValuePair<string, string>> headers)
    {
        body.Headers.ContentType = Json;
        foreach (var (name, value) in headers)
        {
            if (request.Headers.TryAddWithoutValidation(name, value)) continue;
            body.Headers.Remove(name);
            body.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static void CheckHeader(string name, string value)
    {
        using var request = new HttpRequestMessage();
        using var content = new ByteArrayContent([]);
        var canBeSent = request.Headers.TryAddWithoutValidation(name, value) || content.Headers.TryAddWithoutValidation(name, value);
        if (!canBeSent || value.AsSpan().ContainsAny('\r', '\n', '\0'))
            throw new ArgumentException($"The header '{name}' has a name or a value that HTTP cannot carry.", nameof(value));
    }

    /// <summary>A key with a line break from a file would fail in the handler with a message that nobody controls.</summary>
    private static void CheckKey(string key)
    {
        if (string.IsNullOrWhiteSpace(key)) throw new ArgumentException("The key of Anthropic is blank.", nameof(key));
        if (key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException("The key of Anthropic holds a space, a line break or another character that a header cannot carry.", nameof(key));
    }
}
