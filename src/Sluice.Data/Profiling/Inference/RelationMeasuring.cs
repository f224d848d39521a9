using System.Globalization;
using Sluice.Data.Profiling.Findings;
using Sluice.Data.Profiling.Measuring;
using Sluice.Data.Profiling.Values;
using Sluice.Data.Querying;
using Sluice.Data.Relations;

namespace Sluice.Data.Profiling.Inference;

/// <summary>Asks the data of relations: rows without a partner, and how many rows meet one.</summary>
internal sealed class RelationMeasuring(ProfileQueries queries, TableProfile table)
{
    /// <summary>The rule of rows without a partner.</summary>
    public const string Orphans = "orphans";

    private const int MostExamples = 3;
    private const double SureName = 0.9;
    private const decimal MostOrphansOfSureName = 0.1m;
    private const decimal MostOrphans = 0.01m;
    private const decimal LeastConfidence = 0.5m;
    private const long FewRows = 10;
    private const long FewValues = 3;

    /// <summary>Measures a relation; null when the data speak against one that only names suggest.</summary>
    public async Task<MeasuredRelation?> MeasureAsync(RelationCandidate candidate, CancellationToken cancellationToken)
    {
        var relation = candidate.Relation;
        var orphansSql = OrphansSql(relation);
        var orphans = await TryAsync($"SELECT count(*) {orphansSql}", cancellationToken).ConfigureAwait(false) is [var without] ? (long?)ValueText.Number(without) : null;
        if (orphans is null && !candidate.IsDeclared) return null;
        var groups = await TryAsync(FanOutSql(relation), cancellationToken).ConfigureAwait(false);
        var (max, parents, rows) = groups is [var most, var many, var all] ? ((long?)ValueText.Number(most), (long?)ValueText.Number(many), (long?)ValueText.Number(all)) : (null, null, null);
        if (rows is null && await TryAsync(ReferringSql(relation), cancellationToken).ConfigureAwait(false) is [var referring]) rows = (long?)ValueText.Number(referring);
        decimal? rate = orphans is { } missing && rows is { } whole ? ValueText.Share(missing, whole) : null;
        var confidence = candidate.IsDeclared || rate is null ? null : Confidence(candidate, rate.Value, rows!.Value, parents);
        if (!candidate.IsDeclared && confidence is null) return null;
        return new()
        {
            Relation = relation with { OrphanRate = (double?)rate, Confidence = (double?)confidence },
            Evidence = candidate.IsDeclared ? "The database declares it." : Evidence(candidate, orphans!.Value, rows!.Value),
            Query = $"SELECT count(*) {orphansSql}",
            OrphanCount = orphans,
            MaxFanOut = max,
            MeanFanOut = parents is > 0 ? Math.Round((double)rows!.Value / parents.Value, 6) : null,
            Finding = orphans > 0 ? await OrphansAsync(relation, orphansSql, orphans.Value, cancellationToken).ConfigureAwait(false) : null,
        };
    }

    /// <summary>Null when too many rows have no partner.</summary>
    private static decimal? Confidence(RelationCandidate candidate, decimal rate, long rows, long? parents)
    {
        if (rows == 0 || rate > (candidate.NameScore >= SureName ? MostOrphansOfSureName : MostOrphans)) return null;
        var confidence = (0.55m * (decimal)candidate.NameScore) + (0.4m * (1 - (rate * 5)));
        // A few small numbers are in any table by accident.
        if (rows < FewRows || parents < FewValues) confidence -= 0.15m;
        return confidence < LeastConfidence ? null : Math.Round(confidence, 2);
    }

    private static string Evidence(RelationCandidate candidate, long orphans, long rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"The name '{candidate.Relation.FromColumns[0]}' fits '{candidate.Relation.To.Name}.{candidate.Relation.ToColumns[0]}' ({candidate.NameScore}), and {rows - orphans} of {rows} rows have a partner there.");

    private async Task<Finding> OrphansAsync(Relation relation, string orphansSql, long count, CancellationToken cancellationToken)
    {
        var isPersonal = table.Columns.Any(column => column.IsPersonal && relation.FromColumns.Contains(column.Name, StringComparer.OrdinalIgnoreCase));
        var examples = isPersonal || relation.FromColumns.Count > 1 ? []
            : await TryRowsAsync($"SELECT DISTINCT c.{Identifiers.Quote(relation.FromColumns[0])} {orphansSql} ORDER BY 1 LIMIT {MostExamples}", cancellationToken).ConfigureAwait(false);
        return new()
        {
            Rule = Orphans,
            Column = string.Join(", ", relation.FromColumns),
            Message = $"Rows refer to rows of {relation.To.QualifiedName} ({string.Join(", ", relation.ToColumns)}) that are not there.",
            Count = count,
            Query = $"SELECT count(*) {orphansSql}",
            Examples = [.. examples.Select(row => ValueText.Shown(ValueText.Of(row[0]!)))],
        };
    }

    private static string OrphansSql(Relation relation)
    {
        var pairs = relation.FromColumns.Zip(relation.ToColumns, (from, to) => $"p.{Identifiers.Quote(to)} = c.{Identifiers.Quote(from)}");
        return $"FROM {Identifiers.Table(relation.From)} AS c LEFT JOIN {Identifiers.Table(relation.To)} AS p ON {string.Join(" AND ", pairs)} "
            + $"WHERE {NotNull(relation, "c.")} AND p.{Identifiers.Quote(relation.ToColumns[0])} IS NULL";
    }

    private static string FanOutSql(Relation relation) =>
        $"SELECT max(n), count(*), sum(n) FROM (SELECT count(*) AS n FROM {Identifiers.Table(relation.From)} WHERE {NotNull(relation, "")} GROUP BY {string.Join(", ", relation.FromColumns.Select(Identifiers.Quote))}) AS meeting";

    private static string ReferringSql(Relation relation) => $"SELECT count(*) FROM {Identifiers.Table(relation.From)} WHERE {NotNull(relation, "")}";

    private static string NotNull(Relation relation, string alias) => string.Join(" AND ", relation.FromColumns.Select(column => $"{alias}{Identifiers.Quote(column)} IS NOT NULL"));

    /// <summary>The row of a query that gives one; null when the engine cannot do it within its limits, or compares no such values.</summary>
    private async Task<object?[]?> TryAsync(string sql, CancellationToken cancellationToken) =>
        await TryRowsAsync(sql, cancellationToken).ConfigureAwait(false) is [var row, ..] ? row : null;

    private async Task<List<object?[]>> TryRowsAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            return await queries.RowsAsync(sql, MostExamples, cancellationToken).ConfigureAwait(false);
        }
        catch (QueryException)
        {
            return [];
        }
    }
}
