using System.Globalization;

namespace Sluice.Runtime.Models;

/// <summary>Takes from a model's name what does not change which model it is: the vendor in front, a version of the service, and a date.</summary>
internal static class ModelNames
{
    private const string Latest = "-latest";
    private static readonly string[] Vendors = ["anthropic.", "anthropic/", "openai/", "models/"];

    /// <summary>The shorter names of the same model, the longest first.</summary>
    public static IEnumerable<string> Candidates(string modelId)
    {
        if (WithoutDate(modelId) is { } undated) yield return undated;
        var vendor = Array.Find(Vendors, prefix => modelId.StartsWith(prefix, StringComparison.Ordinal));
        if (vendor is null) yield break;
        var name = modelId[vendor.Length..];
        yield return name;
        if (WithoutServiceVersion(name) is { } plain) yield return name = plain;
        if (WithoutDate(name) is { } both) yield return both;
    }

    private static string? WithoutDate(string name)
    {
        if (name.EndsWith(Latest, StringComparison.Ordinal)) return name[..^Latest.Length];
        if (EndsWithDate(name, "yyyyMMdd", '-') || EndsWithDate(name, "yyyyMMdd", '@')) return name[..^9];
        return EndsWithDate(name, "yyyy-MM-dd", '-') ? name[..^11] : null;
    }

    private static bool EndsWithDate(string name, string format, char separator) =>
        name.Length > format.Length + 1
        && name[^(format.Length + 1)] == separator
        && DateOnly.TryParseExact(name.AsSpan(name.Length - format.Length), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is >= 2020 and < 2100;

    /// <summary>The name without <c>-v1:0</c> at its end; null when it does not end so.</summary>
    private static string? WithoutServiceVersion(string name)
    {
        var start = name.LastIndexOf("-v", StringComparison.Ordinal);
        if (start <= 0) return null;
        var version = name.AsSpan(start + 2);
        var colon = version.IndexOf(':');
        return colon > 0 && IsNumber(version[..colon]) && IsNumber(version[(colon + 1)..]) ? name[..start] : null;
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
