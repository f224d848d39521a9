using System.Globalization;
using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Values;
using Sluice.Data.Search.Documents;

namespace Sluice.Data.Profiling.Findings;

/// <summary>Numbers and dates that lie where they should not.</summary>
internal sealed class RangeRules(FindingQueries statements, SqlDialect dialect, ProfiledColumn column, DateOnly today)
{
    private const int LeastValues = 50;

    /// <summary>So many times the distance between the quartiles: at half of it, much of any skewed column would be an outlier.</summary>
    private const double Reach = 3;

    /// <summary>Dates that are meant to be in the future.</summary>
    private static readonly HashSet<string> Ahead = new(StringComparer.Ordinal)
    {
        "due", "expiry", "expires", "expiration", "expire", "until", "to", "end", "ends", "deadline", "planned", "scheduled", "schedule", "next", "renewal", "renews", "delivery",
        "expected", "target", "forecast", "valid", "required", "promised", "eta", "release", "starts", "start", "from", "effective",
    };

    private static readonly HashSet<string> PlaceholderDates = new(StringComparer.Ordinal) { "0001-01-01", "1900-01-01", "1970-01-01", "2999-12-31", "9999-12-31" };

    public IEnumerable<FindingCandidate> Candidates()
    {
        if (column.IsPersonal || column.Profile is not { Quartiles: { Count: 3 } quartiles } profile) yield break;
        // Numbers that tell things apart measure nothing.
        if (column.Family.IsNumeric() && NameWords.Split(column.Name) is not [.., "id"] && profile.ScannedRows >= LeastValues && Outliers(quartiles[0].GetDouble(), quartiles[2].GetDouble()) is { } outliers) yield return outliers;
        if (column.Family is not (TypeFamily.Date or TypeFamily.Timestamp)) yield break;
        if (DayOf(profile.Max) is { } last && last > today && !NameWords.Split(column.Name).Exists(Ahead.Contains))
            yield return statements.Where("future_dates", column, "Dates are later than now.", dialect.IsInFuture(column.Name, column.Family));
        if (Placeholders(profile) is { Length: > 0 } found)
            yield return statements.Where("placeholder_values", column, $"Dates stand for one that is missing: {string.Join(", ", found)}.", $"{dialect.Day(column.Name)} IN ({string.Join(", ", found)})");
    }

    private FindingCandidate? Outliers(double first, double third)
    {
        var (distance, measures) = (third - first, column.Measures!);
        if (distance <= 0 || measures.Number(Measure.Min) is not { } least || measures.Number(Measure.Max) is not { } most) return null;
        var (low, high) = (first - (Reach * distance), third + (Reach * distance));
        if (least >= low && most <= high) return null;
        var (name, isNumber) = (SqlDialect.Name(column.Name), measures.Column.IsIrregular ? $"{dialect.IsNumber(column.Name)} AND " : "");
        return statements.Where(
            "outliers", column, $"Values lie outside of {ValueText.Of(low)} to {ValueText.Of(high)}, three times the distance between the quartiles away from them.",
            $"{isNumber}({name} < {ValueText.Of(low)} OR {name} > {ValueText.Of(high)})");
    }

    private static string[] Placeholders(ColumnProfile profile) =>
    [
        .. new[] { profile.Min, profile.Max }.Select(DayOf).OfType<DateOnly>().Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Where(PlaceholderDates.Contains).Distinct().Select(day => $"'{day}'"),
    ];

    private static DateOnly? DayOf(System.Text.Json.JsonElement? value) =>
        value?.ValueKind == System.Text.Json.JsonValueKind.String && value.Value.GetString() is { Length: >= 10 } text
            && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
