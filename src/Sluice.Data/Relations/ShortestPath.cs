namespace Sluice.Data.Relations;

/// <summary>The best path of at most so many joins to one table, join by join. Its arrays are used again: not for concurrent use.</summary>
internal sealed class ShortestPath
{
    private const int Unreached = int.MaxValue;
    private readonly RelationGraph _graph;
    private readonly int _to;
    private readonly int[] _joinsLeft;
    private readonly int[][] _costs;
    private readonly (int From, RelationStep Step)[][] _arrivals;

    public ShortestPath(RelationGraph graph, int to, int maxHops)
    {
        (_graph, _to) = (graph, to);
        _joinsLeft = CountJoins(graph, to);
        _costs = [.. Enumerable.Range(0, maxHops + 1).Select(_ => new int[graph.Count])];
        _arrivals = [.. Enumerable.Range(0, maxHops + 1).Select(_ => new (int, RelationStep)[graph.Count])];
    }

    /// <summary>The best way; null when there is none.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="maxHops">The most joins.</param>
    /// <param name="closed">Tables that it may not pass.</param>
    /// <param name="taken">Relations that it may not begin with.</param>
    public IReadOnlyList<RelationStep>? Find(int from, int maxHops, HashSet<int> closed, HashSet<int> taken)
    {
        for (var hops = 0; hops <= maxHops; hops++) Array.Fill(_costs[hops], Unreached);
        _costs[0][from] = 0;
        var (reached, best) = (new List<int> { from }, 0);
        for (var hops = 0; hops < maxHops; hops++)
        {
            reached = Advance(reached, from, hops, maxHops - hops - 1, closed, hops == 0 ? taken : []);
            if (_costs[hops + 1][_to] != Unreached && (best == 0 || _costs[hops + 1][_to] < _costs[best][_to])) best = hops + 1;
        }

        return best == 0 ? null : Trace(best);
    }

    private List<int> Advance(List<int> reached, int from, int hops, int left, HashSet<int> closed, HashSet<int> taken)
    {
        var next = new List<int>();
        var costs = _costs[hops + 1];
        foreach (var node in reached)
        {
            if (node == _to) continue;
            foreach (var step in _graph.StepsFrom(node))
            {
                var target = step.Target;
                if (target == node || target == from || _joinsLeft[target] > left || closed.Contains(target) || taken.Contains(step.Edge)) continue;
                var cost = _costs[hops][node] + step.Cost;
                if (cost >= costs[target]) continue;
                if (costs[target] == Unreached) next.Add(target);
                costs[target] = cost;
                _arrivals[hops + 1][target] = (node, step);
            }
        }

        return next;
    }

    private List<RelationStep> Trace(int hops)
    {
        var steps = new List<RelationStep>(hops);
        for (var node = _to; hops > 0; hops--)
        {
            var (from, step) = _arrivals[hops][node];
            steps.Add(step);
            node = from;
        }

        steps.Reverse();
        return steps;
    }

    /// <summary>How many joins each table is away, at least.</summary>
    private static int[] CountJoins(RelationGraph graph, int to)
    {
        var joins = new int[graph.Count];
        Array.Fill(joins, Unreached);
        joins[to] = 0;
        var queue = new Queue<int>([to]);
        while (queue.TryDequeue(out var node))
        {
            foreach (var step in graph.StepsFrom(node))
            {
                if (joins[step.Target] != Unreached) continue;
                joins[step.Target] = joins[node] + 1;
                queue.Enqueue(step.Target);
            }
        }

        return joins;
    }
}
