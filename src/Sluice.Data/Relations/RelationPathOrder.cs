namespace Sluice.Data.Relations;

/// <summary>Better paths first; those that are as good by the order of their relations.</summary>
internal sealed class RelationPathOrder : IComparer<RelationPath>
{
    public static RelationPathOrder Instance { get; } = new();

    public int Compare(RelationPath? x, RelationPath? y)
    {
        if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        if (x.Cost != y.Cost) return x.Cost.CompareTo(y.Cost);
        for (var i = 0; i < Math.Min(x.Steps.Count, y.Steps.Count); i++)
        {
            if (x.Steps[i].Edge != y.Steps[i].Edge) return x.Steps[i].Edge.CompareTo(y.Steps[i].Edge);
        }

        return x.Steps.Count.CompareTo(y.Steps.Count);
    }
}
