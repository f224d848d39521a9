namespace Inventory.Data.Generation;

/// <summary>One row of the category tree, parents before children.</summary>
internal sealed record CategoryNode(int Id, int? ParentId, string Name, string Path)
{
    /// <summary>All nodes, numbered in order, and the id of every leaf by its position in <see cref="CategoryTree.Leaves"/>.</summary>
    public static (IReadOnlyList<CategoryNode> Nodes, IReadOnlyList<int> LeafIds) Expand()
    {
        var nodes = new List<CategoryNode>();
        var byPath = new Dictionary<string, CategoryNode>();
        var leafIds = new List<int>();
        foreach (var leaf in CategoryTree.Leaves)
        {
            var department = Ensure(null, leaf.Department);
            var group = Ensure(department, leaf.Group);
            leafIds.Add(Ensure(group, leaf.Name).Id);
        }

        return (nodes, leafIds);

        CategoryNode Ensure(CategoryNode? parent, string name)
        {
            var path = parent is null ? name : $"{parent.Path} > {name}";
            if (!byPath.TryGetValue(path, out var node))
            {
                node = new CategoryNode(nodes.Count + 1, parent?.Id, name, path);
                nodes.Add(node);
                byPath.Add(path, node);
            }

            return node;
        }
    }
}
