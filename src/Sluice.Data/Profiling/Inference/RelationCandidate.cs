using Sluice.Data.Relations;

namespace Sluice.Data.Profiling.Inference;

/// <summary>A relation that the database declares, or that names suggest.</summary>
/// <param name="Relation">The columns.</param>
/// <param name="NameScore">How much the names speak for it, from 0 to 1; of a declared one 1.</param>
/// <param name="Referenced">The table that is referred to; null when it may not be read.</param>
internal sealed record RelationCandidate(Relation Relation, double NameScore, TableProfile? Referenced)
{
    public bool IsDeclared => Relation.Origin == RelationOrigin.Declared;
}
