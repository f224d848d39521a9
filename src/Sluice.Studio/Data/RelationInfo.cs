using Sluice.Data.Relations;

namespace Sluice.Studio.Data;

/// <summary>Columns of one table that go with columns of another.</summary>
internal sealed record RelationInfo
{
    public required string From { get; init; }

    public required IReadOnlyList<string> FromColumns { get; init; }

    public required string To { get; init; }

    public required IReadOnlyList<string> ToColumns { get; init; }

    public required RelationOrigin Origin { get; init; }

    public required Cardinality Cardinality { get; init; }

    /// <summary>The share of rows whose values are not on the other side, 0 to 1; null: not known.</summary>
    public double? OrphanRate { get; init; }

    /// <summary>How sure an inferred relation is, 0 to 1; null: not known.</summary>
    public double? Confidence { get; init; }

    public static RelationInfo Of(Relation relation) => new()
    {
        From = relation.From.QualifiedName,
        FromColumns = relation.FromColumns,
        To = relation.To.QualifiedName,
        ToColumns = relation.ToColumns,
        Origin = relation.Origin,
        Cardinality = relation.Cardinality,
        OrphanRate = relation.OrphanRate,
        Confidence = relation.Confidence,
    };
}
