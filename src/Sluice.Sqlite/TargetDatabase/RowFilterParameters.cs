using System.Globalization;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>The parameters of row filters. A view has none, so their values are written into it, each as a literal of its type.</summary>
internal sealed class RowFilterParameters(IReadOnlyDictionary<string, object?> values)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>What was wrong with the filters that were filled, and the parameters that occur in none.</summary>
    public IEnumerable<string> Problems => _problems.Concat(values.Keys.Where(name => !_used.Contains(name)).Select(name => $"@{name} does not occur in a filter"));

    /// <summary>The predicate with its values.</summary>
    public string Fill(string predicate) => SqlWords.ReplaceParameters(predicate, name =>
    {
        _used.Add(name);
        if (!values.TryGetValue(name, out var value)) _problems.Add($"@{name} has no value");
        else if (LiteralOf(value) is { } literal) return literal;
        else _problems.Add($"@{name} has a value of the type {value?.GetType().Name}, or with a NUL, which cannot be written in a filter");
        return "NULL";
    });

    private static string? LiteralOf(object? value) => value switch
    {
        null => "NULL",
        bool flag => flag ? "1" : "0",
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        float or double or decimal => RealOf(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        byte[] bytes => $"x'{Convert.ToHexString(bytes)}'",
        _ when QueryParameters.TextOf(value) is { } text && !text.Contains('\0') => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => null,
    };

    /// <summary>With an exponent: without one or a point it would be an integer.</summary>
    private static string? RealOf(double value) => double.IsFinite(value) ? value.ToString("E16", CultureInfo.InvariantCulture) : null;
}
