namespace Sluice.Anthropic.Http;

/// <summary>The values that must not be in a message, also not when a server answers with them.</summary>
internal sealed class Secrets(AnthropicChatClientOptions options)
{
    private const int ShortestSecret = 6;

    private readonly string[] _values = [options.ApiKey, .. options.Headers.Values.Where(value => value.Length >= ShortestSecret)];

    public string Remove(string text)
    {
        foreach (var value in _values) text = text.Replace(value, "***", StringComparison.Ordinal);
        return text;
    }
}
