using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Inference;

namespace Sluice.Data.Profiling.Findings;

/// <summary>Columns without content, with content of several kinds, and keys that are none.</summary>
internal sealed class ContentRules(FindingQueries statements, SqlDialect dialect, TableProfile profile, ProfiledColumn column)
{
    /// <summary>In fewer rows a value that is always the same is no surprise.</summary>
    private const int LeastRows = 10;
    private const double LeastKeyScore = 0.9;
    private const double LeastDistinctShare = 0.9;

    public IEnumerable<FindingCandidate> Candidates()
    {
        var (name, measures, nonNull) = (SqlDialect.Name(column.Name), column.Measures!, column.Measures!.NonNull);
        if (nonNull == 0)
        {
            if (profile.Rows > 0) yield return statements.Where("all_null", column, "Every value is null.", $"{name} IS NULL", profile.Rows) with { ExamplesQuery = null };
            yield break;
        }

        if (nonNull >= LeastRows && IsConstant()) yield return Constant(name, nonNull);
        var kinds = measures.Kinds;
        if (kinds.Count - (kinds.ContainsKey("integer") && kinds.ContainsKey("real") ? 1 : 0) > 1)
            yield return statements.Where("mixed_types", column, $"Values are of several kinds: {string.Join(", ", kinds.Select(kind => $"{kind.Value} {kind.Key}"))}. These are not of the kind of most.", dialect.IsOfOtherKind(column.Name, column.Family));
        if (!dialect.TypesAreHints && column.Family.IsNumeric() && measures.Column.IsIrregular)
            yield return statements.Where("not_finite", column, "Values are NaN or infinite. They are left out of the statistics.", $"NOT ({dialect.IsNumber(column.Name)})");
        if (IsBrokenKey())
            yield return statements.Repeated("duplicates_in_likely_key", column, "The column is named as a key is, and values come more than once.", name, $"{name} IS NOT NULL");
    }

    private bool IsConstant() =>
        column.Family is not (TypeFamily.Other or TypeFamily.Binary) && column.Profile is { DistinctCount: 1, IsDistinctEstimate: false };

    private FindingCandidate Constant(string name, long nonNull)
    {
        var query = $"SELECT CASE WHEN count(DISTINCT {name}) = 1 THEN count({name}) ELSE 0 END FROM {statements.Table}";
        return statements.Where("constant", column, "Every value that is not null is the same.", $"{name} IS NOT NULL", nonNull) with { Query = query };
    }

    private bool IsBrokenKey() => !profile.Table.IsView && !Keys.AreUnique(profile.Table, [column.Name])
        && !profile.Table.PrimaryKey.Contains(column.Name, StringComparer.OrdinalIgnoreCase)
        && !profile.Table.ForeignKeys.Any(key => key.Columns.Contains(column.Name, StringComparer.OrdinalIgnoreCase))
        && KeyNames.ScoreOf(column.Name, profile.Table.Name) >= LeastKeyScore && column.Sketch!.Values.IsExact
        && column.Sketch.Values.Distinct < column.Sketch.NonNull && column.Sketch.Values.Distinct >= column.Sketch.NonNull * LeastDistinctShare;
}
