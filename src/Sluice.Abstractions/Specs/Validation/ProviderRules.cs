using System.Buffers;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice;

/// <summary>Rules of providers. No message repeats a value: keys may stand in headers, and people put keys in the wrong place.</summary>
internal static class ProviderRules
{
    private static readonly string[] Kinds = ["anthropic", "openai", "custom"];

    // RFC 9110, 5.6.2: what a header name consists of.
    private static readonly SearchValues<char> HeaderNameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static void Check(SpecCheck check)
    {
        foreach (var (name, provider) in check.Spec.Providers)
        {
            var path = SpecCheck.Entry("providers", name);
            check.RequireText(name, SpecErrorCodes.BlankName, path, "The provider's name");
            check.RequireKnown(provider.Kind, Kinds, SpecErrorCodes.UnknownProviderKind, $"{path}.kind", "There is no provider kind");
            if (provider.BaseUrl is not null && !IsHttp(provider.BaseUrl))
                check.Report(SpecErrorCodes.InvalidBaseUrl, $"{path}.baseUrl", "The address is no absolute http or https address, such as https://example.com/v1.");
            foreach (var (header, value) in provider.Headers) CheckHeader(check, header, value, path);
            if (provider.MaxConcurrency < 1)
                check.Report(
                    SpecErrorCodes.InvalidMaxConcurrency, $"{path}.maxConcurrency",
                    $"{provider.MaxConcurrency} requests at once are too few. Give at least 1, or leave it out.");
            check.RequirePositive(provider.Timeout, SpecErrorCodes.InvalidTimeout, $"{path}.timeoutMs");
        }
    }

    public static bool IsSendable(string header, string value) =>
        header.Length > 0 && !header.AsSpan().ContainsAnyExcept(HeaderNameCharacters) && !value.AsSpan().ContainsAny('\r', '\n', '\0');

    private static bool IsHttp(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static void CheckHeader(SpecCheck check, string name, string value, string path)
    {
        if (!IsSendable(name, value))
            check.Report(
                SpecErrorCodes.InvalidHeader, SpecCheck.Entry($"{path}.headers", name),
                "The header can't be sent. A name has letters, digits and '-'; a value is one line.");
    }
}
