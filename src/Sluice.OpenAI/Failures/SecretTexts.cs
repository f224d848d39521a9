using Sluice.Models;

namespace Sluice.OpenAI.Failures;

/// <summary>The texts that must not be seen: the key, and what the settings' headers hold. An endpoint may send back any of them.</summary>
internal sealed class SecretTexts
{
    // Shorter values, such as a version, are no secrets, and would blacken half of every message.
    private const int Shortest = 8;

    // Endpoints that need no key are given any text, such as "x"; a key that short keeps nobody out.
    private const int ShortestKey = 4;

    private readonly string[] _texts;

    private SecretTexts(string[] texts) => _texts = texts;

    public static SecretTexts Of(ModelProviderSettings settings) => new([
        .. settings.Headers.Values.Where(value => value.Length >= Shortest)
            .SelectMany<string, string>(value => [value, .. value.Split(' ').Where(word => word.Length >= Shortest)])
            .Concat(settings.ApiKey.Length >= ShortestKey ? [settings.ApiKey] : []).OrderByDescending(text => text.Length),
    ]);

    public string Hide(string text)
    {
        foreach (var secret in _texts) text = text.Replace(secret, "***", StringComparison.Ordinal);
        return text;
    }

    public bool IsIn(string text) => Array.Exists(_texts, secret => text.Contains(secret, StringComparison.Ordinal));
}
