using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>Finds schemas that apply themselves to the same value again, which would never end.</summary>
internal static class ReferenceLoops
{
    public static void Check(IReadOnlyDictionary<SchemaLocation, SchemaNode> nodes, ProblemList problems)
    {
        var isDone = new Dictionary<SchemaNode, bool>(ReferenceEqualityComparer.Instance);
        foreach (var (location, node) in nodes)
        {
            if (LeadsToLoop(node, isDone)) problems.Add(location, "", "The schema leads back to itself without moving into the value, so it would never end.");
        }
    }

    /// <summary>A depth-first search with its own stack: chains of references may be long.</summary>
    private static bool LeadsToLoop(SchemaNode start, Dictionary<SchemaNode, bool> isDone)
    {
        if (!isDone.TryAdd(start, value: false)) return false;
        var path = new Stack<(SchemaNode Node, IEnumerator<Subschema> Next)>();
        path.Push((start, NextOf(start)));
        var hasLoop = false;
        while (path.TryPeek(out var step))
        {
            if (!step.Next.MoveNext())
            {
                isDone[path.Pop().Node] = true;
                continue;
            }
            var next = step.Next.Current.Node;
            if (isDone.TryGetValue(next, out var isFinished)) hasLoop |= !isFinished;
            else
            {
                isDone[next] = false;
                path.Push((next, NextOf(next)));
            }
        }
        return hasLoop;
    }

    private static IEnumerator<Subschema> NextOf(SchemaNode node) => node.Keywords.SelectMany(keyword => keyword.InPlace).GetEnumerator();
}
