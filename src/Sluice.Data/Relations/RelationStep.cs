using Sluice.Data.Schemas;

namespace Sluice.Data.Relations;

/// <summary>A relation as it is followed.</summary>
/// <param name="Edge">The relation's number in its graph.</param>
/// <param name="Relation">The relation.</param>
/// <param name="IsForward">Whether it is followed from the table that refers to the one referred to.</param>
/// <param name="Target">The number of the table it leads to.</param>
internal sealed record RelationStep(int Edge, Relation Relation, bool IsForward, int Target)
{
    // Fewer joins always come first: six steps of the worst kind weigh less than one more join.
    private const int OfJoin = 10_000;
    private const int OfInference = 100;
    private const int OfDoubt = 200;
    private const int OfFanOut = 10;

    public TableKey Source => IsForward ? Relation.From : Relation.To;

    public IReadOnlyList<string> SourceColumns => IsForward ? Relation.FromColumns : Relation.ToColumns;

    public TableKey TargetTable => IsForward ? Relation.To : Relation.From;

    public IReadOnlyList<string> TargetColumns => IsForward ? Relation.ToColumns : Relation.FromColumns;

    /// <summary>Whether one row of the source meets several of the target.</summary>
    public bool FansOut => Relation.FansOut(IsForward);

    /// <summary>Whether one row of the target meets several of the source.</summary>
    public bool FansIn => Relation.FansOut(!IsForward);

    /// <summary>What it adds to a path: a join, less for what is certain and does not multiply rows.</summary>
    public int Cost { get; } = OfJoin
        + (Relation.Origin == RelationOrigin.Inferred ? OfInference + (int)Math.Round((1 - (Relation.Confidence ?? 0)) * OfDoubt) : 0)
        + (Relation.FansOut(IsForward) ? OfFanOut : 0);
}
