using System.Text.RegularExpressions;

namespace Sluice.Data.Reading;

/// <summary>Takes credentials out of addresses, and out of texts that may hold one.</summary>
internal static partial class Redaction
{
    private const string Mark = "***";

    /// <summary>An address as it may be shown: without user information, and without the values of its query.</summary>
    public static string? OfUrl(string? url) => url is null ? null : OfText(url);

    /// <summary>A text with the credentials of every address in it taken out.</summary>
    public static string OfText(string text) => PasswordPair().Replace(UserInformation().Replace(text, $"{Mark}@"), $"${{name}}={Mark}");

    /// <summary>A text of somebody else, such as a driver's message, without the credentials of one known address.</summary>
    public static string OfText(string text, string url)
    {
        foreach (var secret in SecretsOf(url)) text = text.Replace(secret, Mark, StringComparison.Ordinal);
        return OfText(text);
    }

    /// <summary>The passwords of an address, as they are written and decoded, the address itself first.</summary>
    public static IEnumerable<string> SecretsOf(string url)
    {
        var found = UserInformation().Matches(url).Select(match => match.Value.TrimEnd('@'))
            .SelectMany(user => new[] { user, user.Contains(':', StringComparison.Ordinal) ? user[(user.IndexOf(':', StringComparison.Ordinal) + 1)..] : "" })
            .Concat(PasswordPair().Matches(url).Select(match => match.Groups["value"].Value))
            .Where(secret => secret.Length > 0).ToArray();
        return found.Length == 0 ? [] : found.Concat(found.Select(Uri.UnescapeDataString)).Prepend(url).Distinct(StringComparer.Ordinal);
    }

    // Everything between the slashes and the last @ before the path: a password that was not encoded may hold a colon or an @.
    [GeneratedRegex(@"(?<=//)[^/\s'""]*@|(?<=//)[^\s'""]*@(?=[\w.\-\[\]:,]+(/|\s|$|'|""|\?))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserInformation();

    [GeneratedRegex(
        @"(?<name>(password|passwd|pwd|passfile|secret|token|apikey|api_key|sslpassword))\s*=\s*(?<value>[^&;\s'""]+)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex PasswordPair();
}
