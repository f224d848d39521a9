namespace Sluice;

/// <summary>How an <see cref="AnthropicChatClient"/> works. The client takes a copy.</summary>
public sealed class AnthropicChatClientOptions
{
    /// <summary>Anthropic's own endpoint.</summary>
    public static Uri DefaultBaseUrl { get; } = new("https://api.anthropic.com");

    /// <summary>The key. It reaches no log, exception or trace.</summary>
    public required string ApiKey { get; init; }

    /// <summary>The endpoint, without <c>/v1/messages</c>. Default: <c>https://api.anthropic.com</c>.</summary>
    public Uri BaseUrl { get; init; } = DefaultBaseUrl;

    /// <summary>
    /// The version of the API, sent as <c>anthropic-version</c>. Default: <c>2023-06-01</c>. From <c>2026-10-21</c> on the API refuses
    /// temperature, top-p and top-k, and the client leaves them out.
    /// </summary>
    public string Version { get; init; } = "2023-06-01";

    /// <summary>Headers to add to every request. They win over the client's own. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The model where a call names none. Default: null, and every call must name one.</summary>
    public string? DefaultModelId { get; init; }

    /// <summary>
    /// The most tokens of an answer where a call does not say, at least 1; a budget for thinking comes on top. Default: 32 000, which every
    /// model since Claude 4 can write.
    /// </summary>
    public int DefaultMaxTokens { get; init; } = 32_000;

    /// <summary>
    /// Whether the prefix of a request is marked for the prompt cache: after the tools, the system prompt, the previous user message and the
    /// last message. Default: true.
    /// </summary>
    public bool UsePromptCaching { get; init; } = true;

    /// <summary>The HTTP client of the host; it is not disposed. Default: null, one of the client's own that follows no redirect.</summary>
    public HttpClient? HttpClient { get; init; }

    /// <summary>The clock that dates in <c>retry-after</c> are compared with. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
