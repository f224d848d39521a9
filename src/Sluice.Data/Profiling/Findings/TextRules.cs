using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Values;

namespace Sluice.Data.Profiling.Findings;

/// <summary>Texts that are written in several ways, that stand for nothing, or that are really something else.</summary>
internal sealed class TextRules(FindingQueries statements, SqlDialect dialect, TableProfile profile, ProfiledColumn column)
{
    private const double LeastDateShare = 0.8;
    private const int MostValues = 20_000;

    private static readonly HashSet<string> Placeholders = new(StringComparer.OrdinalIgnoreCase)
    {
        "n/a", "n.a.", "na", "null", "(null)", "none", "nil", "undefined", "unknown", "tbd", "-", "--", "?", "???", "#n/a", "nan", "missing", "not available", "test", "xxx",
    };

    public IEnumerable<FindingCandidate> Candidates()
    {
        if (column.Family.IsTemporal() && dialect.TypesAreHints && column.Sketch!.Formats.Keys.Any(format => !TextFormat.IsIso(format)))
            yield return statements.Where("dates_in_text", column, $"Dates are written in ways that do not compare as dates ({string.Join(", ", column.Sketch.Formats.Keys.Where(format => !TextFormat.IsIso(format)).Order(StringComparer.Ordinal))}).", IfText($"NOT ({dialect.LooksLikeIso(column.Name)})"));
        if (column.Family != TypeFamily.Text) yield break;
        var (text, measures) = (dialect.Text(column.Name), column.Measures!);
        if (measures.Count(Measure.Empty) is > 0 and var empty)
            yield return statements.Where("empty_text", column, "Texts are empty where others would be null.", IfText($"{text} = ''"), empty) with { ExamplesQuery = null };
        if (measures.Count(Measure.Padded) is > 0 and var padded)
            yield return statements.Where("surrounding_blanks", column, "Texts have blanks before or behind, or are nothing but blanks.", IfText($"{text} <> trim({text})"), padded);
        if (DateFormats() is { } formats)
            yield return statements.Where("dates_in_text", column, $"Dates are kept as texts ({formats}): they do not compare as dates.", IfText(dialect.LooksLikeDate(column.Name)));
        if (HasCaseVariants()) yield return CaseVariants(text);
        if (FoundPlaceholders() is { Length: > 0 } found)
            yield return statements.Where("placeholder_values", column, $"Texts stand for a value that is missing: {string.Join(", ", found)}.", IfText($"{text} IN ({string.Join(", ", found)})"));
    }

    private string IfText(string condition) => dialect.IsText(column.Name) is { Length: > 0 } isText ? $"{isText} AND {condition}" : condition;

    /// <summary>The ways in which most of the texts are dates; null when they are none.</summary>
    private string? DateFormats()
    {
        if ((dialect.FamilyOf(column.Column.DataType) ?? TypeFamily.Text) != TypeFamily.Text) return null;
        var dates = column.Sketch!.Formats.Where(format => TextFormat.IsDateFormat(format.Key)).OrderByDescending(format => format.Value).ThenBy(format => format.Key, StringComparer.Ordinal).ToArray();
        return dates.Sum(format => format.Value) >= column.Sketch.NonNull * LeastDateShare ? string.Join(", ", dates.Select(format => format.Key)) : null;
    }

    private bool HasCaseVariants()
    {
        var values = column.Sketch!.Values;
        if (!values.IsExact || values.Counts.Count > MostValues || (column.Profile!.DistinctCount ?? 0) > MostValues) return false;
        return values.Counts.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() < values.Counts.Count;
    }

    private FindingCandidate CaseVariants(string text)
    {
        var variants = $"FROM {statements.Table} WHERE {IfText($"{SqlDialect.Name(column.Name)} IS NOT NULL")} GROUP BY lower({text}) HAVING count(DISTINCT {text}) > 1";
        return new()
        {
            Rule = "case_variants",
            Column = column,
            Message = "The same text is written in capitals and small letters. These many are, each counted once.",
            Query = $"SELECT count(*) FROM (SELECT 1 AS one {variants}) AS variants",
            ExamplesQuery = $"SELECT min({text}) {variants} ORDER BY 1",
        };
    }

    /// <summary>As they are written in the data, in quotes of SQL.</summary>
    private string[] FoundPlaceholders() => profile.Rows is null ? [] :
    [
        .. column.Sketch!.Values.Counts.Keys.Where(Placeholders.Contains).Order(CodePointComparer.Instance).Select(value => $"'{value}'"),
    ];
}
