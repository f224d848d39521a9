using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>Finds schemas that apply themselves to the same value again, which would never end.</summary>
internal sealed class ReferenceLoops
{
    private readonly Dictionary<SchemaNode, bool> _isDone = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<(SchemaNode Node, IEnumerator<Subschema> Next)> _path = new();
    private readonly HashSet<SchemaNode> _looping = new(ReferenceEqualityComparer.Instance);

    public static void Check(IReadOnlyDictionary<SchemaLocation, SchemaNode> nodes, ProblemList problems)
    {
        var loops = new ReferenceLoops();
        foreach (var node in nodes.Values) loops.Search(node);
        foreach (var (location, _) in nodes.Where(entry => loops._looping.Contains(entry.Value)))
        {
            problems.Add(location, "", "The schema leads back to itself without moving into the value, so it would never end.");
        }
    }

    // Depth first, with a stack of its own: chains of references may be long.
    private void Search(SchemaNode start)
    {
        Enter(start);
        while (_path.TryPeek(out var step))
        {
            if (step.Next.MoveNext()) Enter(step.Next.Current.Node);
            else _isDone[_path.Pop().Node] = true;
        }
    }

    private void Enter(SchemaNode node)
    {
        if (_isDone.TryGetValue(node, out var isFinished))
        {
            if (!isFinished) _looping.Add(node);
            return;
        }
        _isDone[node] = false;
        _path.Push((node, node.Keywords.SelectMany(keyword => keyword.InPlace).GetEnumerator()));
    }
}
