using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>The keys that the spec's providers are called with.</summary>
internal static class SecretValues
{
    // A shorter value is a stand-in, and would be found in the middle of ordinary words.
    private const int FewestCharacters = 6;

    private static readonly string[] UsualVariables = ["ANTHROPIC_API_KEY", "OPENAI_API_KEY"];
    private static readonly string[] HeaderWords = ["key", "auth", "token", "secret", "cookie"];

    public static IEnumerable<string> Of(RuntimeSpec spec)
    {
        var variables = spec.Providers.Values.Select(provider => provider.ApiKeyEnv).OfType<string>().Concat(UsualVariables);
        return spec.Providers.Values.Select(provider => provider.ApiKey)
            .Concat(variables.Where(name => name.Length > 0).Select(Environment.GetEnvironmentVariable))
            .Concat(spec.Providers.Values.SelectMany(provider => provider.Headers).Where(IsCredential).SelectMany(ValuesOf))
            .OfType<string>()
            .Where(value => value.Trim().Length >= FewestCharacters)
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>Each value as it is, and as it stands within JSON that is text; the longest first, so that none leaves a piece of another.</summary>
    public static IEnumerable<string> WithEscapedForms(IEnumerable<string> values) => values
        .SelectMany(value => (string[])
        [
            value,
            JsonEncodedText.Encode(value).ToString(),
            JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
        ])
        .Distinct(StringComparer.Ordinal)
        .OrderByDescending(value => value.Length);

    private static bool IsCredential(KeyValuePair<string, string> header) =>
        HeaderWords.Any(word => header.Key.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The value, and what follows a scheme such as <c>Bearer</c>.</summary>
    private static IEnumerable<string> ValuesOf(KeyValuePair<string, string> header) => [header.Value, header.Value.Split(' ')[^1]];
}
