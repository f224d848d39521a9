using System.Text.RegularExpressions;

namespace Sluice;

/// <summary>
/// What a recording leaves out, and what it takes for the same. Replay with the options that were recorded with: they are part of how a request is
/// found again.
/// </summary>
/// <remarks>
/// The runtime's own ids, the times in reference envelopes, how long queries took, and the keys of the spec's providers need no option. A pattern
/// without a time limit of its own gets one of a second per text.
/// </remarks>
public sealed class CassetteOptions
{
    /// <summary>
    /// Patterns of values that differ from run to run, such as times or generated names. Requests that differ only in them are the same, and where
    /// an answer repeats one, the replayed answer has the value of the request at hand. A match is the value, in texts and as a whole number.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<Regex> Volatile { get; init; } = [];

    /// <summary>Values that are written as <c>***</c>, wherever they stand; not blank. Default: none.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Patterns of values that are written as <c>***</c>. Default: none.</summary>
    public IReadOnlyList<Regex> SecretPatterns { get; init; } = [];

    internal static CassetteOptions Checked(CassetteOptions? options)
    {
        options ??= new();
        if (options.Secrets.Any(string.IsNullOrWhiteSpace)) throw new ArgumentException("A secret is blank.", nameof(options));
        return options;
    }
}
