using Microsoft.Extensions.AI;
using Sluice.Models;

namespace Sluice;

/// <summary>Serves Claude models through Anthropic's Messages API: the provider kind <c>anthropic</c>.</summary>
public sealed class AnthropicModelProvider : IModelProvider
{
    private const string BaseUrlEnv = "ANTHROPIC_BASE_URL";

    private readonly Func<HttpClient?> _httpClient;

    /// <summary>Creates a provider whose clients open connections of their own.</summary>
    public AnthropicModelProvider() => _httpClient = static () => null;

    /// <summary>Creates a provider whose clients send through a handler of the host's.</summary>
    /// <param name="handler">The handler; it is not disposed. It should not follow redirects: they would carry the key.</param>
    public AnthropicModelProvider(HttpMessageHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _httpClient = () => new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Creates a provider whose clients send through an HTTP client of the host's.</summary>
    /// <param name="httpClient">The client; it is not disposed. It should not follow redirects: they would carry the key.</param>
    public AnthropicModelProvider(HttpClient httpClient)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        _httpClient = () => httpClient;
    }

    /// <inheritdoc/>
    public string Kind => "anthropic";

    /// <inheritdoc/>
    public string ApiKeyEnv => "ANTHROPIC_API_KEY";

    /// <inheritdoc/>
    public IReadOnlyList<string> ModelPrefixes { get; } = ["claude-"];

    /// <inheritdoc/>
    /// <remarks>
    /// Without a base URL in the settings, the environment variable <c>ANTHROPIC_BASE_URL</c> counts, then <c>https://api.anthropic.com</c>.
    /// </remarks>
    /// <exception cref="SluiceException">The environment variable is no http or https URL (<c>invalid_options</c>).</exception>
    public IChatClient CreateClient(ModelProviderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new AnthropicChatClient(new()
        {
            ApiKey = settings.ApiKey,
            BaseUrl = settings.BaseUrl ?? BaseUrlOfEnvironment() ?? AnthropicChatClientOptions.DefaultBaseUrl,
            Headers = settings.Headers,
            HttpClient = _httpClient(),
        });
    }

    private static Uri? BaseUrlOfEnvironment()
    {
        var value = Environment.GetEnvironmentVariable(BaseUrlEnv);
        if (string.IsNullOrWhiteSpace(value)) return null;
        if (Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
        throw new SluiceException(
            ErrorCodes.InvalidOptions,
            $"The environment variable {BaseUrlEnv} is no http or https URL. Correct it, or remove it to use Anthropic's own.");
    }
}
