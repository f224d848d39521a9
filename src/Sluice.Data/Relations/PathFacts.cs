using Sluice.Data.Schemas;

namespace Sluice.Data.Relations;

/// <summary>What joining along a path does to the rows of its tables.</summary>
internal sealed class PathFacts
{
    public PathFacts(RelationPath path)
    {
        Tables = [path.Steps[0].Source, .. path.Steps.Select(step => step.TargetTable)];
        // Away from a table, to either side: one step that fans out gives each of its rows several times.
        IsRepeated = [.. Enumerable.Range(0, Tables.Count).Select(at =>
            path.Steps.Skip(at).Any(step => step.FansOut) || path.Steps.Take(at).Any(step => step.FansIn))];
        Cardinality = (path.Steps.Any(step => step.FansOut), path.Steps.Any(step => step.FansIn)) switch
        {
            (false, false) => Cardinality.OneToOne,
            (true, false) => Cardinality.OneToMany,
            (false, true) => Cardinality.ManyToOne,
            _ => Cardinality.ManyToMany,
        };
        OrphanRate = path.Steps.Max(step => step.Relation.OrphanRate);
    }

    /// <summary>The tables, in the order of the path.</summary>
    public IReadOnlyList<TableKey> Tables { get; }

    /// <summary>For each table, whether one of its rows can be in the joined rows more than once.</summary>
    public IReadOnlyList<bool> IsRepeated { get; }

    /// <summary>Rows of the first table to rows of the last.</summary>
    public Cardinality Cardinality { get; }

    /// <summary>The largest orphan rate of the relations; null: none is known.</summary>
    public double? OrphanRate { get; }

    /// <summary>Where a SUM would count twice; null: nowhere.</summary>
    public string? Warning()
    {
        var repeated = Names(true);
        if (repeated.Length == 0) return null;
        var single = Names(false);
        var wayOut = single.Length == 0
            ? "Aggregate each table in a subquery before joining."
            : $"Sum only columns of {string.Join(", ", single)}, or aggregate before joining.";
        return $"Rows of {string.Join(", ", repeated)} come up several times in this join: SUM, AVG and COUNT over their columns count twice. {wayOut}";
    }

    private string[] Names(bool repeated) =>
        [.. Tables.Where((_, at) => IsRepeated[at] == repeated).Select(table => table.QualifiedName).Distinct(StringComparer.OrdinalIgnoreCase)];
}
