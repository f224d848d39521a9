namespace Sluice.Data.Relations;

/// <summary>
/// Finds the best paths between two tables that pass no table twice (Yen's method): each next one leaves one that was found at some table, by
/// another relation.
/// </summary>
internal sealed class PathSearch
{
    private readonly RelationGraph _graph;
    private readonly int _from;
    private readonly int _to;
    private readonly int _maxHops;
    private readonly ShortestPath _shortest;

    public PathSearch(RelationGraph graph, int from, int to, int maxHops)
    {
        (_graph, _from, _to, _maxHops) = (graph, from, to, maxHops);
        _shortest = new(graph, to, maxHops);
    }

    /// <summary>The best paths, best first.</summary>
    /// <param name="limit">The most, at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public IReadOnlyList<RelationPath> Find(int limit, CancellationToken cancellationToken)
    {
        if (_from == _to) return FindOnItself(limit);
        var found = new List<RelationPath>();
        var candidates = new SortedSet<RelationPath>(RelationPathOrder.Instance);
        if (_shortest.Find(_from, _maxHops, [], []) is { } best) candidates.Add(new RelationPath(best));
        while (found.Count < limit && candidates.Min is { } next)
        {
            cancellationToken.ThrowIfCancellationRequested();
            candidates.Remove(next);
            found.Add(next);
            AddDepartures(next, found, candidates);
        }

        return found;
    }

    /// <summary>A table that refers to itself: each such relation is a path.</summary>
    private RelationPath[] FindOnItself(int limit) =>
        [.. _graph.StepsFrom(_from).Where(step => step.Target == _from).Select(step => new RelationPath([step])).Order(RelationPathOrder.Instance).Take(limit)];

    private void AddDepartures(RelationPath path, List<RelationPath> found, SortedSet<RelationPath> candidates)
    {
        var passed = new HashSet<int>();
        var at = _from;
        for (var length = 0; length < path.Steps.Count; length++)
        {
            var taken = found.Where(other => SharesBeginning(other, path, length)).Select(other => other.Steps[length].Edge).ToHashSet();
            if (_shortest.Find(at, _maxHops - length, passed, taken) is { } rest)
                candidates.Add(new RelationPath([.. path.Steps.Take(length), .. rest]));
            passed.Add(at);
            at = path.Steps[length].Target;
        }
    }

    private static bool SharesBeginning(RelationPath path, RelationPath other, int length)
    {
        if (path.Steps.Count <= length) return false;
        for (var i = 0; i < length; i++)
        {
            if (path.Steps[i].Edge != other.Steps[i].Edge) return false;
        }

        return true;
    }
}
