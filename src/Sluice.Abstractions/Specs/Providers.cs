namespace Sluice;

/// <summary>Makes the <c>providers</c> of a runtime spec.</summary>
public static class Providers
{
    /// <summary>One provider named <c>anthropic</c>.</summary>
    /// <param name="apiKeyEnv">The environment variable that holds the key.</param>
    public static IReadOnlyDictionary<string, ProviderSpec> Anthropic(string apiKeyEnv = "ANTHROPIC_API_KEY") =>
        new Dictionary<string, ProviderSpec> { ["anthropic"] = new() { Kind = "anthropic", ApiKeyEnv = apiKeyEnv } };

    /// <summary>One provider named <c>openai</c>.</summary>
    /// <param name="apiKeyEnv">The environment variable that holds the key.</param>
    /// <param name="baseUrl">The endpoint; null: the provider's own.</param>
    public static IReadOnlyDictionary<string, ProviderSpec> OpenAI(string apiKeyEnv = "OPENAI_API_KEY", string? baseUrl = null) =>
        new Dictionary<string, ProviderSpec> { ["openai"] = new() { Kind = "openai", ApiKeyEnv = apiKeyEnv, BaseUrl = baseUrl } };
}
