using Sluice.Data.Schemas;

namespace Sluice.Data.Relations;

/// <summary>Columns of one table go with columns of another.</summary>
internal sealed record Relation
{
    public required TableKey From { get; init; }

    public required IReadOnlyList<string> FromColumns { get; init; }

    public required TableKey To { get; init; }

    /// <summary>Its columns, in the same order.</summary>
    public required IReadOnlyList<string> ToColumns { get; init; }

    public required RelationOrigin Origin { get; init; }

    /// <summary>Rows of <see cref="From"/> to rows of <see cref="To"/>.</summary>
    public required Cardinality Cardinality { get; init; }

    /// <summary>The share of rows of <see cref="From"/> whose values are not in <see cref="To"/>, from 0 to 1; null: not known.</summary>
    public double? OrphanRate { get; init; }

    /// <summary>How sure an inferred relation is, from 0 to 1; null: not known.</summary>
    public double? Confidence { get; init; }

    /// <summary>Which columns go with which, as one text that is the same however the relation is known.</summary>
    public string Signature => $"{From.QualifiedName}({string.Join(',', FromColumns)})->{To.QualifiedName}({string.Join(',', ToColumns)})";

    /// <summary>Whether it can be joined over: both sides have as many columns.</summary>
    public bool IsJoinable => FromColumns.Count > 0 && FromColumns.Count == ToColumns.Count;

    /// <summary>Whether one row meets several when it is followed.</summary>
    /// <param name="forward">From <see cref="From"/> to <see cref="To"/>.</param>
    public bool FansOut(bool forward) =>
        Cardinality == Cardinality.ManyToMany || Cardinality == (forward ? Cardinality.OneToMany : Cardinality.ManyToOne);
}
