using Sluice.Data.Relations;

namespace Sluice.Data.Toolkit;

/// <summary>Relations and steps of paths as models get them.</summary>
internal static class RelationView
{
    public static object Of(Relation relation) => new
    {
        from = relation.From.QualifiedName,
        fromColumns = relation.FromColumns,
        to = relation.To.QualifiedName,
        toColumns = relation.ToColumns,
        origin = relation.Origin,
        cardinality = relation.Cardinality,
        orphanRate = relation.OrphanRate,
        confidence = relation.Confidence,
    };

    public static object Of(RelationPath path)
    {
        var facts = new PathFacts(path);
        return new
        {
            tables = facts.Tables.Select(table => table.QualifiedName).ToArray(),
            join = JoinText.Of(path),
            cardinality = facts.Cardinality,
            origins = path.Steps.Select(step => step.Relation.Origin).ToArray(),
            confidence = path.Steps.Min(step => step.Relation.Confidence),
            orphanRate = facts.OrphanRate,
            warning = facts.Warning(),
        };
    }
}
