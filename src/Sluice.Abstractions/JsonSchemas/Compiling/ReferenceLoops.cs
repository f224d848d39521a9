using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>Finds schemas that apply themselves to the same value again, which would never end.</summary>
internal sealed class ReferenceLoops
{
    private readonly Dictionary<SchemaNode, bool> isDone = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<(SchemaNode Node, IEnumerator<Subschema> Next)> path = new();
    private readonly HashSet<SchemaNode> looping = new(ReferenceEqualityComparer.Instance);

    public static void Check(IReadOnlyDictionary<SchemaLocation, SchemaNode> nodes, ProblemList problems)
    {
        var loops = new ReferenceLoops();
        foreach (var node in nodes.Values) loops.Search(node);
        foreach (var (location, _) in nodes.Where(entry => loops.looping.Contains(entry.Value)))
        {
            problems.Add(location, "", "The schema leads back to itself without moving into the value, so it would never end.");
        }
    }

    // Depth first, with a stack of its own: chains of references may be long.
    private void Search(SchemaNode start)
    {
        Enter(start);
        while (path.TryPeek(out var step))
        {
            if (step.Next.MoveNext()) Enter(step.Next.Current.Node);
            else isDone[path.Pop().Node] = true;
        }
    }

    private void Enter(SchemaNode node)
    {
        if (isDone.TryGetValue(node, out var isFinished))
        {
            if (!isFinished) looping.Add(node);
            return;
        }
        isDone[node] = false;
        path.Push((node, node.Keywords.SelectMany(keyword => keyword.InPlace).GetEnumerator()));
    }
}
