namespace Sluice.Anthropic.Http;

/// <summary>The values that must not be in a message, also not when a server answers with them.</summary>
internal sealed class Secrets(AnthropicChatClientOptions options)
{
    private const int ShortestSecret = 6;

    private readonly string[] _values = [options.ApiKey, .. options.Headers.Values.Where(value => value.Length >= ShortestSecret)];

    /// <summary>The exception, as the cause of another one; null when it tells a secret.</summary>
    public Exception? Cause(Exception exception)
    {
        var text = exception.ToString();
        return _values.Any(value => text.Contains(value, StringComparison.Ordinal)) ? null : exception;
    }

    public string Remove(string text)
    {
        foreach (var value in _values) text = text.Replace(value, "***", StringComparison.Ordinal);
        return text;
    }
}
