using Microsoft.Extensions.AI;
using Sdk = global::Anthropic;

namespace Sluice.Anthropic.Tests.Wire;

/// <summary>The two clients over one handler: ours and the official SDK's.</summary>
internal static class Clients
{
    /// <summary>A key that must show up nowhere but in its header.</summary>
    public const string Key = "sk-ant-planted-0123456789";

    public const string Model = "claude-sonnet-4-6";

    public static AnthropicChatClient Ours(HttpMessageHandler handler, bool usePromptCaching = false, string version = "2023-06-01", TimeProvider? time = null) => new(new()
    {
        ApiKey = Key,
        DefaultModelId = Model,
        UsePromptCaching = usePromptCaching,
        Version = version,
        HttpClient = new(handler),
        TimeProvider = time ?? TimeProvider.System,
    });

    public static AnthropicChatClient To(Uri address, IReadOnlyDictionary<string, string>? headers = null) => new(new()
    {
        ApiKey = Key,
        BaseUrl = address,
        DefaultModelId = Model,
        Headers = headers ?? new Dictionary<string, string>(),
    });

    public static IChatClient Oracle(HttpMessageHandler handler, AnthropicThinkingMode thinking = AnthropicThinkingMode.Adaptive) =>
        new Sdk.AnthropicClient { ApiKey = Key, BaseUrl = "http://localhost:1", HttpClient = new(handler), MaxRetries = 0 }.AsIChatClient(Model, 32_000, thinking);
}
